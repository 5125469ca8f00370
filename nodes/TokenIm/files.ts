// Input: File. The file of each incoming item as rows, streamed from wherever n8n keeps it: in memory, on disk, in S3.

import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import type { FileOptions } from './input/files/readFile';
import { readFileRows } from './input/files/readFile';
import { SettingUnclear } from './description/settings';
import type { Row } from './engine/types';
import type { Source } from './source';

/** Reads the files again each time that its rows are asked for; none is ever held whole, unless n8n does. */
export function sourceOfFiles(host: IExecuteFunctions, options: FileOptions): Source {
	const items = host.getInputData();
	return {
		async *rows() {
			for (const item of items.keys()) yield* await openFile(host, item, options);
		},
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
	const field = String(host.getNodeParameter('inputDataFieldName', item, 'data'));
	const file = fileOf(host, item, field);
	if (file === undefined) throw noFile(host, item, field);
	const { id, fileName, mimeType } = file;
	const chunks = id === undefined ? [await host.helpers.getBinaryDataBuffer(item, field)] : await host.helpers.getBinaryStream(id);
	return readFileRows({ chunks: bytesOf(chunks), fileName, mimeType, item }, options);
}

/** `undefined` where the item has none. n8n looks where the workflow's binary mode keeps files, and throws its own way. */
function fileOf(host: IExecuteFunctions, item: number, field: string): IBinaryData | undefined {
	try {
		return host.helpers.assertBinaryData(item, field);
	} catch {
		return undefined;
	}
}

function noFile(host: IExecuteFunctions, item: number, field: string): SettingUnclear {
	const others = Object.keys(host.getInputData()[item]?.binary ?? {});
	const found = others.length === 0 ? 'The item has no file at all.' : `The item has files in: ${others.join(', ')}.`;
	return new SettingUnclear(
		`Item ${item + 1} has no file in the field "${field}"`,
		`Enter the right field as Input Data Field Name, or put a node before this one that reads the file. ${found} Nothing was sent.`,
	);
}

async function* bytesOf(chunks: AsyncIterable<unknown> | Iterable<unknown>): AsyncGenerator<Uint8Array, void, undefined> {
	for await (const chunk of chunks) yield chunk instanceof Uint8Array ? chunk : Buffer.from(String(chunk));
}
