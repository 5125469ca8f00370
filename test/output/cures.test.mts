// What mends a refused row is told with it, in the words of docs/messages.md, for every code of the contract.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Judgement, Verdict } from '../../nodes/TokenIm/engine/types';
import { resultOf } from '../../nodes/TokenIm/output/item';
import { reasonText } from '../../nodes/TokenIm/output/reason';
import { Tally } from '../../nodes/TokenIm/output/tally';
import { compileCures } from '../../nodes/TokenIm/protocol/answer/cures';
import { defaultProfile } from '../../nodes/TokenIm/protocol/profiles';
import { isRecord } from '../../sandbox/types.mts';
import { contract } from '../sandbox/openapi.mts';

const told = readFileSync(resolve(import.meta.dirname, '../../docs/messages.md'), 'utf8');
const cureOf = compileCures(defaultProfile);
const CURES: ReadonlyMap<string, string> = new Map(Object.entries(defaultProfile.cures));

const ofRequests = new Set(defaultProfile.refusals.table.flatMap(({ code = [] }) => code));

/** The cells of the tables below a heading of docs/messages.md, without their header. */
function rowsBelow(heading: string): string[][] {
	const [, section = ''] = told.split(`\n## ${heading}\n`);
	return [...(section.split('\n## ')[0] ?? '').matchAll(/^\| (.*) \|$/gm)]
		.map(([, line = '']) => line.split(' | ').map((cell) => cell.trim()))
		.filter(([first]) => first !== '`code`');
}

const codesIn = (cell = '') => [...cell.matchAll(/`([a-z_]+)`/g)].map(([, code = '']) => code);

/** All codes that the contract names, wherever: of single entries in `EntryError`, of requests in the answers. */
function contractCodes(value: unknown, found = new Set<string>()): Set<string> {
	if (Array.isArray(value)) for (const one of value) contractCodes(one, found);
	if (!isRecord(value)) return found;
	const { code } = value;
	if (typeof code === 'string') found.add(code);
	if (isRecord(code))
		for (const one of [code.const, code.enum, code.examples].flat()) if (typeof one === 'string') found.add(one);
	for (const one of Object.values(value)) contractCodes(one, found);
	return found;
}

/** The engine's own affair: what people are told of these says what became of the run. */
const WAITED_OUT = new Set(['rate_limited', 'internal', 'bad_gateway', 'unavailable', 'gateway_timeout']);
/** Of requests that go again by themselves, and of a job that is gone: a look-up tells what became of its rows. */
const NEVER_SHOWN = new Set(['busy', 'expired', 'throttled', 'nonce']);
const GONE = 'job_not_found';
/** Its message has the cure. */
const ENGINES_OWN = 'unsupported';

describe('docs/messages.md', () => {
	test('has the cure of each known code word for word, and no other', () => {
		const cures = rowsBelow('`failed`: the service refused the row').flatMap(([codes, , cure = '']) =>
			codesIn(codes).map((code) => [code, cure] as const),
		);
		const ofEntries = cures.filter(([code]) => !ofRequests.has(code) && code !== ENGINES_OWN);
		expect(Object.fromEntries(ofEntries)).toEqual(defaultProfile.cures);
	});

	test('has what is said of refused requests word for word', () => {
		const rows = told.split('\n').filter((line) => line.startsWith('| '));
		const shown = rows.map((line) => line.slice(2, -2).split(' | ').slice(1).join(' '));
		const says = defaultProfile.refusals.table
			.filter((row) => !NEVER_SHOWN.has(row.class) && row.code !== GONE)
			.map(({ say }) => say);
		expect(says.length).toBeGreaterThan(10);
		expect(says.filter((say) => !shown.some((text) => text.startsWith(say)))).toEqual([]);
	});
});

test('every code of the contract has a sentence that says what to do', () => {
	const codes = [...contractCodes(contract)];
	expect(codes.length).toBeGreaterThan(35);
	expect(codes.filter((code) => !CURES.has(code) && !ofRequests.has(code) && !WAITED_OUT.has(code))).toEqual([]);
});

describe('a row that the service refused', () => {
	const verdict = (judgement: Judgement): Verdict => ({
		...judgement,
		row: 1,
		attempts: 1,
		requestId: undefined,
		batch: 1,
	});
	const refused = (code: string, message: string) => verdict({ status: 'failed', code, message, retryable: false });

	test.each([
		['is taken', 'is taken. Leave the row out, give it another ID, or use Batch Create or Update.'],
		['That is taken.', 'That is taken. Leave the row out, give it another ID, or use Batch Create or Update.'],
	])('says "%s" and behind it what mends that', (message, reason) => {
		const result = resultOf(refused('user_exists', message), cureOf);
		expect(result).toMatchObject({ reason, message });
		expect(reasonText(refused('user_exists', message), cureOf)).toBe(`Refused by the service (user_exists): ${reason}`);
	});

	test('with a code that nobody knows says what the service says', () => {
		expect(resultOf(refused('odd', 'Odd'), cureOf).reason).toBe('Odd');
	});

	test('with members that were refused says what mends them once', () => {
		const failed = ['a', 'b'].map((userId) => ({ userId, code: 'user_not_found', message: 'No such user' }));
		const members = { added: 1, exists: 0, failed, unknown: [], notAttempted: [] };
		expect(resultOf(verdict({ status: 'created', members }), cureOf).reason).toBe(
			'Members not added: a (No such user), b (No such user). Create the user first, or mend the ID.',
		);
	});

	test('is told of with its cure where every row was refused so', () => {
		const tally = new Tally(cureOf);
		tally.add(refused('user_exists', 'is taken'));
		expect(tally.cureText()).toBe(CURES.get('user_exists'));
	});
});

describe("a profile's own sentence", () => {
	const operation = defaultProfile.operations.createUsers;
	if ('unsupported' in operation || operation.answer.kind !== 'results') throw new Error('unlike the contract');

	test('of an entry stands alone', () => {
		const answer = { ...operation.answer, says: { user_exists: 'Somebody has this ID. Take another.' } };
		const operations = { ...defaultProfile.operations, createUsers: { ...operation, answer } };
		expect(compileCures({ ...defaultProfile, operations })('user_exists')).toBe('');
	});

	test('of a whole request stands alone, by its own code and by the one that verdicts carry', () => {
		const row = { status: 409, code: 'E1', class: 'entry', as: 'user_exists', say: 'Taken.' } as const;
		expect(
			compileCures({ ...defaultProfile, refusals: { ...defaultProfile.refusals, table: [row] } })('user_exists'),
		).toBe('');
	});
});
