// The files that runs of an example have written: each has the number of its execution in its name.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { filesFolder } from '../../scripts/lib/n8n-env.mts';
import type { Lab } from './lab.mts';

/** The files that are called NAME-NUMBER.extension, the last first. */
export async function written(lab: Lab, name: string, extension = 'csv'): Promise<string[]> {
	const pattern = new RegExp(`^${name}-(\\d+)\\.${extension}$`);
	const numberOf = (file: string) => Number(pattern.exec(file)?.[1]);
	const files = await readdir(filesFolder(lab.settings.userFolder));
	return files.filter((file) => pattern.test(file)).sort((a, b) => numberOf(b) - numberOf(a));
}

/** What stands in the last file of that name. */
export async function lastWritten(lab: Lab, name: string, extension = 'csv'): Promise<Buffer> {
	const [last = `nothing written as ${name}`] = await written(lab, name, extension);
	return await readFile(join(filesFolder(lab.settings.userFolder), last));
}

/** The rows of the last CSV file of that name. */
export async function lastRows(lab: Lab, name: string): Promise<Array<Record<string, string>>> {
	return parse(await lastWritten(lab, name), { columns: true, bom: true });
}
