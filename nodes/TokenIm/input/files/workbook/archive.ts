// A workbook is a ZIP archive. Its parts are found by the directory at its end, as spreadsheet programs find them, and
// unpacked in small steps: what a part unpacks to is never held whole, and has a limit.

import { Inflate } from 'fflate/browser';
import { PIECE_BYTES } from '../pieces';
import { Checksum } from './checksum';
import { directoryOf, type PartPlace } from './directory';
import { workbookBroken, workbookTooLarge } from './unreadable';

/** A sheet with all 1,048,576 rows and ten columns is some 500 MB of XML. */
const MOST_UNPACKED_BYTES = 1024 * 1024 * 1024;
/** The XML of a sheet is 8 to 40 times its packed form, for its rows are numbered; nothing but a trap is 200 times. */
const MOST_TIMES_ITS_SIZE = 200;
const HARMLESS_BYTES = 64 * 1024 * 1024;
/** Unpacks to 2 MiB at most: some milliseconds of work. */
const STEP_BYTES = 2 * 1024;

const STORED = 0;
const DEFLATED = 8;

export class Archive {
	private unpackedBytes = 0;

	private constructor(
		private readonly bytes: Uint8Array,
		private readonly places: ReadonlyMap<string, PartPlace>,
		private readonly mostUnpackedBytes: number,
	) {}

	/** @throws FileUnreadable where the directory is missing or does not hold what it should */
	static of(bytes: Uint8Array, mostUnpackedBytes = MOST_UNPACKED_BYTES): Archive {
		const fitting = Math.max(HARMLESS_BYTES, bytes.length * MOST_TIMES_ITS_SIZE);
		return new Archive(bytes, directoryOf(bytes), Math.min(mostUnpackedBytes, fitting));
	}

	/** In lower case: the names of parts are compared without case. */
	get names(): readonly string[] {
		return [...this.places.keys()];
	}

	has(name: string): boolean {
		return this.places.has(name.toLowerCase());
	}

	/** The bytes of a part, unpacked. @throws FileUnreadable where they are damaged or too many, also under way */
	async *open(name: string): AsyncGenerator<Uint8Array, void, undefined> {
		const place = this.places.get(name.toLowerCase());
		if (place === undefined) throw workbookBroken(`its part ${name} is missing`);
		let partBytes = 0;
		const checksum = new Checksum();
		for (const bytes of unpacked(this.bytes.subarray(place.start, place.end), place.method, name)) {
			partBytes += bytes.length;
			this.unpackedBytes += bytes.length;
			if (this.unpackedBytes > this.mostUnpackedBytes) throw workbookTooLarge(this.mostUnpackedBytes);
			checksum.add(bytes);
			yield bytes;
		}
		if (partBytes !== place.unpackedBytes || checksum.value !== place.checksum)
			throw workbookBroken(`its part ${name} was damaged on its way`);
	}
}

function* unpacked(packed: Uint8Array, method: number, name: string): Generator<Uint8Array, void, undefined> {
	if (method === STORED) {
		for (let at = 0; at < packed.length; at += PIECE_BYTES) yield packed.subarray(at, at + PIECE_BYTES);
		return;
	}
	if (method !== DEFLATED) throw workbookBroken(`its part ${name} is packed in a way that spreadsheets do not use`);
	const held: Uint8Array[] = [];
	const inflate = new Inflate((bytes) => held.push(bytes));
	for (let at = 0; at < packed.length; at += STEP_BYTES) {
		const step = packed.subarray(at, at + STEP_BYTES);
		try {
			inflate.push(step, at + STEP_BYTES >= packed.length);
		} catch {
			throw workbookBroken(`its part ${name} cannot be unpacked`);
		}
		yield* held.splice(0);
	}
}
