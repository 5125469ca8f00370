// Input: File. The file of each incoming item as rows, streamed from wherever n8n keeps it: in memory, on disk, in S3.

import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { shown } from '../input/cells/finding';
import { chunksOf } from '../input/files/pieces';
import type { FileOptions } from '../input/files/readFile';
import { LOOKED_AT } from '../input/columns/columns';
import { readFileRows } from '../input/files/readFile';
import { SettingUnclear } from '../operations/parameters';
import { eachRow } from '../engine/rows/rowReader';
import type { Row } from '../engine/types';
import { knownColumns } from '../input/columns/knownColumns';
import type { Holds } from '../input/columns/listNames';
import { filesOf, IN_JSON, isFile, itemsAreRows } from './inputChoice';
import type { RowSource } from './rowSource';
import { sheetsTold } from './sheetsTold';

/** Reads the files again each time that its rows are asked for; none is ever held whole, unless n8n does. */
export function rowsOfFiles(host: IExecuteFunctions, options: FileOptions): RowSource {
	const items = host.getInputData();
	const told = new Map<number, readonly string[]>();
	/** Those whose first rows were looked at. */
	const opened = new Map<number, OpenFile>();
	return {
		async *rows() {
			for (const item of items.keys()) {
				const file = openFile(host, item, options);
				yield* file;
				told.set(item, file.hints);
			}
		},
		hints: () =>
			[...told].flatMap(([item, hints]) =>
				hints.map((hint) => (items.length === 1 ? hint : `In the file of item ${item + 1}: ${hint}`)),
			),
		async heads() {
			const heads: Row[] = [];
			for (const item of items.keys()) {
				const file = openFile(host, item, options);
				opened.set(item, file);
				for (const row of await headsOf(file, item)) heads.push(row);
			}
			return heads;
		},
		async otherSheets(passes) {
			for (const [item, { sheets }] of opened) {
				const isFine = async (sheet = options.sheet) =>
					await passes(async () => await headsOf(openFile(host, item, { ...options, sheet }), item));
				if (sheets === undefined || sheets.others.length === 0 || (await isFine())) continue;
				const told = await sheetsTold(sheets, options.sheet !== undefined, isFine);
				return items.length === 1 ? told : `In the file of item ${item + 1}: ${told}`;
			}
			return undefined;
		},
		sheetOf: ({ item }) => item,
		count: undefined,
		bringers: items.length,
		holdsColumns: true,
	};
}

type OpenFile = ReturnType<typeof readFileRows>;

/**
 * The first rows, whose cells are looked at, and a row for each further list of columns: a table has one, and every
 * object of JSON may have its own.
 */
async function headsOf(file: OpenFile, item: number): Promise<readonly Row[]> {
	const heads: Row[] = [];
	const lists = new Set<string>();
	let isEmpty = true;
	for await (const row of eachRow(file)) {
		isEmpty = false;
		if (row.issues !== undefined && row.issues.length > 0) continue;
		if (heads.length >= LOOKED_AT && file.facts?.columns !== undefined) break;
		const list = JSON.stringify(Object.keys(row.columns));
		if (heads.length < LOOKED_AT || !lists.has(list)) heads.push(row);
		lists.add(list);
	}
	// A header without rows is looked at too: it may be all of a file whose rows nothing divides.
	const { columns } = file.facts ?? {};
	if (isEmpty && columns !== undefined)
		heads.push({ number: 1, item, columns: Object.fromEntries(columns.map((name) => [name, ''])) });
	return heads;
}

/** @throws SettingUnclear where the item has no such file */
function openFile(host: IExecuteFunctions, item: number, options: FileOptions): OpenFile {
	const field: unknown = host.getNodeParameter('inputDataFieldName', item, 'data');
	const file = fileOf(host, item, field);
	if (file === undefined) throw noFile(host, item, field, options.holds);
	const { id, data, fileName, mimeType } = file;
	const chunks = {
		// Without an id, n8n keeps the content in the item itself.
		async *[Symbol.asyncIterator]() {
			yield* chunksOf(id === undefined ? Buffer.from(data, 'base64') : await host.helpers.getBinaryStream(id));
		},
	};
	return readFileRows({ chunks, fileName, mimeType, item }, { ...options, knownColumns });
}

/** @param field a name, a path, or, from an expression, the file itself; `undefined` where the item has none such */
function fileOf(host: IExecuteFunctions, item: number, field: unknown): IBinaryData | undefined {
	if (isFile(field)) return field;
	const name = String(field);
	// A workflow that hands files on combined does so only where n8n keeps them outside the item.
	return (
		found(host, item, name) ??
		found(host, item, `${IN_JSON}.${name}`) ??
		inItem(host, item, name.replace(`${IN_JSON}.`, ''))
	);
}

/** n8n looks where the workflow's binary mode puts files, and throws its own way where there is none. */
function found(host: IExecuteFunctions, item: number, name: string): IBinaryData | undefined {
	try {
		return host.helpers.assertBinaryData(item, name);
	} catch {
		return undefined;
	}
}

function inItem(host: IExecuteFunctions, item: number, name: string): IBinaryData | undefined {
	const { binary = {} } = host.getInputData()[item] ?? {};
	return Object.hasOwn(binary, name) ? binary[name] : undefined;
}

const MOST_NAMED = 30;

function noFile(host: IExecuteFunctions, item: number, field: unknown, holds: Holds = 'users'): Error {
	const one = host.getInputData()[item] ?? { json: {} };
	const { json } = one;
	const others = [...filesOf(one).keys()];
	const rows = others.length === 0 ? itemsAreRows(one, holds) : undefined;
	if (rows !== undefined) return rows;
	const mayBeRow = Object.keys(json).length > 0;
	const none = `The item has no file at all.${mayBeRow ? ' Where the items are the rows themselves, set Input to Incoming Items.' : ''}`;
	const has =
		others.length === 0 ? none : `The item has files in: ${others.slice(0, MOST_NAMED).map(shown).join(', ')}.`;
	return new SettingUnclear(
		`Item ${item + 1} has no file in the field "${shown(field)}"`,
		`Enter the right field as Input Data Field Name, or put a node before this one that reads the file. ${has} Nothing was sent.`,
	);
}
