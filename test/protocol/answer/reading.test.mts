import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Exchange } from '../../../nodes/TokenIm/engine/wire';
import { createProtocol } from '../../../nodes/TokenIm/protocol/calls';
import { defaultProfile } from '../../../nodes/TokenIm/protocol/profiles';
import { answer, BLAMING, bytes, planCall, refusalOf } from './answers.mts';

const protocol = createProtocol(defaultProfile);
const keep = protocol.createUsers('keep');
const NOW = Date.UTC(2026, 0, 1);

const results = (...list: readonly unknown[]) => answer(200, { requestId: 'r-1', results: list });

describe('results', () => {
	it('carry id, index, status and the id that the service gave', () => {
		const reading = keep.read(
			results(
				{ index: 0, userId: 's1', status: 'created', imId: 'im_1' },
				{ index: 1, userId: 's2', status: 'exists' },
				{
					index: 2,
					userId: 's3',
					status: 'failed',
					error: { code: 'username_blocked', message: 'No.', field: 'username', retryable: true },
				},
			),
			NOW,
		);
		expect(reading).toEqual({
			kind: 'complete',
			replayed: false,
			requestId: 'r-1',
			results: [
				{ id: 's1', answer: { status: 'created', imId: 'im_1' } },
				{ id: 's2', answer: { status: 'exists' } },
				{
					id: 's3',
					answer: {
						status: 'failed',
						code: 'username_blocked',
						message: 'No.',
						field: 'username',
						retryable: true,
					},
				},
			],
		});
	});

	it.each([
		['keep', ['created', 'exists', 'failed']],
		['fail', ['created', 'failed']],
		['update', ['created', 'updated', 'failed']],
	] as const)('mean something to create users with %s where they are %j', (conflict, sensible) => {
		const words = ['created', 'updated', 'exists', 'deleted', 'absent', 'added', 'failed', 'found', '', 'toString'];
		const reading = protocol
			.createUsers(conflict)
			.read(results(...words.map((status) => ({ userId: 'x', status }))), NOW);
		const meant = reading.kind === 'complete' ? reading.results.flatMap((result) => result.answer?.status ?? []) : [];
		expect(meant).toEqual(sensible);
	});

	it.each([
		[
			'an index counts where there is no id',
			{ index: 3, status: 'created' },
			[{ index: 3, answer: { status: 'created' } }],
		],
		[
			'an index counts where the id is null',
			{ index: 3, userId: null, status: 'created' },
			[{ index: 3, answer: { status: 'created' } }],
		],
		[
			'an index does not count beside an id',
			{ index: 3, userId: 'x', status: 'created' },
			[{ id: 'x', answer: { status: 'created' } }],
		],
		['an id that is no text is nobody', { index: 3, userId: 7, status: 'created' }, []],
		['an id that is an object is nobody', { index: 3, userId: {}, status: 'created' }, []],
		['a negative index is nobody', { index: -1, status: 'created' }, []],
		['a broken index is nobody', { index: 0.5, status: 'created' }, []],
		['an index that is text is nobody', { index: '0', status: 'created' }, []],
		['a status that is no text has no meaning', { userId: 'x', status: 1 }, [{ id: 'x', answer: undefined }]],
		['a result without status has no meaning', { userId: 'x' }, [{ id: 'x', answer: undefined }]],
		['null is nobody', null, []],
		['a list is nobody', [], []],
		['a number is nobody', 7, []],
		['an id that only a prototype has is nobody', JSON.parse('{"__proto__":{"userId":"x","status":"created"}}'), []],
	])('%s', (_what, result, expected) => {
		expect(keep.read(results(result), NOW)).toMatchObject({ kind: 'complete', results: expected });
	});

	it.each([
		['no reason', {}, { code: 'refused', retryable: false }],
		['an error that is text', { error: 'no' }, { code: 'refused', retryable: false }],
		['a code that is a number', { error: { code: 7, message: 8, retryable: 'true' } }, { code: '7', retryable: false }],
		['a code with spaces', { error: { code: 'a b' } }, { code: 'refused' }],
		['a taken id', { error: { code: 'user_exists' } }, { code: 'user_exists', taken: true }],
		['a very long message', { error: { code: 'x', message: 'm'.repeat(10_000) } }, { message: 'm'.repeat(500) }],
	])('a refused entry with %s is refused all the same', (_what, more, expected) => {
		const reading = keep.read(results({ userId: 'x', status: 'failed', ...more }), NOW);
		expect(reading).toMatchObject({ results: [{ answer: { status: 'failed', ...expected } }] });
	});

	it('tell what became of the members of a group', () => {
		const members = {
			results: [
				{ userId: 'a', status: 'added' },
				{ userId: 'b', status: 'failed', error: { code: 'user_not_found', message: 'No such user.' } },
				{ userId: 'c', status: 'created' },
			],
		};
		const reading = protocol
			.createGroups('keep')
			.read(results({ groupId: 'g', status: 'created', imId: 'i', members }), NOW);
		const failed = { status: 'failed', code: 'user_not_found', message: 'No such user.', retryable: false };
		expect(reading).toMatchObject({
			results: [
				{
					id: 'g',
					answer: {
						status: 'created',
						imId: 'i',
						members: [
							{ id: 'a', answer: { status: 'added' } },
							{ id: 'b', answer: failed },
							{ id: 'c', answer: undefined },
						],
					},
				},
			],
		});
	});

	it('take the request id from a header where the body has none', () => {
		expect(keep.read(answer(200, { results: [] }, { 'x-request-id': 'h-1' }), NOW)).toMatchObject({
			requestId: 'h-1',
		});
	});
});

