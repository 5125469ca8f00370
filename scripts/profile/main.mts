// What `npm run profile` can do.

import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';

import {
	ProfileMistake,
	parseProfile,
	parseSamples,
	parseWhole,
	type Profile,
} from '../../nodes/TokenIm/protocol/profile/profile';
import type { Sample } from '../../nodes/TokenIm/protocol/profile/samples';
import { examine } from './check.mts';
import { writeDocs } from './docs.mts';
import { createPrompt } from './prompt.mts';
import { tryOut } from './try.mts';

const USAGE = `npm run profile -- check FILE   says whether an API profile can be used, shows what it would send, and reads
                                the answers under its key samples, or in a file beside it (my.samples.json)
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
		const path = resolve(process.env.INIT_CWD ?? '.', file);
		const text = await readFile(path, 'utf8');
		if (command === 'try') return await trying(text, parseProfile(text));
		return checking(file, text, await samplesBeside(path));
	} catch (error) {
		console.error(`${file}: ${complaint(error)}`);
		return 1;
	}
}

/** Says all that is wrong at once, or all that the profile would do. */
function checking(file: string, text: string, beside: readonly Sample[]): number {
	const read = parseWhole(text);
	if ('mistakes' in read) {
		for (const { message } of read.mistakes) console.error(`${file}: ${message}`);
		if (read.mistakes.length > 1) console.error(`${read.mistakes.length} places are to be mended.`);
		return 1;
	}
	const { lines, contradictions } = examine(read.profile, [...read.profile.samples, ...beside]);
	console.log(lines.join('\n'));
	if (contradictions.length === 0) return 0;
	console.error(`\nThe profile does not read these answers as the document means them:`);
	for (const contradiction of contradictions) console.error(`  ${contradiction}`);
	return 1;
}

/** `my-service.samples.json` beside `my-service.json`, where there is one. @throws ProfileMistake */
async function samplesBeside(path: string): Promise<readonly Sample[]> {
	const beside = path.replace(/\.json$/, '.samples.json');
	try {
		return parseSamples(await readFile(beside, 'utf8'));
	} catch (error) {
		if (isMissing(error)) return [];
		if (!(error instanceof ProfileMistake)) throw error;
		throw new ProfileMistake(`${basename(beside)} ${error.path}`, error.allowed);
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
	if (isMissing(error)) return 'there is no such file';
	throw error;
}

function isMissing(error: unknown): boolean {
	return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
