// What `npm run profile` can do.

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { ProfileMistake, parseProfile, type Profile } from '../../nodes/TokenIm/protocol/profile/profile';
import { check } from './check.mts';
import { writeDocs } from './docs.mts';
import { createPrompt } from './prompt.mts';
import { tryOut } from './try.mts';

const USAGE = `npm run profile -- check FILE   says whether an API profile can be used, and shows what it would send
npm run profile -- try FILE     tries it on a live service: a few users and a group that nobody needs, after asking;
                                what the profile makes of the answers is compared with what look-ups show.
                                Key, secret and values are asked for, or read from PROFILE_BASE_URL,
                                PROFILE_API_KEY, PROFILE_API_SECRET and PROFILE_<name of the value>
npm run profile -- docs         writes docs/api-profile.schema.json and the reference in docs/api-profiles.md`;

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
		// npm changes to the folder of the package: what was meant is relative to where it was called.
		const text = await readFile(resolve(process.env.INIT_CWD ?? '.', file), 'utf8');
		const profile = parseProfile(text);
		if (command === 'try') return await trying(text, profile);
		console.log(check(profile).join('\n'));
		return 0;
	} catch (error) {
		console.error(`${file}: ${complaint(error)}`);
		return 1;
	}
}

async function trying(text: string, profile: Profile): Promise<number> {
	const prompt = createPrompt(process.stdin, process.stdout);
	try {
		return await tryOut(text, profile, prompt, (line) => console.log(line));
	} finally {
		prompt.close();
	}
}

/** @throws what is no fault of the file */
function complaint(error: unknown): string {
	if (error instanceof ProfileMistake) return error.message;
	if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'there is no such file';
	throw error;
}
