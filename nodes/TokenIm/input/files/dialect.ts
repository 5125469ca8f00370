// How a CSV file is written: what separates its cells and ends its rows and where its header stands, told from its first
// rows. They are cut as all others will be, once for each separator that it could be.

import type { CsvDialect, LineEnd } from './csvRecord';
import { RecordCutter } from './csvRecords';
import { layoutOf, type KnownColumns, type Layout, type LookedAt } from './layout';

/** In the order in which they are preferred where two divide the rows equally well: commas are commonest within cells. */
const SEPARATORS = ['\t', ';', '|', ','];
const ROWS_LOOKED_AT = 20;
/** Empty lines among them: a file may start with thousands. */
const RECORDS_LOOKED_AT = 2_000;
/** Excel's own way to name the separator: a first line that it reads and does not show. */
const SEPARATOR_LINE = /^"?sep=(.)"?(?:\r*\n|\r|$)/i;
/** Next line, line separator, paragraph separator: they end lines where nothing else does, else they are text. */
const OTHER_LINE_ENDS = ['\u0085', '\u2028', '\u2029'];

export interface DialectChoice {
	readonly delimiter?: string;
	readonly comment?: string;
	readonly knownColumns?: KnownColumns;
}

export interface FoundDialect extends CsvDialect {
	/** Characters at the start that are no row. */
	readonly skip: number;
	/** What ends most rows. */
	readonly usualEnd: LineEnd;
	/** `undefined` where the first rows are all empty or comments. */
	readonly layout: Layout | undefined;
}

/** @param preferred the separator that the file's name speaks for */
export function findDialect(
	head: string,
	{ delimiter, comment, knownColumns }: DialectChoice,
	preferred: string | undefined,
): FoundDialect {
	const named = SEPARATOR_LINE.exec(head);
	const skip = named === null ? 0 : named[0].length;
	const lineEnd = /[\r\n]/.test(head) ? undefined : OTHER_LINE_ENDS.find((character) => head.includes(character));
	const told = delimiter ?? named?.[1];
	const body = head.slice(skip);
	const read = (candidate: string) => {
		const dialect = { delimiter: candidate, lineEnd, comment };
		const { rows, usualEnd } = firstRows(body, dialect);
		const layout = layoutOf(rows, knownColumns);
		const isPreferred = candidate === preferred && (layout?.header.length ?? 0) > 1;
		const score = isPreferred ? Infinity : scoreOf(rows, layout, knownColumns);
		return { ...dialect, skip, usualEnd, layout, score };
	};
	if (told !== undefined) return read(told);
	// Where none divides anything, it does not matter which.
	const last = read(preferred ?? ',');
	return SEPARATORS.map(read).reduce((best, other) => (other.score > best.score ? other : best), { ...last, score: 0 });
}

/** Names that are known decide, then rows that agree with the header, then the separator that makes more columns. */
function scoreOf(rows: readonly LookedAt[], layout: Layout | undefined, known?: KnownColumns): number {
	if (layout === undefined || layout.header.length < 2) return 0;
	const separators = layout.header.length - 1;
	const alike = rows.filter(({ cells }) => cells.length === layout.header.length).length;
	return (known?.(layout.header) ?? 0) * (ROWS_LOOKED_AT + 1) + alike + separators / (separators + 1);
}

function firstRows(head: string, dialect: CsvDialect): { readonly rows: LookedAt[]; readonly usualEnd: LineEnd } {
	const cutter = new RecordCutter(dialect);
	cutter.push({ text: head, isDamaged: false });
	const rows: LookedAt[] = [];
	const ends = new Map<LineEnd, number>();
	for (const { kind, number, cells, lineEnd } of cutter.records(true)) {
		ends.set(lineEnd, (ends.get(lineEnd) ?? 0) + 1);
		if (kind === 'whole' || kind === 'unclosed') rows.push({ number, cells: kind === 'whole' ? cells : [] });
		if (rows.length === ROWS_LOOKED_AT || number === RECORDS_LOOKED_AT) break;
	}
	ends.delete('none');
	const [usual] = [...ends].sort(([, one], [, other]) => other - one);
	return { rows, usualEnd: usual?.[0] ?? 'lf' };
}
