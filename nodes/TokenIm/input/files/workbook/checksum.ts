// CRC-32 as ZIP archives use it: damage on the way must not become another name or ID.

const POLYNOMIAL = 0xedb88320;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
	let rest = byte;
	for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ POLYNOMIAL : rest >>> 1;
	return rest;
});

export class Checksum {
	private rest = 0xffffffff;

	add(bytes: Uint8Array): void {
		let { rest } = this;
		// A loop over indices: an iterator takes several times as long, for every byte of a file.
		for (let at = 0; at < bytes.length; at++) rest = (TABLE[(rest ^ (bytes[at] ?? 0)) & 0xff] ?? 0) ^ (rest >>> 8);
		this.rest = rest;
	}

	get value(): number {
		return ~this.rest >>> 0;
	}
}