describe('lookups', () => {
	const users = [
		{
			userId: 's1',
			imId: 'im_1',
			username: 'a',
			email: null,
			phone: { nested: true },
			password: 'x',
			attributes: { a: 1, b: { deep: 1 } },
		},
	];

	it('give found records by canonical field, flat, and the ids that are missing', () => {
		expect(protocol.queryUsers().read(answer(200, { users, missing: ['s2', 7, null] }), NOW)).toEqual({
			kind: 'complete',
			results: [
				{
					id: 's1',
					answer: {
						status: 'found',
						imId: 'im_1',
						record: {
							userId: 's1',
							username: 'a',
							email: null,
							attributes: Object.assign(Object.create(null), { a: 1 }),
						},
					},
				},
				{ id: 's2', answer: { status: 'missing' } },
			],
		});
	});

	it('never let an attribute become a prototype', () => {
		const body = '{"users":[{"userId":"s1","attributes":{"__proto__":"x","constructor":"y"}}],"missing":[]}';
		const reading = protocol.queryUsers().read(answer(200, body), NOW);
		const found = reading.kind === 'complete' ? reading.results[0]?.answer : undefined;
		const attributes = found?.status === 'found' ? found.record.attributes : undefined;
		expect(JSON.stringify(attributes)).toBe('{"__proto__":"x","constructor":"y"}');
		expect(Object.getPrototypeOf(attributes)).toBeNull();
	});

	it('of members take the list as ids', () => {
		expect(protocol.queryMembers('g').read(answer(200, { members: ['a'], missing: ['b'] }), NOW)).toMatchObject({
			results: [
				{ id: 'a', answer: { status: 'found' } },
				{ id: 'b', answer: { status: 'missing' } },
			],
		});
	});

	it.each([{ users }, { missing: [] }, { users: {}, missing: [] }, { users: [], missing: 'none' }])(
		'prove nothing with half an answer: %j',
		(body) => {
			expect(refusalOf(protocol.queryUsers().read(answer(200, body), NOW))).toMatchObject({
				class: 'transient',
				code: 'unreadable_answer',
			});
		},
	);
});

describe('an answer of 200', () => {
	it.each([
		['HTML', answer(200, '<html>Log in</html>')],
		['empty', answer(200, '')],
		['cut off', answer(200, '{"results":[{"userId":"s1"')],
		['a list', answer(200, [])],
		['null', answer(200, 'null')],
		['without results', answer(200, {})],
		['with results that are an object', answer(200, { results: {} })],
		['not UTF-8', bytes('{"results":[{"userId":"\xff\xfe"}]}')],
		['larger than 8 MiB', answer(200, `{"results":[]${' '.repeat(8 * 1024 * 1024)}}`)],
	])('that is %s does not say what the service did', (_what, exchange) => {
		const refusal = refusalOf(keep.read(exchange, NOW));
		expect(refusal).toMatchObject({ class: 'transient', code: 'unreadable_answer' });
		expect(refusal.message).not.toMatch(BLAMING);
	});

	it('with a byte order mark is read', () => {
		expect(keep.read(answer(200, '\ufeff{"results":[]}'), NOW)).toMatchObject({ kind: 'complete' });
	});
});

