// A text of somebody else's, as long as a message can hold.

/** The text, or as much of its start as makes `most` characters with an ellipsis behind it. */
export function cut(text: string, most: number): string {
	return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
