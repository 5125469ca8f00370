/** The sandbox's key and secret: made once by chance, kept in its data folder, readable by its owner only. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const credentialsSchema = z.object({ apiKey: z.string().min(1), apiSecret: z.string().min(1) });

export type Credentials = z.infer<typeof credentialsSchema>;

/** Reads `credentials.json` of a data folder. Throws when there is none, or when it holds something else. */
export function readCredentials(dataFolder: string): Credentials {
	return credentialsSchema.parse(JSON.parse(readFileSync(fileIn(dataFolder), 'utf8')));
}

/** Reads the credentials of a data folder, or makes folder and credentials. */
export function ensureCredentials(dataFolder: string): Credentials {
	mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
	const made = {
		apiKey: `key_${randomBytes(8).toString('hex')}`,
		apiSecret: randomBytes(32).toString('hex'),
	};
	try {
		// `wx`: of two first starts at once, one makes them and the other reads them.
		writeFileSync(fileIn(dataFolder), `${JSON.stringify(made, undefined, '\t')}\n`, {
			mode: 0o600,
			flag: 'wx',
		});
		return made;
	} catch (reason) {
		if (isFileThere(reason)) return readCredentials(dataFolder);
		throw reason;
	}
}

const fileIn = (dataFolder: string): string => join(dataFolder, 'credentials.json');

function isFileThere(reason: unknown): boolean {
	return reason instanceof Error && 'code' in reason && reason.code === 'EEXIST';
}
