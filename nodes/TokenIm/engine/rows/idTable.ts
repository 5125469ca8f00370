// Tables of ids that last for a whole run and grow without stopping the event loop (law 11). A table is copied at once
// whenever it is full, which takes a tenth of a second or more where it holds a million ids. Of many smaller ones each is
// copied at a time of its own.

/** As many ids stand in one table: to grow up to here takes a millisecond, and most runs have no more. */
const IN_ONE_TABLE = 16_384;
/** All others are spread over so many: of a million, each holds about as many as the first. */
const PARTS = 64;

/** Which part an id belongs to; whatever ids look like, they spread over all of them. */
function partOf(id: string): number {
	let hash = 0x811c9dc5;
	for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
	return (hash ^ (hash >>> 16)) & (PARTS - 1);
}

/** What is known of each id. Order is not kept. */
export class IdMap<Value> {
	private readonly first = new Map<string, Value>();
	private readonly parts: Array<Map<string, Value>> = [];

	has(id: string): boolean {
		return this.first.has(id) || (this.parts.length > 0 && this.part(id).has(id));
	}

	get(id: string): Value | undefined {
		if (this.parts.length === 0 || this.first.has(id)) return this.first.get(id);
		return this.part(id).get(id);
	}

	set(id: string, value: Value): void {
		if (this.first.size < IN_ONE_TABLE || this.first.has(id)) {
			this.first.set(id, value);
			return;
		}
		if (this.parts.length === 0) for (let at = 0; at < PARTS; at++) this.parts.push(new Map());
		this.part(id).set(id, value);
	}

	private part(id: string): Map<string, Value> {
		return this.parts[partOf(id)] ?? this.first;
	}
}

/** Which ids there are. Order is not kept. */
export class IdSet {
	private readonly first = new Set<string>();
	private readonly parts: Array<Set<string>> = [];

	get size(): number {
		return this.parts.reduce((sum, { size }) => sum + size, this.first.size);
	}

	has(id: string): boolean {
		return this.first.has(id) || (this.parts.length > 0 && this.part(id).has(id));
	}

	add(id: string): void {
		if (this.first.size < IN_ONE_TABLE) this.first.add(id);
		else if (!this.first.has(id)) {
			if (this.parts.length === 0) for (let at = 0; at < PARTS; at++) this.parts.push(new Set());
			this.part(id).add(id);
		}
	}

	private part(id: string): Set<string> {
		return this.parts[partOf(id)] ?? this.first;
	}
}
