// Tries a profile on a live service with throw-away ids, after asking, and says of each step whether it came as expected.

import { randomBytes } from 'node:crypto';

import type { Verdict } from '../../nodes/TokenIm/engine/types';
import { baseUrlOf, profileOf } from '../../nodes/TokenIm/protocol/auth/credentialData';
import { testCredential } from '../../nodes/TokenIm/protocol/auth/testCredential';
import type { Profile } from '../../nodes/TokenIm/protocol/profile/profile';
import { createNonce } from '../../nodes/TokenIm/protocol/auth/sign';
import { reasonText } from '../../nodes/TokenIm/output/reason';
import { testSend, type Credential } from './live.mts';
import type { Prompt } from './prompt.mts';
import { compareMembers, compareUsers } from './tryCompare.mts';
import { callStepsOf, type CallStep } from './tryCalls.mts';
import { callOnce, runOnce } from './tryRun.mts';
import { loosened, nobodyOf, stepsOf, type Left, type Step } from './trySteps.mts';

type Say = (line: string) => void;

/**
 * @param text the profile as it stands in the file
 * @returns the exit code: 0 where all came as expected
 * @throws ProfileMistake where a value is missing that the profile asks for
 */
export async function tryOut(text: string, document: Profile, prompt: Prompt, say: Say): Promise<number> {
	const credential = await credentialFrom(text, document, prompt);
	const profile = profileOf(credential);
	say(`\nTesting the credential at ${baseUrlOf(profile, String(credential.baseUrl))} …`);
	const { status, message } = await testCredential(testSend, profile, credential, Date.now(), createNonce(profile));
	say(message);
	if (status !== 'OK') return 1;
	const mark = `n8ntry${randomBytes(4).toString('hex')}`;
	const [ofRows, ofCalls] = [stepsOf(profile, mark), callStepsOf(mark)];
	// The last step of rows deletes the users.
	const steps = [...ofRows.slice(0, -1), ...ofCalls, ...ofRows.slice(-1)];
	say(`\n${profile.name} would now be asked to`);
	for (const { what } of steps) say(`  - ${what}`);
	say('and after each of them by a look-up whether that is so.');
	if ((await prompt.ask('Type yes to go on:')) !== 'yes') {
		say('Nothing was written.');
		return 1;
	}
	const wrong: string[] = [];
	const left: Left = { users: new Set() };
	for (const step of steps) {
		say(`\n${step.what.charAt(0).toUpperCase()}${step.what.slice(1)}`);
		wrong.push(
			...('carryOut' in step
				? await carryOutCall(profile, credential, step, left, say)
				: await carryOut(profile, credential, step, left, mark, say)),
		);
	}
	wrong.push(...(await tryWrongSecret(profile, credential, mark, prompt, say)));
	say(`\nLeft on the service: ${inWords(left)}. Delete by hand what you do not need.`);
	say(
		wrong.length === 0
			? 'All came as expected.'
			: `Not as expected: ${wrong.join('; ')}. Compare what the service answered with the profile.`,
	);
	return wrong.length === 0 ? 0 : 1;
}

function inWords({ users, group }: Left): string {
	const people = users.size === 0 ? [] : [`the users ${[...users].join(', ')}`];
	const groups = group === undefined ? [] : [`the group ${group}`];
	return [...people, ...groups].join(' and ') || 'nothing, as far as the answers tell';
}

/** Asks for what the profile needs, and for nothing else. */
async function credentialFrom(profileJson: string, { values, baseUrl }: Profile, prompt: Prompt): Promise<Credential> {
	const or = baseUrl === undefined ? '' : `, empty for ${baseUrl.join(' and, when that is down, ')}`;
	const address = await prompt.ask(`Base URL${or}`, { name: 'PROFILE_BASE_URL' });
	const entries: Array<{ name: string; value: string }> = [];
	for (const [name, { label, secret, default: otherwise }] of Object.entries(values)) {
		const more = otherwise === undefined ? '' : `, empty for ${otherwise}`;
		entries.push({
			name,
			value: (await prompt.ask(`${label}${more}`, { name: `PROFILE_${name}`, isSecret: secret })) ?? '',
		});
	}
	const [apiKey, apiSecret] = await secretsFor(profileJson, prompt);
	return { profile: 'custom', profileJson, baseUrl: address ?? '', apiKey, apiSecret, profileValues: { entries } };
}

async function secretsFor(profileJson: string, prompt: Prompt): Promise<readonly [apiKey: string, apiSecret: string]> {
	const needsKey = profileJson.includes('{apiKey}');
	// Steps that sign are keyed by the secret where they name nothing else.
	const needsSecret = profileJson.includes('{apiSecret}') || /"(hmac|jwt)"/.test(profileJson);
	const apiKey = needsKey ? await prompt.ask('API key', { name: 'PROFILE_API_KEY' }) : '';
	const apiSecret = needsSecret ? await prompt.ask('API secret', { name: 'PROFILE_API_SECRET', isSecret: true }) : '';
	return [apiKey ?? '', apiSecret ?? ''];
}

