// Input: File. The file of each incoming item as rows, streamed from wherever n8n keeps it: in memory, on disk, in S3.

import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import type { FileOptions } from '../input/files/readFile';
import { readFileRows } from '../input/files/readFile';
import { SettingUnclear } from '../description/settings';
import type { Row } from '../engine/types';
import type { Source } from './source';

/** Reads the files again each time that its rows are asked for; none is ever held whole, unless n8n does. */
export function sourceOfFiles(host: IExecuteFunctions, options: FileOptions): Source {
	const items = host.getInputData();
	let opened: OpenFile[] = [];
	return {
		async *rows() {
			opened = [];
			for (const item of items.keys()) {
				const file = await openFile(host, item, options);
				opened.push(file);
				yield* file;
			}
		},
		notes: () => opened.flatMap((file, index) => file.notes.map((note) => ofFile(note, index, items.length))),
		async heads() {
			const heads: Row[] = [];
			for (const item of items.keys()) heads.push(...(await headsOf(await openFile(host, item, options))));
			return heads;
		},
		sheetOf: ({ item }) => item,
		count: undefined,
		holdsColumns: true,
	};
}

type OpenFile = ReturnType<typeof readFileRows>;

/** Where several files came in, a note says which of them it is about. */
function ofFile(note: string, index: number, files: number): string {
	return files === 1 ? note : `In the file of item ${index + 1}: ${note}`;
}

/** A row for each list of columns: a table has one, and every object of JSON may have its own. */
async function headsOf(file: OpenFile): Promise<Iterable<Row>> {
	const heads = new Map<string, Row>();
	for await (const row of file) {
		if (row.issues !== undefined && row.issues.length > 0) continue;
		heads.set(JSON.stringify(Object.keys(row.columns)), row);
		if (file.facts?.columns !== undefined) break;
	}
	return heads.values();
}

/** @throws SettingUnclear where the item has no such file */
async function openFile(host: IExecuteFunctions, item: number, options: FileOptions): Promise<OpenFile> {
	const field: unknown = host.getNodeParameter('inputDataFieldName', item, 'data');
	const file = fileOf(host, item, field);
	if (file === undefined) throw noFile(host, item, field);
	const { id, data, fileName, mimeType } = file;
	// Without an id, n8n keeps the content in the item itself.
	const chunks = id === undefined ? [Buffer.from(data, 'base64')] : await host.helpers.getBinaryStream(id);
	return readFileRows({ chunks: bytesOf(chunks), fileName, mimeType, item }, options);
}

/** Where a workflow hands files on among the JSON of its items (binary mode "combined"). */
const IN_JSON = '_files';

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

function isFile(value: unknown): value is IBinaryData {
	return typeof value === 'object' && value !== null && 'mimeType' in value && ('id' in value || 'data' in value);
}

function noFile(host: IExecuteFunctions, item: number, field: unknown): SettingUnclear {
	const { json = {}, binary = {} } = host.getInputData()[item] ?? {};
	const others = [...new Set([...Object.keys(binary), ...Object.keys(Object(json[IN_JSON]))])];
	const has = others.length === 0 ? 'The item has no file at all.' : `The item has files in: ${others.join(', ')}.`;
	return new SettingUnclear(
		`Item ${item + 1} has no file in the field "${String(field)}"`,
		`Enter the right field as Input Data Field Name, or put a node before this one that reads the file. ${has} Nothing was sent.`,
	);
}

async function* bytesOf(
	chunks: AsyncIterable<unknown> | Iterable<unknown>,
): AsyncGenerator<Uint8Array, void, undefined> {
	for await (const chunk of chunks) yield chunk instanceof Uint8Array ? chunk : Buffer.from(String(chunk));
}
