// How a CSV file is written: what separates its cells and ends its rows, told from its first rows.

import type { CsvDialect } from './csvRecords';

/** In the order in which they are preferred where two divide the rows equally well. */
const SEPARATORS = [',', '\t', ';', '|'];
const RECORDS_LOOKED_AT = 20;
/** Excel's own way to name the separator: a first line that it reads and does not show. */
const SEPARATOR_LINE = /^sep=(.)\r?(?:\n|$)/i;

export interface DialectChoice {
	readonly delimiter?: string;
	readonly comment?: string;
}

export interface FoundDialect extends CsvDialect {
	/** Characters at the start that are no row. */
	readonly skip: number;
}

export function findDialect(
	head: string,
	{ delimiter, comment }: DialectChoice,
	preferred: string | undefined,
): FoundDialect {
	const named = SEPARATOR_LINE.exec(head);
	const skip = named === null ? 0 : named[0].length;
	const { counts, lineEnd } = survey(head.slice(skip), comment);
	return {
		delimiter: delimiter ?? named?.[1] ?? divider(counts, preferred),
		lineEnd,
		comment,
		skip,
	};
}

/** The separator that the header row has and most other rows have as often. */
function divider(counts: ReadonlyArray<readonly number[]>, preferred: string | undefined): string {
	const [header = []] = counts;
	let best = { separator: preferred ?? ',', score: 0 };
	for (const [index, separator] of SEPARATORS.entries()) {
		const inHeader = header[index] ?? 0;
		if (inHeader === 0) continue;
		if (separator === preferred) return separator;
		const alike = counts.filter((count) => count[index] === inHeader).length;
		// Rows that agree decide; among equals, the separator that makes more columns.
		const score = alike + inHeader / (inHeader + 1);
		if (score > best.score) best = { separator, score };
	}
	return best.separator;
}

/** Counts each separator outside quotes, row by row. */
function survey(head: string, comment: string | undefined): { counts: number[][]; lineEnd: '\n' | '\r' } {
	const counts: number[][] = [];
	let lineEnd: '\n' | '\r' | undefined;
	let count = SEPARATORS.map(() => 0);
	let isQuoted = false;
	let start = 0;
	let cell = 0;
	for (let at = 0; at < head.length && counts.length < RECORDS_LOOKED_AT; at++) {
		const character = head.charAt(at);
		const isComment = comment !== undefined && head.startsWith(comment, start);
		if (character === '"' && !isComment && (isQuoted || at === cell)) isQuoted = !isQuoted;
		else if (isQuoted) continue;
		else if (character === '\n' || character === '\r') {
			lineEnd ??= character === '\r' && head.charAt(at + 1) !== '\n' ? '\r' : '\n';
			endRow(at, isComment);
		} else {
			const index = SEPARATORS.indexOf(character);
			if (index === -1) continue;
			count[index] = (count[index] ?? 0) + 1;
			cell = at + 1;
		}
	}
	// The last row may be cut off by the end of the head: it counts where it is the only one.
	if (counts.length === 0) counts.push(count);
	return { counts, lineEnd: lineEnd ?? '\n' };

	function endRow(at: number, isComment: boolean): void {
		if (!isComment && head.slice(start, at).trim() !== '') counts.push(count);
		count = SEPARATORS.map(() => 0);
		start = at + 1;
		cell = at + 1;
	}
}
