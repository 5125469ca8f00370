// Many texts, by number, in little memory: as bytes in one place, for half a million strings of JavaScript take three
// times as much, and each full collection goes through them.

const FIRST_BYTES = 64 * 1024;
const FIRST_TEXTS = 1024;
/** What a UTF-16 unit takes in UTF-8 at most. */
const MOST_BYTES_OF_A_UNIT = 3;

export class TextStore {
	private bytes = new Uint8Array(FIRST_BYTES);
	/** Where each text ends. */
	private ends = new Uint32Array(FIRST_TEXTS);
	private count = 0;
	private readonly encoder = new TextEncoder();
	private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });

	/** All texts together. */
	get size(): number {
		return this.endOf(this.count - 1);
	}

	add(text: string): void {
		const start = this.size;
		this.bytes = grown(this.bytes, start + text.length * MOST_BYTES_OF_A_UNIT);
		const { written } = this.encoder.encodeInto(text, this.bytes.subarray(start));
		this.ends = grown(this.ends, this.count + 1);
		this.ends[this.count] = start + written;
		this.count++;
	}

	/** `undefined` where there is no such text. */
	at(index: number): string | undefined {
		if (!Number.isInteger(index) || index < 0 || index >= this.count) return undefined;
		return this.decoder.decode(this.bytes.subarray(this.endOf(index - 1), this.endOf(index)));
	}

	private endOf(index: number): number {
		return this.ends[index] ?? 0;
	}
}

function grown<Numbers extends Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer>>(
	numbers: Numbers,
	length: number,
): Numbers;
function grown(numbers: Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer>, length: number) {
	if (length <= numbers.length) return numbers;
	const size = Math.max(length, numbers.length * 2);
	const more = numbers instanceof Uint8Array ? new Uint8Array(size) : new Uint32Array(size);
	more.set(numbers);
	return more;
}
