// Bytes become text. The encoding is decided at the first byte that is not ASCII, wherever in the file that stands.

import { guessEncoding, unicodeOf } from './encoding';
import { ESCAPE, sevenBitOf } from './sevenBit';
import { joined, PIECE_BYTES } from './pieces';
import { empty, encodingUnclear, encodingUnknown, FileUnreadable } from './unreadable';
import { checkZeros } from './zeroBytes';

export interface Text {
	readonly text: string;
	/** Bytes of it stand for no character of the encoding, so that its U+FFFD are not the file's own. */
	readonly isDamaged: boolean;
}

export interface Decoded extends AsyncIterable<Text> {
	/** UTF-8 as long as there was only ASCII; `unknown` where what is not ASCII cannot be read for certain. */
	readonly encoding: string;
}

/** What turns the pieces of a file into text, in order. */
interface Decoding {
	readonly encoding: string;
	decode(bytes: Uint8Array): Text;
	end(): Text;
}

const LINE_FEED = 0x0a;
const REPLACEMENT = '\uFFFD';
/** What Node.js makes of characters that it does not know, such as Hong Kong's of Big5; other programs show a box. */
const PRIVATE = /[\uE000-\uF8FF]/g;

/**
 * @param chosen a label of the Encoding Standard instead of a guess
 * @param breathe gives the event loop a turn; default: none
 * @throws FileUnreadable for an unknown label, for no text and, before the first text, where no encoding fits
 */
export function decoded(
	pieces: AsyncIterable<Uint8Array>,
	chosen: string | undefined,
	breathe: () => Promise<void> = async () => undefined,
): Decoded {
	let decoder: Decoding | undefined = chosen === undefined ? undefined : new Decoder(chosen);
	return {
		get encoding() {
			return decoder?.encoding ?? 'utf-8';
		},
		[Symbol.asyncIterator]: texts,
	};

	async function* texts(): AsyncGenerator<Text, void, undefined> {
		const ascii = new TextDecoder();
		let held: Uint8Array | undefined;
		let isFirst = true;
		let saidAnything = false;
		for await (const piece of pieces) {
			if (isFirst) decoder ??= decoderOf(piece);
			isFirst = false;
			if (decoder === undefined && held === undefined) {
				if (firstForeign(piece) === -1) {
					saidAnything = true;
					yield { text: ascii.decode(piece), isDamaged: false };
				} else held = piece; // One more piece, so that the guess rests on enough.
				continue;
			}
			const bytes = held === undefined ? piece : joined([held, piece]);
			held = undefined;
			decoder ??= await guess(bytes, saidAnything, breathe);
			yield decoder.decode(bytes);
		}
		if (isFirst) throw empty();
		if (held !== undefined) {
			decoder ??= await guess(held, saidAnything, breathe);
			yield decoder.decode(held);
		}
		if (decoder !== undefined) yield decoder.end();
	}
}

function decoderOf(head: Uint8Array): Decoding | undefined {
	const encoding = checkZeros(head, unicodeOf(head));
	if (encoding instanceof FileUnreadable) throw encoding;
	return encoding === undefined ? undefined : new Decoder(encoding);
}

/** Once rows are on their way, nothing is thrown and nothing guessed: every row that holds more than ASCII says so. */
async function guess(bytes: Uint8Array, isUnderWay: boolean, breathe: () => Promise<void>): Promise<Decoding> {
	const first = firstForeign(bytes);
	const sample = bytes.subarray(bytes.lastIndexOf(LINE_FEED, first) + 1, first + PIECE_BYTES);
	const guessed = sevenBitOf(sample) ?? (await guessEncoding(sample, breathe));
	if (guessed.kind === 'certain') return new Decoder(guessed.encoding);
	if (isUnderWay) return ONLY_ASCII;
	throw encodingUnclear(guessed.likely);
}

function firstForeign(bytes: Uint8Array): number {
	// A loop: findIndex takes ten times as long, for every byte of a file.
	for (let at = 0; at < bytes.length; at++) {
		const byte = bytes[at] ?? 0;
		if (byte > 0x7f || byte === ESCAPE) return at;
	}
	return -1;
}

/** Reads ASCII and nothing else. */
const ONLY_ASCII: Decoding = {
	encoding: 'unknown',
	decode(bytes) {
		const text = new TextDecoder('latin1')
			.decode(bytes)
			.replace(/[^\0-\x7F]/g, REPLACEMENT)
			.replaceAll(String.fromCharCode(ESCAPE), REPLACEMENT);
		return { text, isDamaged: text.includes(REPLACEMENT) };
	},
	end: () => ({ text: '', isDamaged: false }),
};

class Decoder implements Decoding {
	readonly encoding: string;
	private readonly isUnicode: boolean;
	private decoder: InstanceType<typeof TextDecoder>;
	private tail = new Uint8Array(0);

	constructor(private readonly label: string) {
		try {
			this.decoder = new TextDecoder(label);
		} catch {
			throw encodingUnknown(label);
		}
		this.encoding = this.decoder.encoding;
		this.isUnicode = this.encoding.startsWith('utf-');
	}

	decode(bytes: Uint8Array): Text {
		const text = this.read(bytes);
		if (text === undefined) return { text: this.readByByte(bytes), isDamaged: true };
		const replaced = occurrences(text);
		const isDamaged = replaced > 0 && replaced !== this.ownReplacements(bytes);
		this.tail = bytes.slice(-2);
		return { text, isDamaged };
	}

	end(): Text {
		const text = this.read(undefined) ?? REPLACEMENT;
		return { text, isDamaged: text.includes(REPLACEMENT) };
	}

	/** `undefined` where Node.js throws: it does for some bytes that GB18030 does not know, also when it should replace them. */
	private read(bytes: Uint8Array | undefined): string | undefined {
		try {
			const text = bytes === undefined ? this.decoder.decode() : this.decoder.decode(bytes, { stream: true });
			return this.isUnicode ? text : text.replace(PRIVATE, REPLACEMENT);
		} catch {
			this.decoder = new TextDecoder(this.label);
			return undefined;
		}
	}

	/** Only the bytes that cannot be read are lost, and a replacement character stands for them. */
	private readByByte(bytes: Uint8Array): string {
		let text = '';
		for (let at = 0; at < bytes.length; at++) {
			const one = bytes.subarray(at, at + 1);
			text += this.read(one) ?? REPLACEMENT + (this.read(one) ?? REPLACEMENT);
		}
		return text;
	}

	/** How often the file itself holds U+FFFD, as UTF-8 that was damaged earlier on its way does. */
	private ownReplacements(bytes: Uint8Array): number {
		if (this.encoding !== 'utf-8') return 0;
		const all = joined([this.tail, bytes]);
		let count = 0;
		for (let at = all.indexOf(0xef); at !== -1; at = all.indexOf(0xef, at + 1))
			if (all[at + 1] === 0xbf && all[at + 2] === 0xbd) count++;
		return count;
	}
}

function occurrences(text: string): number {
	let count = 0;
	for (let at = text.indexOf(REPLACEMENT); at !== -1; at = text.indexOf(REPLACEMENT, at + 1)) count++;
	return count;
}