describe('jobs', () => {
	it('begin with 202 and the wait that the service names', () => {
		expect(keep.read(answer(202, { jobId: 'j-1', state: 'queued' }, { 'retry-after': '3' }), NOW)).toEqual({
			kind: 'job',
			jobId: 'j-1',
			replayed: false,
			waitMs: 3000,
		});
	});

	it.each([
		['true', true],
		[' true ', true],
		['false', false],
		['', false],
	])('and results say where they are an earlier answer: Idempotency-Replayed: %j', (value, replayed) => {
		const headers = { 'idempotency-replayed': value };
		expect(keep.read(answer(202, { jobId: 'j-1' }, headers), NOW)).toMatchObject({ kind: 'job', replayed });
		expect(keep.read(answer(200, { results: [] }, headers), NOW)).toMatchObject({ kind: 'complete', replayed });
	});

	it.each([{}, { jobId: 7 }, { jobId: '' }, { jobId: '..' }, { jobId: 'j\ud800' }])('do not begin with %j', (body) => {
		expect(refusalOf(keep.read(answer(202, body), NOW)).class).toBe('transient');
	});

	it.each([
		['queued', { state: 'queued', jobId: 'j' }, { kind: 'job', jobId: 'j' }],
		['running', { state: 'running' }, { kind: 'job' }],
		[
			'done',
			{ state: 'done', results: [{ userId: 'x', status: 'created' }] },
			{ kind: 'complete', results: [{ id: 'x' }] },
		],
		['done without results', { state: 'done' }, { kind: 'complete', results: [] }],
		[
			'failed',
			{ state: 'failed', error: { code: 'internal', message: 'Gave up.' } },
			{
				kind: 'complete',
				rest: { status: 'failed', code: 'internal', message: 'Gave up.', retryable: false },
			},
		],
		['of a state that is unknown', { state: 'toString' }, { kind: 'refused', refusal: { class: 'transient' } }],
		['without state', { results: [] }, { kind: 'refused', refusal: { class: 'transient' } }],
	])('that are %s', (_what, body, expected) => {
		expect(keep.readJob(answer(200, body), NOW)).toMatchObject(expected);
	});

	it.each([
		['by its code', { code: 'job_not_found' }],
		['by its status alone', 'not found'],
	])('that are gone are absent %s', (_what, body) => {
		expect(refusalOf(keep.readJob(answer(404, body), NOW)).class).toBe('absent');
	});
});

describe('the plan', () => {
	const plan = {
		plan: 'standard',
		limits: { usersPerRequest: 50, requestsPerSecond: 5, maxBodyBytes: 1000 },
		quota: { users: { limit: 10, used: 3 } },
		permissions: ['users:read', 7],
	};
	const read = (exchange: Exchange) => planCall(protocol).read(exchange, NOW);

	it('is read with limits, quota and permissions', () => {
		expect(read(answer(200, plan))).toEqual({
			kind: 'complete',
			results: [],
			plan: {
				plan: 'standard',
				limits: { usersPerRequest: 50, requestsPerSecond: 5, maxBodyBytes: 1000 },
				userQuota: { limit: 10, used: 3 },
				permissions: ['users:read'],
			},
		});
	});

	it.each([0, -1, 1.5, '50', null, true, 1e300, [50]])('leaves out a limit of %j and keeps its neighbours', (value) => {
		const reading = read(answer(200, { limits: { usersPerRequest: value, idsPerQuery: 9 } }));
		expect(reading).toMatchObject({ plan: { limits: { idsPerQuery: 9 } } });
		expect(reading).not.toHaveProperty('plan.limits.usersPerRequest');
	});

	it.each([
		[5, 5],
		[0.5, 0.5],
		[null, undefined],
		[0, undefined],
	])('with a rate of %j has the rate %j', (value, requestsPerSecond) => {
		const reading = read(answer(200, { limits: { requestsPerSecond: value } }));
		expect(reading.kind === 'complete' ? reading.plan?.limits : undefined).toStrictEqual({
			requestsPerSecond,
		});
	});

	it.each([-1, 1e-9, '5', true, []])('leaves out a rate of %j', (value) => {
		const reading = read(answer(200, { limits: { requestsPerSecond: value, idsPerQuery: 9 } }));
		expect(reading.kind === 'complete' ? reading.plan?.limits : undefined).toStrictEqual({ idsPerQuery: 9 });
	});

	it.each([
		['a web page', '<html>Welcome</html>'],
		['another API', { ok: true }],
		['limits that are a list', { limits: [] }],
		['nothing', ''],
	])('%s in its place means that the base URL is wrong', (_what, body) => {
		expect(refusalOf(read(answer(200, body)))).toMatchObject({ class: 'stop', code: 'not_the_service' });
		expect(refusalOf(read(answer(200, body))).message).toContain('Base URL');
	});

	it('may be absent', () => {
		expect(refusalOf(read(answer(404, { code: 'not_found' })))).toMatchObject({ class: 'absent' });
	});

	it('is not known while the service is out', () => {
		expect(refusalOf(read(answer(503, '<html>')))).toMatchObject({ class: 'transient' });
	});
});

