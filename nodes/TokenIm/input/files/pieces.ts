// Bytes from n8n in pieces of one size: whatever the host hands over, no piece is more work than a turn allows (law 11).

/** Parsing this much takes some milliseconds. */
export const PIECE_BYTES = 64 * 1024;

/** A Buffer (n8n's in-memory mode) or a Node Readable (its filesystem mode) as chunks. */
export async function* chunksOf(
	data: Uint8Array | AsyncIterable<Uint8Array | string>,
): AsyncGenerator<Uint8Array, void, undefined> {
	if (data instanceof Uint8Array) {
		yield data;
		return;
	}
	const encoder = new TextEncoder();
	for await (const chunk of data) yield typeof chunk === 'string' ? encoder.encode(chunk) : chunk;
}

/**
 * Cuts and joins chunks to pieces of `PIECE_BYTES`; only the last one is shorter, and none is empty.
 *
 * @param breathe gives the event loop a turn after each piece
 */
export async function* piecesOf(
	chunks: AsyncIterable<Uint8Array>,
	breathe: () => Promise<void>,
): AsyncGenerator<Uint8Array, void, undefined> {
	let held: Uint8Array[] = [];
	let heldBytes = 0;
	for await (const chunk of chunks) {
		for (let from = 0; from < chunk.length; ) {
			const part = chunk.subarray(from, from + PIECE_BYTES - heldBytes);
			held.push(part);
			heldBytes += part.length;
			from += part.length;
			if (heldBytes < PIECE_BYTES) continue;
			yield joined(held);
			held = [];
			heldBytes = 0;
			await breathe();
		}
	}
	if (heldBytes > 0) yield joined(held);
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
	const [first] = parts;
	if (first !== undefined && parts.length === 1) return first;
	const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const part of parts) {
		all.set(part, at);
		at += part.length;
	}
	return all;
}

/** What was read first, and then all the rest. */
export async function* continued<T>(first: T, rest: AsyncIterator<T>): AsyncGenerator<T, void, undefined> {
	yield first;
	for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}
