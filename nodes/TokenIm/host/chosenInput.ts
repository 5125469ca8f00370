// Where the rows of a run come from: the incoming items, files, or JSON in a parameter; read as they are needed.

import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Row } from '../engine/types';
import { rowByItself } from '../input/files/rowByItself';
import { itemRows } from '../input/rows';
import { SettingUnclear } from '../operations/parameters';
import { rowsOfFiles } from './files';
import { rowsAreInFile } from './inputChoice';
import type { HostPorts } from './ports';
import { readFileOptions } from './readFileOptions';
import type { RowSource } from './rowSource';

export function rowsOfItems(items: readonly INodeExecutionData[]): RowSource {
	return { ...atHand(() => itemRows(items), items.length, false), elsewhere: (isSure) => rowsAreInFile(items, isSure) };
}

/** For a run whose items come of no rows: one stands for all that it could tell. */
export function noRows(): RowSource {
	return atHand(() => [{ number: 1, item: 0, columns: {} }], 1, false);
}
/** An expression costs some 0.2 ms for each item; the event loop gets a turn after this much of it (law 11). */
const BREATHE_AFTER_MS = 15;

/**
 * @param takesOthers whether the operation takes away, or finds, whom the rows do not name
 * @throws SettingUnclear where a parameter is no list of rows
 */
export async function chosenInput(
	host: IExecuteFunctions,
	ports: Pick<HostPorts, 'now' | 'breathe'>,
	takesOthers = false,
): Promise<RowSource> {
	const items = host.getInputData();
	switch (host.getNodeParameter('input', 0, 'items')) {
		case 'file':
			return rowsOfFiles(host, {
				...readFileOptions(host.getNodeParameter('fileOptions', 0, {})),
				holds: holdsGroups(host) ? 'groups' : 'users',
				asksForSheet: takesOthers,
				breathe: ports.breathe,
			});
		case 'json':
			return rowsOfLists(await listsOf(host, items.length, ports));
		default:
			return rowsOfItems(items);
	}
}

/** *Rows as JSON* as worked out for each item. @throws SettingUnclear */
async function listsOf(
	host: IExecuteFunctions,
	items: number,
	{ now, breathe }: Pick<HostPorts, 'now' | 'breathe'>,
): Promise<Array<ReadonlyArray<Row['columns']>>> {
	const lists: Array<ReadonlyArray<Row['columns']>> = [];
	let breathedAt = now();
	for (let item = 0; item < items; item++) {
		lists.push(rowObjects(host.getNodeParameter('rowsAsJson', item, '[]')));
		if (now() - breathedAt <= BREATHE_AFTER_MS) continue;
		await breathe();
		breathedAt = now();
	}
	return lists;
}

/** A row of a roster is a person, also where groups are made of them. */
function holdsGroups(host: IExecuteFunctions): boolean {
	return (
		host.getNodeParameter('resource', 0, 'user') === 'group' && host.getNodeParameter('rows', 0, 'group') === 'group'
	);
}

function rowsOfLists(lists: ReadonlyArray<ReadonlyArray<Row['columns']>>): RowSource {
	function* rows(): Generator<Row, void, undefined> {
		let number = 0;
		for (const [item, list] of lists.entries()) for (const columns of list) yield rowByItself(columns, ++number, item);
	}
	const count = lists.reduce((sum, { length }) => sum + length, 0);
	return { ...atHand(rows, count, true), bringers: lists.length };
}

function atHand(rows: () => Iterable<Row>, count: number, holdsColumns: boolean): RowSource {
	return { rows, heads: async () => rows(), sheetOf: () => 0, count, holdsColumns };
}

function rowObjects(value: unknown): ReadonlyArray<Row['columns']> {
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
