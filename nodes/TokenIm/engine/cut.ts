// Texts of others, as long as a message can hold. It lies in the lowest room, for every room tells people of them.

/** The text, or as much of its start as makes at most `most` UTF-16 units with an ellipsis behind it, in whole characters. */
export function cut(text: string, most: number): string {
	if (text.length <= most) return text;
	const isHalf = /[\uD800-\uDBFF]/.test(text.charAt(most - 2));
	return `${text.slice(0, isHalf ? most - 2 : most - 1)}…`;
}
