// A row of a CSV file, as it was cut from the text.

export interface CsvDialect {
	readonly delimiter: string;
	/** Ends lines too, beside LF, CR and any CRs before a LF. */
	readonly lineEnd?: string;
	/** A line that starts with it is a comment, quotes in it mean nothing. */
	readonly comment: string | undefined;
}

/** What ends a row. `crlf`: a LF with at least one CR before it, as often as tools wrote that. */
export type LineEnd = 'lf' | 'crlf' | 'cr' | 'other' | 'none';

export interface CsvRecord {
	/** `unclosed`: a quote opens a cell of its first line that nothing closes; its quotes mean nothing then. */
	readonly kind: 'whole' | 'blank' | 'comment' | 'unclosed' | 'tooLong';
	/** Its row of the sheet, from 1. */
	readonly number: number;
	/** Without its line end; nothing of one that is too long. */
	readonly text: string;
	readonly cells: readonly string[];
	readonly lineEnd: LineEnd;
	readonly isDamaged: boolean;
}
