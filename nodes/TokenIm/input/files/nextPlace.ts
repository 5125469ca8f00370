// Where a character stands next in a text.

/** The next place of a character. Places are asked for in rising order, so that each is looked for once. */
export class Next {
	private place = -1;

	constructor(private readonly character: string) {}

	reset(): void {
		this.place = -1;
	}

	from(text: string, at: number): number {
		if (this.place < at) {
			const found = text.indexOf(this.character, at);
			this.place = found === -1 ? Infinity : found;
		}
		return this.place;
	}
}
