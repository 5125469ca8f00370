// Send: Only What Differs: what counts as a difference, what cannot be compared, and what is told of both (law 15).

import { describe, expect, it } from 'vitest';

import type { Decision } from '../../nodes/TokenIm/engine/operation';
import type { Outcome } from '../../nodes/TokenIm/engine/types';
import { everyRowInstead, onlyWhatDiffers } from '../../nodes/TokenIm/operations/onlyWhatDiffers';
import { createProtocol } from '../../nodes/TokenIm/protocol/calls';
import { parseProfile, type Profile } from '../../nodes/TokenIm/protocol/profile/profile';
import { defaultProfile } from '../../nodes/TokenIm/protocol/profiles';
import standard from '../../nodes/TokenIm/protocol/profiles/tokenim-rest-v1.json' with { type: 'json' };
import { answer } from '../protocol/answer/answers.mts';
import { createLab, type LabRun } from './lab.mts';
import { readyOperation, type ParameterValues } from './parameters.mts';

const upsert: ParameterValues = { resource: 'user', operation: 'batchUpsert', emptyCells: 'leave' };
const statusesOf = (ran: LabRun): string[] => ran.verdicts.map(({ status }) => status);

type Fields = Readonly<Record<string, unknown>>;

function comparing(profile: Profile = defaultProfile) {
	const made = onlyWhatDiffers(profile, createProtocol(profile).queryUsers());
	if (made === undefined) throw new Error('nothing can be compared');
	return made;
}

function decided(fields: Fields, record: Fields, more: object = {}, profile?: Profile): Decision {
	const seen: Outcome = { kind: 'found', imId: 'im_1', record, ...more };
	return comparing(profile).decide({ id: 'u1', fields: { userId: 'u1', ...fields } }, seen);
}

const changesOf = (decision: Decision) => (decision.kind === 'send' ? decision.foreseen?.changes : 'done');

describe('a row differs from what is there', () => {
	it.each<[string, Fields, Fields, unknown]>([
		['in nothing', { username: 'Ann' }, { username: 'Ann', email: 'a@example.com' }, 'done'],
		['in a field', { username: 'Bob' }, { username: 'Ann' }, [{ field: 'username', from: 'Ann', to: 'Bob' }]],
		['in a field that is new', { email: 'a@b.c' }, {}, [{ field: 'email', from: null, to: 'a@b.c' }]],
		['where it clears one', { email: null }, { email: 'a@b.c' }, [{ field: 'email', from: 'a@b.c', to: null }]],
		['not where it clears what is not there', { email: null }, {}, 'done'],
		[
			'not in how a moment is written',
			{ registeredAt: '2026-07-02T08:00:00+08:00' },
			{ registeredAt: '2026-07-02T00:00:00.000Z' },
			'done',
		],
		[
			'in an attribute, by its name',
			{ attributes: { class: '4A', room: null, __proto__: undefined } },
			{ attributes: { class: '3B', other: 'x' } },
			[{ field: 'attributes.class', from: '3B', to: '4A' }],
		],
		['not in attributes that it leaves out', { attributes: { a: 1 } }, { attributes: { a: 1, b: 2 } }, 'done'],
	])('%s', (_what, fields, record, expected) => {
		expect(changesOf(decided(fields, record))).toEqual(expected);
	});

	it('not in what the wire itself turns a value into', () => {
		const changed = JSON.parse(JSON.stringify(standard));
		changed.fields.user.registeredAt.cast = 'epochSeconds';
		changed.fields.user.phone.cast = 'number';
		const profile = parseProfile(JSON.stringify(changed));
		const fields = { registeredAt: '2026-07-02T08:00:00.700+08:00', phone: '007' };
		const held = { registeredAt: '2026-07-02T00:00:00.000Z', phone: '7' };
		expect(changesOf(decided(fields, held, {}, profile))).toBe('done');
		const made = comparing(profile);
		const first = made.decide({ id: 'u1', fields }, { kind: 'missing' });
		const twin = first.kind === 'send' && first.foreseen !== undefined ? first.foreseen.after : undefined;
		expect(twin).toBeDefined();
		if (twin !== undefined) expect(made.decide({ id: 'u1', fields }, twin).kind).toBe('done');
		expect(changesOf(decided(fields, { ...held, phone: '8' }, {}, profile))).toEqual([
			{ field: 'phone', from: '8', to: '007' },
		]);
	});
});

