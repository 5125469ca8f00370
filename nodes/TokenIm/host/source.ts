// Where the rows of a run come from: the incoming items, files, or JSON in a parameter; read as they are needed.

import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { readFileOptions } from '../description/readFileOptions';
import { SettingUnclear } from '../description/settings';
import type { Row } from '../engine/types';
import { sourceOfFiles } from './files';
import { itemRows } from '../input/rows';

export interface Source {
	/** Reads the rows from the first on, each time that it is called. */
	rows(): AsyncIterable<Row> | Iterable<Row>;
	/** At least one row for each list of columns that the rows have. */
	heads(): Promise<Iterable<Row>>;
	/** Rows with one number are of one sheet: its columns are matched by themselves. */
	sheetOf(row: Row): number;
	/** How many rows there are, where that is known before they are read. */
	readonly count: number | undefined;
	/** What a person should know of how the rows were read, complete after the last one. */
	notes(): readonly string[];
	/** Whether a failed row must carry its columns, because no item has them. */
	readonly holdsColumns: boolean;
}

/** An agent that sends a sheet through a tool call has misread it; it is told to send less, before anything is written. */
const MOST_ROWS_OF_A_TOOL_CALL = 50;

export function sourceOfItems(items: readonly INodeExecutionData[]): Source {
	return atHand(() => itemRows(items), items.length, false);
}

/** @throws SettingUnclear where a parameter is no list of rows */
export function sourceOf(host: IExecuteFunctions, breathe: () => Promise<void>): Source {
	const items = host.getInputData();
	switch (host.getNodeParameter('input', 0, 'items')) {
		case 'file':
			return sourceOfFiles(host, { ...readFileOptions(host.getNodeParameter('fileOptions', 0, {})), breathe });
		case 'json':
			return sourceOfLists(items.map((_, item) => rowsOf(host.getNodeParameter('rowsAsJson', item, '[]'))));
		default:
			return sourceOfItems(items);
	}
}

/** @throws SettingUnclear where an AI agent calls the node with more rows than it should */
export async function checkToolCall(host: IExecuteFunctions, source: Source): Promise<void> {
	if (!isToolCall(host)) return;
	const seen: number[] = [];
	for await (const { number } of source.rows())
		if (seen.push(number) > MOST_ROWS_OF_A_TOOL_CALL)
			throw new SettingUnclear(
				`An AI agent may send at most ${MOST_ROWS_OF_A_TOOL_CALL} rows in one call of this tool`,
				'Call it again with fewer rows. Whole sheets are for this node in a workflow, not for an agent. Nothing was sent.',
			);
}

/** Called through the agent's own context, or by n8n's engine on behalf of an agent. Hosts before 1.73 know neither. */
function isToolCall(host: IExecuteFunctions): boolean {
	if (typeof host.isToolExecution === 'function' && host.isToolExecution()) return true;
	return host.getNode().rewireOutputLogTo === 'ai_tool';
}

function sourceOfLists(lists: ReadonlyArray<ReadonlyArray<Row['columns']>>): Source {
	function* rows(): Generator<Row, void, undefined> {
		let number = 0;
		for (const [item, list] of lists.entries()) for (const columns of list) yield { number: ++number, item, columns };
	}
	return atHand(
		rows,
		lists.reduce((sum, { length }) => sum + length, 0),
		true,
	);
}

function atHand(rows: () => Iterable<Row>, count: number, holdsColumns: boolean): Source {
	return { rows, heads: async () => rows(), sheetOf: () => 0, notes: () => [], count, holdsColumns };
}

function rowsOf(value: unknown): ReadonlyArray<Row['columns']> {
	const parsed = typeof value === 'string' ? parseJson(value) : value;
	const list: readonly unknown[] = Array.isArray(parsed) ? parsed : [parsed];
	return list.map((row, index) => {
		if (isObject(row)) return row;
		const where = Array.isArray(parsed) ? `its entry ${index + 1} is none` : 'it is none';
		throw new SettingUnclear(
			`"Rows as JSON" must be a list of objects, and ${where}`,
			'Write it as [{ "userId": "s001", "username": "Ada" }]. Nothing was sent.',
		);
	});
}

function isObject(value: unknown): value is Row['columns'] {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