/** @returns what did not come as expected; what the service does not have is left out, and fine */
async function carryOut(
	profile: Profile,
	credential: Credential,
	step: Step,
	left: Left,
	mark: string,
	say: Say,
): Promise<readonly string[]> {
	const tried = step.rows(left);
	if (tried.length === 0) {
		say('  left out: an earlier step left nothing for it');
		return [];
	}
	const used = step.isLoose === true ? loosened(profile) : profile;
	const rows = tried.map(({ columns }) => columns);
	const ran = await runOnce(used, credential, { parameters: step.parameters, rows });
	if (ran.kind === 'unsupported') {
		say(`  left out: ${ran.why}`);
		return [];
	}
	const { verdicts, ended, answers } = ran;
	verdicts.forEach((verdict, index) => say(`  ${lineOf(verdict, tried[index]?.expected ?? [])}`));
	if (ended !== undefined) say(`  It ended early: ${ended}`);
	const contradictions =
		step.compares === undefined
			? []
			: step.compares === 'users'
				? await compareUsers(loosened(profile), credential, rows, verdicts, left.users)
				: await compareMembers(profile, credential, rows, verdicts, nobodyOf(mark));
	for (const contradiction of contradictions) say(`  ${contradiction}`);
	note(profile, verdicts, left);
	const isFine =
		verdicts.length === tried.length &&
		verdicts.every(
			(verdict, index) => tried[index]?.expected.includes(verdict.status) === true && (step.isFine?.(verdict) ?? true),
		);
	if (isFine && contradictions.length === 0) return [];
	for (const answer of answers) say(`  ${answer}`);
	return [step.what];
}

/** As {@link carryOut}, for what is no row's. */
async function carryOutCall(
	profile: Profile,
	credential: Credential,
	step: CallStep,
	left: Left,
	say: Say,
): Promise<readonly string[]> {
	const ids = step.on(left);
	if (ids === undefined) {
		say('  left out: an earlier step left nothing for it');
		return [];
	}
	const ran = await callOnce(profile, credential, step, ids);
	if (ran.kind === 'unsupported') {
		say(`  left out: ${ran.why}`);
		return [];
	}
	for (const line of ran.lines) say(`  ${line}`);
	if (ran.isFine) {
		if (step.takesGroup) left.group = undefined;
		return [];
	}
	for (const answer of ran.answers) say(`  ${answer}`);
	return [step.what];
}

/** What the step left on the service. */
function note({ operations: { createGroups } }: Profile, verdicts: readonly Verdict[], left: Left): void {
	const isMadeThere = !('unsupported' in createGroups) && createGroups.idFromService;
	for (const verdict of verdicts) {
		const { status, userId, groupId } = verdict;
		if (userId !== undefined && ['created', 'updated'].includes(status)) left.users.add(userId);
		if (userId !== undefined && ['deleted', 'absent'].includes(status)) left.users.delete(userId);
		if (groupId !== undefined && status === 'created') left.group = isMadeThere ? verdict.imId : groupId;
	}
}

/** Sends one look-up with a wrong secret, where somebody agrees: services may lock out who does that often. */
async function tryWrongSecret(
	profile: Profile,
	credential: Credential,
	mark: string,
	prompt: Prompt,
	say: Say,
): Promise<readonly string[]> {
	const what = 'refuse a wrong secret';
	const asked =
		'To see how a wrong secret is read, one look-up goes out with one; some services lock out who does so often.';
	if ((await prompt.ask(`\n${asked} Type yes to do that:`)) !== 'yes') return [];
	say(`\n${what.charAt(0).toUpperCase()}${what.slice(1)}`);
	const name = credential.apiSecret === '' ? 'apiKey' : 'apiSecret';
	const wrong = { ...credential, [name]: `${String(credential[name]).slice(0, -1)}${WRONG_END}` };
	const ran = await runOnce(profile, wrong, {
		parameters: { resource: 'user', operation: 'verify' },
		rows: [{ userId: `${mark}a` }],
		longestMs: LONGEST_WRONG_MS,
	});
	if (ran.kind === 'unsupported') {
		say(`  left out: ${ran.why}`);
		return [];
	}
	if (ran.verdicts[0]?.status === 'notAttempted' && ran.ended !== undefined) {
		say(`  refused: ${ran.ended}`);
		return [];
	}
	say(
		`  ${ran.verdicts[0]?.status ?? 'nothing'}, expected that the run ends: give what the service answered a row of \`refusals.table\` with the class stop`,
	);
	for (const answer of ran.answers) say(`  ${answer}`);
	return [what];
}

const LONGEST_WRONG_MS = 30_000;
/** No secret is likely to end so. */
const WRONG_END = '0x';

function lineOf(verdict: Verdict, expected: readonly string[]): string {
	const id = verdict.groupId ?? verdict.userId ?? `row ${verdict.row}`;
	const isExpected = expected.includes(verdict.status);
	const members =
		'members' in verdict && verdict.members !== undefined ? `, ${counted(verdict.members.added)} added` : '';
	const reason = reasonText(verdict);
	if (isExpected) return `${id}: ${verdict.status}${members}`;
	return `${id}: ${verdict.status}, expected ${expected.join(' or ')}${reason === '' ? '' : `. ${reason}`}`;
}

function counted(members: number): string {
	return `${members} ${members === 1 ? 'member' : 'members'}`;
}
