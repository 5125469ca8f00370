// The directory at the end of a ZIP archive (APPNOTE.TXT of PKWARE, 4.3.12 to 4.3.16 and 4.5.3): where each part lies.

import { count } from '../../../engine/count';
import { asUnreadable, workbookBroken } from './unreadable';

export interface PartPlace {
	/** Of its packed bytes within the archive. */
	readonly start: number;
	readonly end: number;
	readonly unpackedBytes: number;
	/** CRC-32 of what it unpacks to. */
	readonly checksum: number;
	/** 0: stored as it is, 8: deflated. */
	readonly method: number;
}

const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const LARGE_LOCATOR_SIGNATURE = 0x07064b50;
const LARGE_LOCATOR_BYTES = 20;
const LARGE_END_SIGNATURE = 0x06064b50;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_BYTES = 46;
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_BYTES = 30;
/** The field of an entry that holds what is too large for 32 bits. */
const LARGE_FIELD = 0x0001;
const IN_LARGE_FIELD = 0xffffffff;

/** A workbook has some twenty parts, and a few more for each sheet and picture. */
const MOST_PARTS = 20_000;

const CUT_OFF = 'its end is missing, so it was cut off on its way';
const DAMAGED = 'the list of its parts is damaged';

/** By name: in lower case, with `/` between folders. @throws FileUnreadable where the archive is cut off or damaged */
export function directoryOf(bytes: Uint8Array): ReadonlyMap<string, PartPlace> {
	try {
		return placesOf(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
	} catch (error) {
		// A place beyond the end of the file.
		throw asUnreadable(error, DAMAGED);
	}
}

function placesOf(bytes: Uint8Array, view: DataView): ReadonlyMap<string, PartPlace> {
	const directory = findDirectory(view);
	if (directory.parts > MOST_PARTS)
		throw workbookBroken(`it has ${count(directory.parts)} parts, and no workbook has so many`);
	const places = new Map<string, PartPlace>();
	for (let at = directory.start, part = 0; part < directory.parts; part++) {
		if (view.getUint32(at, true) !== ENTRY_SIGNATURE) throw workbookBroken(DAMAGED);
		const nameBytes = view.getUint16(at + 28, true);
		const fieldBytes = view.getUint16(at + 30, true);
		const commentBytes = view.getUint16(at + 32, true);
		const name = new TextDecoder().decode(bytes.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes));
		places.set(name.replaceAll('\\', '/').toLowerCase(), placeOf(view, at, directory.shift));
		at += ENTRY_BYTES + nameBytes + fieldBytes + commentBytes;
	}
	return places;
}

interface Directory {
	readonly start: number;
	readonly parts: number;
	/** What stands before the archive: all places within it are that much further on. */
	readonly shift: number;
}

function findDirectory(view: DataView): Directory {
	const last = view.byteLength - END_BYTES;
	for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
		if (view.getUint32(at, true) !== END_SIGNATURE) continue;
		const locator = at - LARGE_LOCATOR_BYTES;
		if (locator >= 0 && view.getUint32(locator, true) === LARGE_LOCATOR_SIGNATURE) return largeDirectory(view, locator);
		const size = view.getUint32(at + 12, true);
		const start = at - size;
		return { start, parts: view.getUint16(at + 10, true), shift: start - view.getUint32(at + 16, true) };
	}
	throw workbookBroken(CUT_OFF);
}

function largeDirectory(view: DataView, locator: number): Directory {
	const at = numberAt(view, locator + 8);
	if (view.getUint32(at, true) !== LARGE_END_SIGNATURE) throw workbookBroken(DAMAGED);
	return { start: numberAt(view, at + 48), parts: numberAt(view, at + 32), shift: 0 };
}

function placeOf(view: DataView, at: number, shift: number): PartPlace {
	let large = largeFieldOf(view, at);
	const sized = (position: number): number => {
		const small = view.getUint32(position, true);
		if (small !== IN_LARGE_FIELD || large === undefined) return small;
		large += 8;
		return numberAt(view, large - 8);
	};
	// In this order the large field holds what does not fit.
	const unpackedBytes = sized(at + 24);
	const packedBytes = sized(at + 20);
	const local = sized(at + 42) + shift;
	if (view.getUint32(local, true) !== LOCAL_SIGNATURE) throw workbookBroken(DAMAGED);
	const start = local + LOCAL_BYTES + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
	const end = start + packedBytes;
	if (end > view.byteLength) throw workbookBroken(CUT_OFF);
	return { start, end, unpackedBytes, checksum: view.getUint32(at + 16, true), method: view.getUint16(at + 10, true) };
}

function largeFieldOf(view: DataView, entry: number): number | undefined {
	let at = entry + ENTRY_BYTES + view.getUint16(entry + 28, true);
	const end = at + view.getUint16(entry + 30, true);
	for (; at < end; at += 4 + view.getUint16(at + 2, true)) if (view.getUint16(at, true) === LARGE_FIELD) return at + 4;
	return undefined;
}

function numberAt(view: DataView, position: number): number {
	return Number(view.getBigUint64(position, true));
}
