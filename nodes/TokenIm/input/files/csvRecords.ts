// CSV text is cut into records: one for each row of the sheet, however many lines its quoted cells span. What is wrong
// with quotes or length stays with its own row: reading goes on with the next line.

import type { Text } from './decode';

/** A record may be this long, in characters; without a bound one open quote would swallow the rest of a file. */
export const MOST_CHARACTERS = 1024 * 1024;

export interface CsvDialect {
	readonly delimiter: string;
	readonly lineEnd: '\n' | '\r';
	/** A line that starts with it is a comment, quotes in it mean nothing. */
	readonly comment: string | undefined;
}

/** `unclosed`: the line in which a quote opens that nothing closes; `text` starts where the record does. */
export interface CsvRecord {
	readonly kind: 'whole' | 'unclosed' | 'tooLong';
	/** Without its line end; nothing of one that is too long. */
	readonly text: string;
	readonly isDamaged: boolean;
}

/** Where a record ends: the text's own positions, or `more` where that cannot be told yet. */
type End = { readonly kind: 'whole' | 'unclosed'; readonly end: number } | 'more';

const QUOTE = 0x22;
const CARRIAGE_RETURN = 0x0d;

export class RecordCutter {
	private text = '';
	private at = 0;
	private nextQuote = -1;
	private isDamaged = false;
	/** The record at hand is too long; what comes is dropped up to its line end. */
	private isSkipping = false;

	/** @param isPlain quotes mean nothing: each line is a record */
	constructor(
		private readonly dialect: CsvDialect,
		private readonly isPlain = false,
	) {}

	push({ text, isDamaged }: Text): void {
		this.text = this.text.slice(this.at) + text;
		this.isDamaged = isDamaged || (this.isDamaged && this.text.length > text.length);
		this.at = 0;
		this.nextQuote = this.text.indexOf('"');
	}

	/** The records that are complete; with `isEnd` what is left is one too. */
	*records(isEnd: boolean): Generator<CsvRecord, void, undefined> {
		while (this.at < this.text.length) {
			const end = this.isSkipping ? this.lineFrom(this.at, isEnd) : this.endOf(this.at, isEnd);
			if (end === 'more') {
				if (this.text.length - this.at > MOST_CHARACTERS) this.isSkipping = true;
				if (this.isSkipping) this.at = this.text.length;
				break;
			}
			yield this.taken(end);
		}
		if (isEnd && this.isSkipping) {
			this.isSkipping = false;
			yield { kind: 'tooLong', text: '', isDamaged: false };
		}
	}

	private taken({ kind, end }: Exclude<End, 'more'>): CsvRecord {
		const isTooLong = this.isSkipping || end - this.at > MOST_CHARACTERS;
		const hasReturn = end > this.at && this.text.charCodeAt(end - 1) === CARRIAGE_RETURN;
		const text = isTooLong ? '' : this.text.slice(this.at, hasReturn ? end - 1 : end);
		this.isSkipping = false;
		this.at = end + 1;
		return {
			kind: isTooLong ? 'tooLong' : kind,
			text,
			isDamaged: this.isDamaged && text.includes('\uFFFD'),
		};
	}

	private endOf(from: number, isEnd: boolean): End {
		const line = this.lineFrom(from, isEnd);
		const { comment } = this.dialect;
		if (this.isPlain || (comment !== undefined && this.text.startsWith(comment, from))) return line;
		if (this.nextQuote !== -1 && this.nextQuote < from) this.nextQuote = this.text.indexOf('"', from);
		const hasQuote = this.nextQuote !== -1 && (line === 'more' || this.nextQuote < line.end);
		return hasQuote ? this.quotedEnd(from, isEnd) : line;
	}

	private lineFrom(from: number, isEnd: boolean): End {
		const end = this.text.indexOf(this.dialect.lineEnd, from);
		if (end !== -1) return { kind: 'whole', end };
		return isEnd ? { kind: 'whole', end: this.text.length } : 'more';
	}

	/** Walks the cells of a record, of which at least one holds a quote. */
	private quotedEnd(from: number, isEnd: boolean): End {
		const { text } = this;
		const delimiter = this.dialect.delimiter.charCodeAt(0);
		const lineEnd = this.dialect.lineEnd.charCodeAt(0);
		for (let at = from; ; at++) {
			if (text.charCodeAt(at) === QUOTE) {
				const close = this.closingQuote(at, from, isEnd);
				if (close === 'more') return 'more';
				if (close === 'none') {
					const line = this.lineFrom(at, isEnd);
					return line === 'more' ? 'more' : { kind: 'unclosed', end: line.end };
				}
				at = close + 1;
			} else {
				while (at < text.length && text.charCodeAt(at) !== delimiter && text.charCodeAt(at) !== lineEnd) at++;
			}
			if (at < text.length && text.charCodeAt(at) === delimiter) continue;
			if (at < text.length && text.charCodeAt(at) === CARRIAGE_RETURN) at += lineEnd === CARRIAGE_RETURN ? 0 : 1;
			if (at < text.length) return { kind: 'whole', end: at };
			return isEnd ? { kind: 'whole', end: text.length } : 'more';
		}
	}

	/** The quote that closes the cell opened at `open`: what follows it ends the cell. */
	private closingQuote(open: number, from: number, isEnd: boolean): number | 'none' | 'more' {
		const { text, dialect } = this;
		for (let at = open + 1; ; at += 2) {
			at = text.indexOf('"', at);
			if ((at === -1 ? text.length : at) - from > MOST_CHARACTERS) return 'none';
			if (at === -1) return isEnd ? 'none' : 'more';
			const next = text[at + 1];
			if (next === undefined) return isEnd ? at : 'more';
			if (next === '"') continue;
			if (next === dialect.delimiter || next === dialect.lineEnd) return at;
			if (next !== '\r') return 'none';
			const afterReturn = text[at + 2];
			if (afterReturn === undefined) return isEnd ? at : 'more';
			return afterReturn === '\n' ? at : 'none';
		}
	}
}
