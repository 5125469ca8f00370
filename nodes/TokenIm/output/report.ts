// The report file: the rows that need attention, as CSV to mend and to feed in again. Rows are kept as lines of text,
// not as objects; the file is put together once, at the end.

import { BYTE_ORDER_MARK, csvLine, LINE_END } from './csv';
import type { Row, Verdict } from '../engine/types';
import { columnKey } from '../input/cells/text';
import { reasonText } from './reason';

/** What the report adds. Columns of these names come from an earlier report and give way to the new ones. */
const ADDED = ['row', 'reason'] as const;
const OWN: ReadonlySet<string> = new Set(ADDED);

const LINES_IN_ONE_TURN = 2_000;

export class Report {
	private readonly columns = new Set<string>();
	private readonly lines: string[] = [];
	/** From which line on the rows had how many columns: a later row may bring a new one. */
	private readonly widths: Array<{ readonly from: number; readonly width: number }> = [];
	private lastNames: readonly string[] = [];

	/** @param escapesFormulas whether cells that a spreadsheet would run get an apostrophe in front */
	constructor(private readonly escapesFormulas: boolean) {}

	get rows(): number {
		return this.lines.length;
	}

	add(verdict: Verdict, row: Row): void {
		this.learn(Object.keys(row.columns));
		const cells = [...this.columns].map((name) => (Object.hasOwn(row.columns, name) ? row.columns[name] : undefined));
		this.lines.push(csvLine([verdict.row, reasonText(verdict), ...cells], this.escapesFormulas));
	}

	/** The whole file. Gives the event loop a turn now and then. */
	async bytes(breathe: () => Promise<void>): Promise<Buffer> {
		const parts = [
			Buffer.from(`${BYTE_ORDER_MARK}${csvLine([...ADDED, ...this.columns], this.escapesFormulas)}${LINE_END}`),
		];
		for (let start = 0; start < this.lines.length; start += LINES_IN_ONE_TURN) {
			const block = this.lines.slice(start, start + LINES_IN_ONE_TURN);
			parts.push(Buffer.from(block.map((line, index) => this.padded(line, start + index)).join('')));
			await breathe();
		}
		return Buffer.concat(parts);
	}

	private learn(names: readonly string[]): void {
		if (names.length === this.lastNames.length && names.every((name, index) => name === this.lastNames[index])) return;
		this.lastNames = names;
		for (const name of names) if (!OWN.has(columnKey(name))) this.columns.add(name);
		const width = this.columns.size;
		if (this.widths.at(-1)?.width !== width) this.widths.push({ from: this.lines.length, width });
	}

	/** Rows from before a column came get an empty cell for it. */
	private padded(line: string, index: number): string {
		const width = this.widths.findLast(({ from }) => from <= index)?.width ?? this.columns.size;
		return `${line}${','.repeat(this.columns.size - width)}${LINE_END}`;
	}
}
