// Tries a profile on a live service with throw-away ids, after asking, and says of each step whether it came as expected.

import { randomBytes } from 'node:crypto';

import { run } from '../../nodes/TokenIm/engine/run';
import type { Verdict } from '../../nodes/TokenIm/engine/types';
import { chooseOperation } from '../../nodes/TokenIm/operations/choose';
import { createProtocol, Unsupported } from '../../nodes/TokenIm/protocol/calls';
import { baseUrlOf, profileOf } from '../../nodes/TokenIm/protocol/auth/credentialData';
import { testCredential } from '../../nodes/TokenIm/protocol/auth/testCredential';
import type { Profile } from '../../nodes/TokenIm/protocol/profile/profile';
import { createNonce } from '../../nodes/TokenIm/protocol/auth/sign';
import { reasonText } from '../../nodes/TokenIm/output/reason';
import { createPorts, testSend, type Credential } from './live.mts';
import type { Prompt } from './prompt.mts';
import { stepsOf, type Step } from './trySteps.mts';

type Say = (line: string) => void;

/** One step may take so long: services that ask to wait are waited for. */
const LONGEST_STEP_MS = 120_000;

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
	const steps = stepsOf(profile, mark);
	say(`\n${profile.name} would now be asked to`);
	for (const { what } of steps) say(`  - ${what}`);
	if ((await prompt.ask('Type yes to go on:')) !== 'yes') {
		say('Nothing was written.');
		return 1;
	}
	const wrong: string[] = [];
	for (const step of steps) {
		say(`\n${step.what.charAt(0).toUpperCase()}${step.what.slice(1)}`);
		const isFine = await carryOut(profile, credential, step, say);
		if (!isFine) wrong.push(step.what);
	}
	say(`\nLeft on the service: ${leftOf(profile, mark, wrong.length === 0)}. Delete by hand what you do not need.`);
	say(
		wrong.length === 0
			? 'All came as expected.'
			: `Not as expected: ${wrong.join('; ')}. Compare what the service answered with the profile.`,
	);
	return wrong.length === 0 ? 0 : 1;
}

function leftOf({ operations }: Profile, mark: string, isDone: boolean): string {
	const users = isDone && !('unsupported' in operations.deleteUsers) ? [] : [`the users ${mark}a and ${mark}b`];
	const group = 'unsupported' in operations.createGroups ? [] : [`the group ${mark}g`];
	return `${isDone ? '' : 'as far as they were made, '}${[...users, ...group].join(' and ') || 'nothing'}`;
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

/** @returns whether it came as expected; what the service does not have is left out, and fine */
async function carryOut(
	profile: Profile,
	credential: Credential,
	{ parameters, rows, expected, isFine }: Step,
	say: Say,
): Promise<boolean> {
	const verdicts: Verdict[] = [];
	try {
		const protocol = createProtocol(profile);
		const chosen = chooseOperation((name, fallback) => parameters[name] ?? fallback);
		const { operation } = chosen.ready(profile, protocol);
		const { ended } = await run({
			rows: rows.map((columns, index) => ({ number: index + 1, item: index, columns })),
			operation,
			planCall: protocol.limits(),
			limits: protocol.defaultLimits,
			settings: { requestTimeoutMs: 30_000, readLagMs: protocol.readLagMs, maxRunTimeMs: LONGEST_STEP_MS },
			identity: { instanceId: 'try', executionId: randomBytes(8).toString('hex'), nodeId: 'try', runIndex: 0 },
			sink: (verdict) => verdicts.push(verdict),
			ports: createPorts(profile, credential),
		});
		verdicts.forEach((verdict, index) => say(`  ${lineOf(verdict, expected[index] ?? [])}`));
		if (ended !== undefined) say(`  It ended early: ${ended.reason}`);
	} catch (error) {
		if (!(error instanceof Unsupported)) throw error;
		say(`  left out: ${error.why}`);
		return true;
	}
	return (
		verdicts.length === expected.length &&
		verdicts.every((verdict, index) => expected[index]?.includes(verdict.status) === true && isFine(verdict))
	);
}

function lineOf(verdict: Verdict, expected: readonly string[]): string {
	const id = verdict.groupId ?? verdict.userId ?? `row ${verdict.row}`;
	const isExpected = expected.includes(verdict.status);
	const members =
		'members' in verdict && verdict.members !== undefined ? `, ${verdict.members.added} member added` : '';
	const reason = reasonText(verdict);
	if (isExpected) return `${id}: ${verdict.status}${members}`;
	return `${id}: ${verdict.status}, expected ${expected.join(' or ')}${reason === '' ? '' : `. ${reason}`}`;
}
