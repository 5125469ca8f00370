// What kind of file it is: by its name, else by its MIME type, else by how it starts.

export type FileFormat = 'csv' | 'tsv' | 'json' | 'jsonLines';

const BY_EXTENSION: ReadonlyMap<string, FileFormat> = new Map([
	['csv', 'csv'],
	['tsv', 'tsv'],
	['tab', 'tsv'],
	['json', 'json'],
	['jsonl', 'jsonLines'],
	['ndjson', 'jsonLines'],
]);
const BY_MIME_TYPE: ReadonlyMap<string, FileFormat> = new Map([
	['text/csv', 'csv'],
	['application/csv', 'csv'],
	['text/tab-separated-values', 'tsv'],
	['application/json', 'json'],
	['application/jsonl', 'jsonLines'],
	['application/x-ndjson', 'jsonLines'],
	['application/ndjson', 'jsonLines'],
]);

/** @param head the first characters, up to some ten thousand */
export function formatOf(head: string, fileName: string | undefined, mimeType: string | undefined): FileFormat {
	const extension = /\.([^./\\]+)$/.exec(fileName ?? '')?.[1]?.toLowerCase() ?? '';
	const type = (mimeType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
	const told = BY_EXTENSION.get(extension) ?? BY_MIME_TYPE.get(type);
	// Exports of JSON Lines are often named .json.
	if (told === 'json' || told === undefined) return byStart(head) ?? told ?? 'csv';
	return told;
}

function byStart(head: string): 'json' | 'jsonLines' | undefined {
	const start = head.trimStart();
	if (start.startsWith('[')) return 'json';
	if (!start.startsWith('{')) return undefined;
	const line = start.split('\n', 1)[0] ?? '';
	return isObject(line) && start.slice(line.length).trim() !== '' ? 'jsonLines' : 'json';
}

function isObject(line: string): boolean {
	try {
		const value: unknown = JSON.parse(line);
		return typeof value === 'object' && value !== null;
	} catch {
		return false;
	}
}