describe('what a write leaves', () => {
	it('is what a later row of the id is compared with: attributes merge by name, null clears', () => {
		const record = { username: 'Ann', email: 'a@b.c', attributes: { class: '3B', room: '1', other: 'x' } };
		const fields = { username: 'Bob', email: null, attributes: { class: '4A', room: null, seat: 2 } };
		const decision = decided(fields, record);
		const after = decision.kind === 'send' ? decision.foreseen?.after : undefined;
		expect(after).toEqual({
			kind: 'found',
			imId: 'im_1',
			record: { username: 'Bob', attributes: { class: '4A', seat: 2, other: 'x' } },
		});
		expect(record.attributes).toEqual({ class: '3B', room: '1', other: 'x' });
	});
});

describe('a user who is suspended', () => {
	it('is told so, changed or not; the query says it', () => {
		expect(decided({ username: 'Ann' }, { username: 'Ann' }, { active: false })).toMatchObject({
			outcome: { status: 'unchanged', active: false },
		});
		expect(decided({ username: 'Bob' }, { username: 'Ann' }, { active: false })).toMatchObject({
			foreseen: { active: false },
		});
		expect(decided({ username: 'Ann' }, { username: 'Ann' }, { active: true })).not.toHaveProperty('outcome.active');
		const users = [
			{ userId: 'u1', username: 'Ann', active: false },
			{ userId: 'u2', username: 'Bob', active: 'no' },
		];
		const reading = createProtocol(defaultProfile)
			.queryUsers()
			.read(answer(200, { users, missing: [] }), 0);
		expect(reading).toMatchObject({ results: [{ answer: { active: false } }, { answer: { status: 'found' } }] });
		expect(reading).not.toHaveProperty('results.1.answer.active');
	});
});

describe('what cannot be compared', () => {
	const withPassword = JSON.parse(JSON.stringify(standard));
	withPassword.fields.extra = { password: { wire: 'password', secret: true } };
	const profile = parseProfile(JSON.stringify(withPassword));

	it('is sent, and a hint tells which fields', () => {
		const made = comparing(profile);
		const entry = { id: 'u1', fields: { userId: 'u1', username: 'Ann', password: 'secret one' } };
		expect(made.asks(entry)).toBe(true);
		expect(made.decide(entry, { kind: 'found', record: { username: 'Ann' } })).toMatchObject({ kind: 'send' });
		expect(made.asks({ id: 'u2', fields: { userId: 'u2', password: 'secret two' } })).toBe(false);
		expect(made.hints()).toEqual([
			'Look-ups do not give back password: what stands there cannot be compared, so 2 rows with it went to the service whether or not they differ.',
		]);
	});

	it('is asked after where a row gives its id alone', () => {
		expect(comparing(profile).asks({ id: 'u1', fields: { userId: 'u1' } })).toBe(true);
		expect(changesOf(decided({}, {}))).toBe('done');
	});

	it('tells of no secret what it changes', () => {
		const decision = decided({ username: 'Bob', password: 'secret' }, { username: 'Ann' }, {}, profile);
		expect(JSON.stringify(changesOf(decision))).not.toContain('secret');
	});

	it('where look-ups tell nothing at all, every row is sent and a hint says so', () => {
		const { operation } = readyOperation(upsert, tencent(), createProtocol(tencent()));
		expect(operation.lookFirst).toBeUndefined();
		expect(operation.hints?.()).toEqual([everyRowInstead('Tencent Chat')]);
		const every = readyOperation({ ...upsert, send: 'every' }, tencent(), createProtocol(tencent()));
		expect(every.operation.hints?.()).toEqual([]);
	});

	it('a look-up that is not answered is told', () => {
		const made = comparing();
		expect(made.decide({ id: 'u1', fields: {} }, { kind: 'unknown', reason: 'r' })).toEqual({ kind: 'send' });
		expect(made.hints()).toEqual([
			'No look-up told whether the users of 1 row exist, so they went to the service without being compared.',
		]);
	});
});

