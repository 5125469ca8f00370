// CSV text is cut into records, one for each row of the sheet however many lines its quoted cells span, and these into
// cells. This is the one place that decides where a row or a cell ends. What is wrong with quotes or length stays with
// its own row: reading goes on with the next line.

import type { CsvDialect, CsvRecord, LineEnd } from './csvRecord';
import type { Text } from './decode';
import { unescaped } from './formulaSigns';
import { Next } from './nextPlace';

/** A record may be this long, in characters; without a bound one open quote would swallow the rest of a file. */
export const MOST_CHARACTERS = 1024 * 1024;

/** Where a record ends and the next one starts, or `more` where that cannot be told yet. */
interface Line {
	readonly end: number;
	readonly next: number;
	readonly lineEnd: LineEnd;
}
/** `cells` where quotes had to be read to know them. */
type Cut = (Line & { readonly kind: 'whole' | 'unclosed'; readonly cells?: readonly string[] }) | 'more';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/** Nothing that is seen; zero bytes pad the cells of some databases. */
const BLANK = /^[\s\0]*$/;
/** DOS ends a file with it. */
const END_MARK = '\x1a';
/** What may stand between a quote and the end of its cell. */
const SPACES = ' \t\u00A0\u3000\0';
/** V8 makes texts from this length on a view of the text that they were cut from, and keeps all of that. */
const LEAST_VIEW = 13;

export class RecordCutter {
	private text = '';
	private at = 0;
	private number = 0;
	private isDamaged = false;
	private hasZeros = false;
	/** The record at hand is too long; what comes is dropped up to its line end. */
	private isSkipping = false;
	/** CRs before this place have no LF behind them. */
	private loneReturns = 0;
	private readonly quote = new Next('"');
	private readonly separator: Next;
	private readonly lineEnds: readonly Next[];
	private readonly spaces: string;

	/** @param isPlain quotes and delimiters mean nothing: each line is a record of one cell */
	constructor(
		private readonly dialect: CsvDialect,
		private readonly isPlain = false,
	) {
		this.lineEnds = ['\n', '\r', dialect.lineEnd ?? '\n']
			.filter((character, index, all) => all.indexOf(character) === index)
			.map((character) => new Next(character));
		this.separator = new Next(dialect.delimiter);
		this.spaces = SPACES.replace(dialect.delimiter, '');
	}

	push({ text, isDamaged }: Text): void {
		const kept = this.text.length - this.at;
		this.text = this.text.slice(this.at) + text;
		this.isDamaged = isDamaged || (this.isDamaged && kept > 0);
		this.hasZeros = text.includes('\0') || (this.hasZeros && kept > 0);
		this.at = 0;
		this.loneReturns = 0;
		this.resetPlaces();
	}

	/** The records that are complete; with `isEnd` what is left is one too. */
	*records(isEnd: boolean): Generator<CsvRecord, void, undefined> {
		for (let record = this.next(isEnd); record !== undefined; record = this.next(isEnd)) yield record;
	}

	/** The next one of these; `undefined` where no further one is complete. */
	next(isEnd: boolean): CsvRecord | undefined {
		if (this.at < this.text.length) {
			const cut = this.isSkipping ? whole(this.lineFrom(this.at, isEnd)) : this.cut(this.at, isEnd);
			if (cut !== 'more') return this.taken(cut);
			// What is not complete is walked again from its start.
			this.resetPlaces();
			if (this.text.length - this.at > MOST_CHARACTERS) this.isSkipping = true;
			if (this.isSkipping) this.at = this.text.length;
		}
		return isEnd && this.isSkipping ? this.tooLong('none') : undefined;
	}

	private resetPlaces(): void {
		this.quote.reset();
		this.separator.reset();
		for (const lineEnd of this.lineEnds) lineEnd.reset();
	}

	private taken({ kind, end, next, lineEnd, cells }: Exclude<Cut, 'more'>): CsvRecord {
		const text = this.text.slice(this.at, end);
		this.at = next;
		if (this.isSkipping || text.length > MOST_CHARACTERS) return this.tooLong(lineEnd);
		const { comment } = this.dialect;
		const isComment = comment !== undefined && text.startsWith(comment);
		const isRow = !isComment && !BLANK.test(text) && text !== END_MARK;
		return {
			kind: isComment ? 'comment' : isRow ? kind : 'blank',
			number: ++this.number,
			text,
			cells: isRow && !this.isPlain ? this.tidy(cells ?? text.split(this.dialect.delimiter)) : [],
			lineEnd,
			isDamaged: this.isDamaged && text.includes('\uFFFD'),
		};
	}

	private tooLong(lineEnd: LineEnd): CsvRecord {
		this.isSkipping = false;
		return { kind: 'tooLong', number: ++this.number, text: '', cells: [], lineEnd, isDamaged: false };
	}

	private tidy(cells: readonly string[]): readonly string[] {
		const tidied = this.hasZeros ? cells.map(withoutPadding) : cells;
		return tidied.map((cell) => unescaped(cell.length < LEAST_VIEW ? cell : ofItsOwn(cell)));
	}

