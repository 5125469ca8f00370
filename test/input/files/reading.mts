// Files made of text or bytes, read to their end.

import type { Row } from '../../../nodes/TokenIm/engine/types.ts';
import { readFileRows, type FileOptions, type FileRows } from '../../../nodes/TokenIm/input/files/readFile.ts';

export interface Sent {
	readonly fileName?: string;
	readonly mimeType?: string;
	readonly chunkBytes?: number;
}

export function bytesOf(text: string): Uint8Array {
	return new TextEncoder().encode(text);
}

export function fileOf(content: string | Uint8Array, options: FileOptions = {}, sent: Sent = {}): FileRows {
	const bytes = typeof content === 'string' ? bytesOf(content) : content;
	const { fileName, mimeType, chunkBytes = 10_000 } = sent;
	return readFileRows({ chunks: inChunks(bytes, chunkBytes), fileName, mimeType, item: 0 }, options);
}

export async function allRows(
	content: string | Uint8Array,
	options: FileOptions = {},
	sent: Sent = {},
): Promise<Row[]> {
	return (await rowsOf(content, options, sent)).rows;
}

export async function rowsOf(content: string | Uint8Array, options: FileOptions = {}, sent: Sent = {}) {
	const file = fileOf(content, options, sent);
	const rows: Row[] = [];
	for await (const block of file) rows.push(...block);
	return { rows, facts: file.facts, hints: file.hints };
}

/** As often as they are asked for, like a file. */
function inChunks(bytes: Uint8Array, size: number): AsyncIterable<Uint8Array> {
	return {
		async *[Symbol.asyncIterator]() {
			for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
		},
	};
}
