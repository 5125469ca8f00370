// What `npm run profile` can do.

import { readFile } from 'node:fs/promises';

import { ProfileMistake, parseProfile } from '../../nodes/TokenIm/protocol/profile';
import { check } from './check.mts';
import { writeDocs } from './docs.mts';
import { tryOut } from './try.mts';

const USAGE = 'npm run profile -- check FILE | try FILE | docs';

/** @returns the exit code */
export async function main([command, file]: readonly string[], root: string): Promise<number> {
	if (command === 'docs') {
		for (const path of await writeDocs(root)) console.log(`Wrote ${path}`);
		return 0;
	}
	if ((command !== 'check' && command !== 'try') || file === undefined) {
		console.error(USAGE);
		return 2;
	}
	try {
		const text = await readFile(file, 'utf8');
		const profile = parseProfile(text);
		if (command === 'try') return await tryOut(text, profile);
		console.log(check(profile).join('\n'));
		return 0;
	} catch (error) {
		if (!(error instanceof ProfileMistake)) throw error;
		console.error(`${file}: ${error.message}`);
		return 1;
	}
}