function tencent(): Profile {
	const text = JSON.parse(JSON.stringify(standard));
	text.operations.queryUsers.answer = {
		kind: 'states',
		at: 'users',
		id: 'userId',
		status: 'status',
		words: { Imported: 'found' },
	};
	return parseProfile(JSON.stringify({ ...text, name: 'Tencent Chat' }));
}

describe('a key that may not read users', () => {
	const permissions = ['users:write'] as const;
	const rows = [{ userId: 'u1', username: 'Ann' }];

	it('is told to send every row, and nothing was written', async () => {
		const lab = createLab({ plan: 'unpaced', permissions });
		const ran = await lab.run(upsert, rows);
		expect(ran.verdicts[0]).toMatchObject({
			status: 'notAttempted',
			code: 'forbidden',
			reason: 'The key may not read users: set Send to Every Row',
		});
		expect(lab.service.userCount()).toBe(0);
		expect(statusesOf(await lab.run({ ...upsert, send: 'every' }, rows))).toEqual(['created']);
	});

	it('and Validate Only is told what to turn off', async () => {
		const ran = await createLab({ plan: 'unpaced', permissions }).run({ ...upsert, validateOnly: true }, rows);
		expect(ran.verdicts[0]).toMatchObject({
			code: 'forbidden',
			reason:
				'The key may not read users: turn Look Up Existing off to check the rows without it, and set Send to Every Row',
		});
	});

	it('is told what the service says once something was written', async () => {
		const limits = { usersPerRequest: 2, idsPerQuery: 2, concurrentRequests: 1 };
		const faults = [{ when: { endpoint: 'users/query', from: 4 }, do: { kind: 'forbidden' } }] as const;
		const many = Array.from({ length: 40 }, (_, index) => ({ userId: `u${index}`, username: 'Ann' }));
		const ran = await createLab({ plan: 'unpaced', limits, faults }).run(upsert, many);
		expect(statusesOf(ran)).toContain('created');
		expect(ran.verdicts.at(-1)).toMatchObject({ status: 'notAttempted', code: 'forbidden' });
		expect(ran.verdicts.at(-1)).not.toMatchObject({ reason: expect.stringContaining('Every Row') });
	});
});

describe('Validate Only that ends before its look-ups are answered', () => {
	it('says of nobody that something was sent', async () => {
		const faults = [{ when: { endpoint: 'users/query' }, do: { kind: 'hang', written: false } }] as const;
		const rows = [{ userId: 'u1', username: 'Ann' }];
		const lab = createLab({ plan: 'unpaced', faults });
		const ran = await lab.run({ ...upsert, validateOnly: true }, rows, { maxRunTimeMs: 5_000 });
		expect(statusesOf(ran)).toEqual(['notAttempted']);
	});
});

describe('Batch Size', () => {
	it('holds for the requests that write, not for the look-ups', async () => {
		const lab = createLab({ plan: 'unpaced' });
		const rows = Array.from({ length: 10 }, (_, index) => ({ userId: `u${index}`, username: 'Ann' }));
		const ran = await lab.run(upsert, rows, { caps: { entriesPerRequest: 4 } });
		expect(ran.attempts.map(({ endpoint, ids }) => [endpoint, ids.length])).toEqual([
			['limits', 0],
			['users/query', 10],
			['users/batch', 4],
			['users/batch', 4],
			['users/batch', 2],
		]);
	});
});
