// Input at the wrong choice, which shows in the items themselves: a file where rows were looked for, or the reverse.

import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';
import type { Row } from '../engine/types';
import { shown } from '../input/cells/finding';
import { columnList, ColumnsUnclear } from '../input/columns/columnsUnclear';
import { likenessOf } from '../input/columns/likeness';
import type { Holds } from '../input/columns/listNames';
import { FileUnreadable } from '../input/files/unreadable';
import { SettingUnclear } from '../operations/parameters';
import type { RowSource } from './rowSource';

/** What a file that holds rows is called, or said to be; pictures and documents are no such file. */
const SHEET_NAME = /\.(?:csv|tsv|txt|json|jsonl|ndjson|xlsx|xlsm|xls|ods)$/i;
const SHEET_TYPE = /csv|tab-separated|json|spreadsheet|excel|text\/plain/i;
const USUAL_FIELD = 'data';
/** Where a workflow hands files on among the JSON of its items (binary mode "combined"). */
export const IN_JSON = '_files';

/**
 * What to say of items that were read as rows and carry the rows in a file.
 *
 * @param items of which the first tells: a node before this one gives all of them the same form
 * @param isSure whether nothing but what the items say of the file itself counts: a drive's own `id` and `name` of it
 * would pass for a person
 */
export function rowsAreInFile(items: readonly INodeExecutionData[], isSure: boolean): SettingUnclear | undefined {
	const [first] = items;
	if (first === undefined) return undefined;
	const [field, file] = [...filesOf(first)].find(([, one]) => maybeSheet(one)) ?? [];
	if (field === undefined || file === undefined) return undefined;
	if (isSure && (file.fileName === undefined || first.json.name !== file.fileName)) return undefined;
	const where = field === USUAL_FIELD ? '' : ` and Input Data Field Name to ${shown(field)}`;
	return new SettingUnclear(
		`These items carry a file (${shown(field)}: ${shown(file.fileName ?? file.mimeType)})`,
		`Set Input to File${where}. Nothing was sent.`,
	);
}

/** The files that an item carries, by their fields. */
export function filesOf({ json, binary = {} }: INodeExecutionData): ReadonlyMap<string, IBinaryData> {
	const files = new Map(Object.entries(binary));
	for (const [field, file] of Object.entries(Object(json[IN_JSON]))) if (isFile(file)) files.set(field, file);
	return files;
}

export function isFile(value: unknown): value is IBinaryData {
	return typeof value === 'object' && value !== null && 'mimeType' in value && ('id' in value || 'data' in value);
}

function maybeSheet({ fileName = '', mimeType }: IBinaryData): boolean {
	return SHEET_NAME.test(fileName) || SHEET_TYPE.test(mimeType);
}

/** What to say of an item without a file that is a row itself, by the names of its columns. */
export function itemsAreRows({ json }: INodeExecutionData, holds: Holds): SettingUnclear | undefined {
	const columns = Object.keys(json);
	if (likenessOf(columns, holds) === 'none') return undefined;
	return new SettingUnclear(
		'The items carry no file, and look like rows themselves',
		`Set Input to Incoming Items. Columns found: ${columnList(columns)}. Nothing was sent.`,
	);
}

/**
 * Checks the columns, and says where the rows are instead, if that shows.
 *
 * @param isMatched whether the columns are matched by their names, which are those of a file's description as well
 * @param check looks at the first rows; rejects with ColumnsUnclear where they are none
 */
export async function checkedHere(
	source: RowSource,
	isMatched: boolean,
	check: (heads: Iterable<Row>) => Promise<void>,
): Promise<void> {
	const surely = isMatched ? source.elsewhere?.(true) : undefined;
	if (surely !== undefined) throw surely;
	try {
		await check(await source.heads());
	} catch (error) {
		throw (error instanceof ColumnsUnclear ? source.elsewhere?.(false) : undefined) ?? (await withSheets(error));
	}

	/** The run is over: what is looked at now only helps to say what to do. */
	async function withSheets(error: unknown): Promise<unknown> {
		if (!isUnclear(error)) return error;
		const told = await source.otherSheets?.(async (heads) => {
			try {
				await check(await heads());
				return true;
			} catch (other) {
				if (isUnclear(other)) return false;
				throw error;
			}
		});
		if (told === undefined) return error;
		const description =
			`${error.description.replace(/ ?Nothing was sent\.$/, '')} ${told} Nothing was sent.`.trimStart();
		return error instanceof FileUnreadable
			? new FileUnreadable(error.message, description)
			: new ColumnsUnclear(error.message, description);
	}
}

function isUnclear(error: unknown): error is ColumnsUnclear | FileUnreadable {
	return error instanceof ColumnsUnclear || error instanceof FileUnreadable;
}
