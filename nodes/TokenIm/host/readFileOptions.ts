// File Options as the reader of files knows them: what is at Detect Automatically is left out.

import type { FileOptions } from '../input/files/readFile';
import { SettingUnclear } from '../operations/parameters';

const FORMATS = ['csv', 'tsv', 'json', 'jsonLines'] as const;

/**
 * Reads the collection as n8n stores it: only what the user touched is there.
 * @throws SettingUnclear where an expression gives what cannot be meant
 */
export function readFileOptions(collection: unknown): FileOptions {
	const stored: Readonly<Record<string, unknown>> = { ...Object(collection) };
	return {
		format: formatOf(chosen(stored.format)),
		encoding: chosen(stored.encoding),
		delimiter: delimiterOf(chosen(stored.delimiter)),
		comment: chosen(stored.comment),
		hasHeader: stored.headerRow !== false,
		sheet: named(stored.sheet),
	};
}

function chosen(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' && value !== 'auto' ? value : undefined;
}

/** An expression may give a name such as 2026 as a number. */
function named(value: unknown): string | undefined {
	const name = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
	return name.trim() === '' ? undefined : name;
}

function formatOf(value: string | undefined): FileOptions['format'] {
	const format = FORMATS.find((known) => known === value);
	if (value !== undefined && format === undefined) {
		throw new SettingUnclear(
			`"${value}" is no format of files that this node reads`,
			'Choose File Format from its list under File Options: Detect Automatically, CSV, TSV, JSON or JSON Lines. Nothing was sent.',
		);
	}
	return format;
}

/** A quote and a line end have a meaning of their own in CSV. */
const DELIMITER = /^[^"\r\n]$/u;

function delimiterOf(value: string | undefined): string | undefined {
	if (value !== undefined && (!DELIMITER.test(value) || value.length > 1)) {
		throw new SettingUnclear(
			`The delimiter "${value}" is not one that can stand between cells`,
			'It must be a single character. Choose it from its list under File Options, or leave it at Detect Automatically. Nothing was sent.',
		);
	}
	return value;
}