describe('whatever the bytes are', () => {
	const calls = [
		keep,
		protocol.createUsers('update'),
		protocol.createGroups('keep'),
		protocol.deleteUsers(),
		protocol.addMembers('g'),
		protocol.queryUsers(),
		protocol.queryGroups(),
		protocol.queryMembers('g'),
		planCall(protocol),
	];
	const key = fc.constantFrom(
		...[
			'results',
			'userId',
			'groupId',
			'status',
			'index',
			'error',
			'members',
			'users',
			'groups',
			'missing',
			'limits',
			'quota',
			'code',
		],
		...[
			'errors',
			'limit',
			'jobId',
			'state',
			'attributes',
			'permissions',
			'message',
			'__proto__',
			'constructor',
			'toString',
			'length',
		],
	);
	const { value: hostile } = fc.letrec<{ value: unknown }>((tie) => ({
		value: fc.oneof(
			{ depthSize: 'medium' },
			fc.constantFrom(null, true, 0, -1, 1e308, 's1', '', '__proto__', 'created', 'failed', 'done', 'queued'),
			fc.array(tie('value'), { maxLength: 4 }),
			fc.array(fc.tuple(key, tie('value')), { maxLength: 6 }).map((pairs) => {
				const made: Record<string, unknown> = {};
				for (const [name, value] of pairs)
					Object.defineProperty(made, name, { value, enumerable: true, configurable: true });
				return made;
			}),
		),
	}));
	const body = fc.oneof(
		hostile.map((value) => new TextEncoder().encode(JSON.stringify(value))),
		fc.uint8Array({ maxLength: 200 }),
		fc.string({ unit: 'binary' }).map((text) => new TextEncoder().encode(text)),
	);
	const status = fc.oneof(
		fc.constantFrom(200, 201, 202, 204, 301, 400, 401, 404, 409, 413, 429, 500, 503),
		fc.integer({ min: 100, max: 999 }),
	);
	const headers = fc.dictionary(fc.constantFrom('retry-after', 'x-request-id', 'location', '__proto__'), fc.string());

	it('reading never throws, and leaves no prototype changed', () => {
		fc.assert(
			fc.property(fc.constantFrom(...calls), status, headers, body, (call, code, head, content) => {
				const exchange: Exchange = { kind: 'answer', status: code, headers: head, body: content };
				for (const reading of [call.read(exchange, NOW), call.readJob(exchange, NOW)]) {
					expect(['complete', 'job', 'refused']).toContain(reading.kind);
					if (reading.kind === 'refused') expect(reading.refusal.message).not.toMatch(BLAMING);
				}
				expect(Object.keys(Object.prototype)).toEqual([]);
			}),
			{ numRuns: 3000 },
		);
	});

	it.each([
		['numbers', `{"results":[${'0,'.repeat(999_999)}0]}`],
		['empty objects', `{"results":[${'{},'.repeat(999_999)}{}]}`],
		['brackets', '['.repeat(1_000_000)],
		['nested lists', `{"results":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
	])('a million %s are read as nothing', (_what, text) => {
		const reading = keep.read(answer(200, text), NOW);
		expect(reading.kind === 'complete' ? reading.results : []).toEqual([]);
	});
});

describe('exchanges without answer', () => {
	it.each([
		['lost', 'transient', 'no_answer'],
		['unreached', 'transient', 'not_connected'],
		['unreachable', 'stop', 'unreachable'],
	] as const)('%s is %s', (kind, className, code) => {
		const refusal = refusalOf(keep.read({ kind, reason: 'no answer came in time' }, NOW));
		expect(refusal).toMatchObject({ class: className, code });
		expect(refusal.message).toContain('no answer came in time');
		expect(refusal.message).not.toMatch(BLAMING);
	});

	it('a reason that is a sentence is the message', () => {
		const reason = 'There is no host of that name. Check the base URL of the credential.';
		expect(refusalOf(keep.read({ kind: 'unreachable', reason }, NOW)).message).toBe(reason);
	});
});