	private cut(from: number, isEnd: boolean): Cut {
		const line = this.lineFrom(from, isEnd);
		const { comment } = this.dialect;
		if (this.isPlain || (comment !== undefined && this.text.startsWith(comment, from))) return whole(line);
		const quote = this.quote.from(this.text, from);
		const hasQuote = quote < (line === 'more' ? Infinity : line.end);
		return hasQuote ? this.quotedCut(from, isEnd) : whole(line);
	}

	private lineFrom(from: number, isEnd: boolean): Line | 'more' {
		let end = Infinity;
		for (const next of this.lineEnds) end = Math.min(end, next.from(this.text, from));
		if (end < Infinity) return this.lineEndAt(end, isEnd);
		return isEnd ? { end: this.text.length, next: this.text.length, lineEnd: 'none' } : 'more';
	}

	private lineEndAt(end: number, isEnd: boolean): Line | 'more' {
		const { text } = this;
		const character = text.charCodeAt(end);
		if (character === LINE_FEED) return { end, next: end + 1, lineEnd: 'lf' };
		if (character !== CARRIAGE_RETURN) return { end, next: end + 1, lineEnd: 'other' };
		if (end < this.loneReturns) return { end, next: end + 1, lineEnd: 'cr' };
		let after = end + 1;
		while (text.charCodeAt(after) === CARRIAGE_RETURN) after++;
		if (text.charCodeAt(after) === LINE_FEED) return { end, next: after + 1, lineEnd: 'crlf' };
		if (after === text.length && !isEnd) return 'more';
		this.loneReturns = after;
		return { end, next: end + 1, lineEnd: 'cr' };
	}

	/** Walks the cells of a record, of which at least one holds a quote. */
	private quotedCut(from: number, isEnd: boolean): Cut {
		const { text } = this;
		const { delimiter } = this.dialect;
		const cells: string[] = [];
		for (let at = from; ; at++) {
			const open = this.afterSpaces(at);
			if (text[open] === '"') {
				const closed = this.closed(open, from, isEnd, open > at);
				if (closed === 'more') return 'more';
				if (closed === 'none') return whole(this.lineFrom(open, isEnd), 'unclosed');
				cells.push(text.slice(open + 1, closed.quote).replaceAll('""', '"'));
				at = closed.end;
			} else {
				const line = this.lineFrom(at, isEnd);
				const end = Math.min(line === 'more' ? Infinity : line.end, this.separator.from(text, at));
				if (end === Infinity) return 'more';
				cells.push(text.slice(at, end));
				at = end;
			}
			if (text[at] === delimiter) continue;
			return whole(this.lineFrom(at, isEnd), 'whole', cells);
		}
	}

	/**
	 * The quote that closes the cell opened at `open`, and the end of that cell: only spaces may stand between.
	 *
	 * @param isSpaced there are spaces before the quote: hands do that, not programs, and such a cell ends on its line
	 */
	private closed(
		open: number,
		from: number,
		isEnd: boolean,
		isSpaced: boolean,
	): { readonly quote: number; readonly end: number } | 'none' | 'more' {
		const { text } = this;
		const line = isSpaced ? this.lineFrom(open, isEnd) : 'more';
		const last = line === 'more' ? Infinity : line.end;
		for (let quote = open + 1; ; quote += 2) {
			quote = text.indexOf('"', quote);
			if ((quote === -1 ? text.length : quote) - from > MOST_CHARACTERS) return 'none';
			if (quote === -1) return isEnd || last < Infinity ? 'none' : 'more';
			if (quote > last) return 'none';
			if (text[quote + 1] === '"') continue;
			const end = this.afterSpaces(quote + 1);
			if (end === text.length) return isEnd ? { quote, end } : 'more';
			return this.endsCell(text[end]) ? { quote, end } : 'none';
		}
	}

	private endsCell(character: string | undefined): boolean {
		const { delimiter, lineEnd } = this.dialect;
		return character === delimiter || character === '\n' || character === '\r' || character === lineEnd;
	}

	private afterSpaces(from: number): number {
		let at = from;
		while (at < this.text.length && this.spaces.includes(this.text.charAt(at))) at++;
		return at;
	}
}

function whole(line: Line | 'more', kind: 'whole' | 'unclosed' = 'whole', cells?: readonly string[]): Cut {
	return line === 'more' ? 'more' : { ...line, kind, cells };
}

/** Databases pad cells with zero bytes. Not by a pattern: one that ends in `$` tries each zero byte within a cell. */
function withoutPadding(cell: string): string {
	let from = 0;
	let to = cell.length;
	while (from < to && cell.charCodeAt(from) === 0) from++;
	while (from < to && cell.charCodeAt(to - 1) === 0) to--;
	return cell.slice(from, to);
}

/** A copy that keeps nothing else in memory: ids are remembered for the whole run. */
function ofItsOwn(text: string): string {
	return [text.slice(0, 1), text.slice(1)].join('');
}
