// The first piece of a file, looked at before it is known what reads it; then the whole file, that piece first.

export class Start implements AsyncIterable<Uint8Array> {
	private first: IteratorResult<Uint8Array, void> | undefined;

	constructor(private readonly pieces: AsyncGenerator<Uint8Array, void, undefined>) {}

	/** Nothing where the file is empty. */
	async head(): Promise<Uint8Array> {
		this.first ??= await this.pieces.next();
		return this.first.done === true ? new Uint8Array(0) : this.first.value;
	}

	async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
		try {
			const head = await this.head();
			if (head.length > 0) yield head;
			yield* this.pieces;
		} finally {
			// Who stops before the end lets go of the file.
			await this.pieces.return();
		}
	}
}
