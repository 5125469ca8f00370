// File Options as the reader of files knows them: what is at Detect Automatically is left out.

import type { FileOptions } from '../input/files/readFile';

const FORMATS = ['csv', 'tsv', 'json', 'jsonLines'] as const;

/** Reads the collection as n8n stores it: only what the user touched is there. */
export function readFileOptions(collection: unknown): FileOptions {
	const stored: Readonly<Record<string, unknown>> = { ...Object(collection) };
	return {
		format: FORMATS.find((format) => format === stored.format),
		encoding: chosen(stored.encoding),
		delimiter: chosen(stored.delimiter),
		comment: chosen(stored.comment),
		hasHeader: stored.headerRow !== false,
	};
}

function chosen(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' && value !== 'auto' ? value : undefined;
}
