// The limits of the plan, kept for as long as the service allows, on a clock that only the test moves.

import { describe, expect, it } from 'vitest';

import type { Exchange, PlanReading, WireRequest } from '../../../nodes/TokenIm/engine/wire';
import { withKeptPlan } from '../../../nodes/TokenIm/protocol/auth/keptPlan';
import { createProtocol } from '../../../nodes/TokenIm/protocol/calls';
import { defaultProfile } from '../../../nodes/TokenIm/protocol/profiles';
import { answer, planCall } from '../answer/answers.mts';

const options = { timeoutMs: 1, signal: new AbortController().signal };
const call = planCall(createProtocol(defaultProfile));
const PLAN = call.request([], []);
const CREATE: WireRequest = { method: 'POST', path: '/users/batch', headers: {}, body: '{}' };
const body = { limits: { usersPerRequest: 100 } };
const FOR_300_S = { 'cache-control': 'max-age=300', etag: '"v1"', 'x-request-id': 'r-1' };
let fingerprints = 0;

type Script = (sent: WireRequest, number: number) => Exchange | Promise<Exchange>;

/** A service, and runs of the node against it. */
function lab(script: Script = () => answer(200, body, FOR_300_S), fingerprint = `test ${++fingerprints}`) {
	let now = 1_700_000_000_000;
	const sent: WireRequest[] = [];
	const attempt = async (request: WireRequest): Promise<Exchange> => {
		sent.push(request);
		return await script(request, sent.length);
	};
	/** @param suffices `none`: no earlier plan is enough, whatever it says */
	const run = (suffices: ((plan: PlanReading) => boolean) | 'none' = () => true, of = fingerprint) =>
		withKeptPlan(attempt, {
			planCall: call,
			fingerprint: of,
			now: () => now,
			suffices: suffices === 'none' ? undefined : suffices,
		});
	return {
		sent,
		run,
		pass: (ms: number): void => void (now += ms),
		ask: async (suffices?: (plan: PlanReading) => boolean) => await run(suffices)(PLAN, options),
	};
}

/** What an answer tells of the plan. */
const planIn = (exchange: Exchange) => {
	const reading = call.read(exchange, 0);
	return reading.kind === 'complete' ? reading.plan : reading;
};

describe('limits that are fresh', () => {
	it('are asked for once by a hundred runs', async () => {
		const { ask, sent, pass } = lab();
		for (let run = 0; run < 100; run++) {
			expect(planIn(await ask())).toEqual(body);
			pass(2_900);
		}
		expect(sent).toEqual([PLAN]);
	});

	it('are so from when they were asked for, up to their last millisecond', async () => {
		const slow = lab(async () => {
			slow.pass(1_000);
			return answer(200, body, { 'cache-control': 'max-age=300' });
		});
		await slow.ask();
		slow.pass(298_999);
		await slow.ask();
		expect(slow.sent).toHaveLength(1);
		slow.pass(1);
		await slow.ask();
		expect(slow.sent).toHaveLength(2);
	});

	it('are no more where the clock was set back', async () => {
		const { ask, sent, pass } = lab();
		await ask();
		pass(-1);
		await ask();
		expect(sent).toHaveLength(2);
	});

	it('are asked for anew by a run to which they are not enough, and by one to which none are', async () => {
		const { ask, run, sent } = lab();
		const seen: PlanReading[] = [];
		await ask();
		await ask((plan) => seen.push(plan) < 0);
		expect([new Set(seen), sent.length]).toEqual([new Set([body]), 2]);
		await run('none')(PLAN, options);
		expect(sent).toHaveLength(3);
	});

	it('are those of one credential', async () => {
		const { run, sent } = lab();
		await run()(PLAN, options);
		await run(undefined, `another ${fingerprints}`)(PLAN, options);
		expect(sent).toHaveLength(2);
	});

	it('keep nothing of the answer but what it says of the plan and its time', async () => {
		const { ask } = lab();
		await ask();
		expect(await ask()).toMatchObject({ headers: { 'cache-control': 'max-age=300', etag: '"v1"' } });
		expect(await ask()).not.toHaveProperty('headers.x-request-id');
	});

	it('leave all other requests alone', async () => {
		const { run, sent } = lab();
		const send = run();
		await send(PLAN, options);
		await send({ ...PLAN, method: 'POST' }, options);
		await send({ ...PLAN, path: `${PLAN.path}?x` }, options);
		await send(CREATE, options);
		expect(sent).toHaveLength(4);
	});
});

describe('limits whose time is over', () => {
	const changing: Script = ({ headers }, number) =>
		headers['If-None-Match'] === '"v1"' && number < 4
			? answer(304, '', { 'cache-control': 'max-age=100' })
			: answer(200, { limits: { usersPerRequest: number } }, { ...FOR_300_S, etag: number === 1 ? '"v1"' : '"v2"' });

	it('are asked after by their ETag, and hold for as long again where they did not change', async () => {
		const { ask, sent, pass } = lab(changing);
		await ask();
		pass(300_000);
		expect(planIn(await ask())).toEqual({ limits: { usersPerRequest: 1 } });
		pass(99_999);
		await ask();
		expect(sent.map(({ headers }) => headers['If-None-Match'])).toEqual([undefined, '"v1"']);
		pass(1);
		expect(planIn(await ask())).toEqual({ limits: { usersPerRequest: 1 } });
		expect(sent).toHaveLength(3);
		pass(100_000);
		expect(planIn(await ask())).toEqual({ limits: { usersPerRequest: 4 } });
		pass(300_000);
		await ask();
		expect(sent.map(({ headers }) => headers['If-None-Match'])).toEqual([undefined, '"v1"', '"v1"', '"v1"', '"v2"']);
	});

	it('stay known by their ETag while the service does not answer', async () => {
		const { ask, sent, pass } = lab((_, number) =>
			number === 2 ? answer(503, {}) : number === 3 ? { kind: 'lost', reason: 'r' } : answer(200, body, FOR_300_S),
		);
		await ask();
		pass(300_000);
		expect(await ask()).toMatchObject({ status: 503 });
		expect(await ask()).toMatchObject({ kind: 'lost' });
		await ask();
		expect(sent.map(({ headers }) => headers['If-None-Match'])).toEqual([undefined, '"v1"', '"v1"', '"v1"']);
	});

	it('are not what a 304 means that nobody asked for', async () => {
		const { ask, sent } = lab(() => answer(304, '', FOR_300_S));
		expect(await ask()).toMatchObject({ status: 304 });
		expect(await ask()).toMatchObject({ status: 304 });
		expect(sent).toEqual([PLAN, PLAN]);
	});
});

describe('what is kept is dropped', () => {
	it.each([401, 402, 403, 413, 429])('by an answer with %i, whatever was asked', async (status) => {
		const { run, sent } = lab((request) =>
			request.path === PLAN.path ? answer(200, body, FOR_300_S) : answer(status, {}),
		);
		const send = run();
		await send(PLAN, options);
		await send(CREATE, options);
		await send(PLAN, options);
		expect(sent).toEqual([PLAN, CREATE, PLAN]);
	});

	it.each([200, 400, 404, 409, 422, 500, 503])('not by one with %i', async (status) => {
		const { run, sent } = lab((request) =>
			request.path === PLAN.path ? answer(200, body, FOR_300_S) : answer(status, {}),
		);
		const send = run();
		await send(PLAN, options);
		await send(CREATE, options);
		await send(PLAN, options);
		expect(sent).toEqual([PLAN, CREATE]);
	});

	it('where it was asked for before the refusal, too', async () => {
		const gate = later();
		const { run, sent } = lab((request, number) =>
			request.path !== PLAN.path ? answer(402, {}) : number === 1 ? gate.promise : answer(200, body, FOR_300_S),
		);
		const first = run()(PLAN, options);
		await run()(CREATE, options);
		gate.resolve(answer(200, body, FOR_300_S));
		expect(planIn(await first)).toEqual(body);
		await run()(PLAN, options);
		expect(sent).toEqual([PLAN, CREATE, PLAN]);
	});

	it('where newer limits must not be kept', async () => {
		const { ask, sent, pass } = lab((_, number) =>
			answer(200, body, number === 1 ? FOR_300_S : { 'cache-control': 'no-store' }),
		);
		await ask();
		pass(300_000);
		await ask();
		await ask();
		expect(sent.map(({ headers }) => headers['If-None-Match'])).toEqual([undefined, '"v1"', undefined]);
	});

	it('once fifty other credentials were used since, and no earlier', async () => {
		const { run, sent, ask } = lab();
		const useOthers = async (count: number): Promise<void> => {
			for (let other = 0; other < count; other++) await run(undefined, `other ${++fingerprints}`)(PLAN, options);
		};
		await ask();
		await useOthers(49);
		await ask();
		await useOthers(49);
		await ask();
		expect(sent).toHaveLength(1 + 98);
		await useOthers(50);
		await ask();
		expect(sent).toHaveLength(1 + 98 + 51);
	});
});

describe('never kept is', () => {
	it.each([
		['what forbids it', answer(200, body, { ...FOR_300_S, 'cache-control': 'no-store' })],
		['what does not say how long it holds', answer(200, body)],
		['a plan that is none', answer(200, { hello: 'world' }, FOR_300_S)],
		['no JSON', answer(200, '<html>', FOR_300_S)],
		['a refusal', answer(404, { code: 'not_found' }, FOR_300_S)],
		['more than a plan could be', answer(200, { ...body, more: 'x'.repeat(70_000) }, FOR_300_S)],
		['no answer', { kind: 'unreached', reason: 'r' } as const],
	])('%s', async (_what, reply) => {
		const { ask, sent } = lab(() => reply);
		expect(await ask()).toEqual(reply);
		expect(await ask()).toEqual(reply);
		expect(sent).toEqual([PLAN, PLAN]);
	});
});

describe('runs at once', () => {
	it('ask once', async () => {
		const gate = later();
		const { ask, sent } = lab(() => gate.promise);
		const asked = Array.from({ length: 20 }, async () => planIn(await ask()));
		gate.resolve(answer(200, body, FOR_300_S));
		expect(await Promise.all(asked)).toEqual(Array(20).fill(body));
		expect(sent).toHaveLength(1);
	});

	it('ask each for itself where the first learns nothing that could be kept', async () => {
		const { ask, sent } = lab((_, number) =>
			number === 1 ? { kind: 'lost', reason: 'r' } : answer(200, body, FOR_300_S),
		);
		const [first, second] = await Promise.all([ask(), ask()]);
		expect(first).toMatchObject({ kind: 'lost' });
		expect([planIn(second), sent.length]).toEqual([body, 2]);
	});

	it('to which no earlier plan is enough wait for none', async () => {
		const gate = later();
		const { ask, run, sent } = lab((_, number) => (number === 1 ? gate.promise : answer(200, body, FOR_300_S)));
		const first = ask();
		expect(planIn(await run('none')(PLAN, options))).toEqual(body);
		gate.resolve(answer(200, body, FOR_300_S));
		await first;
		expect(sent).toHaveLength(2);
	});
});

it('a service that does not tell its limits is left alone', async () => {
	const attempt = async (): Promise<Exchange> => answer(200, {});
	const send = withKeptPlan(attempt, { planCall: undefined, fingerprint: 'f', now: () => 0, suffices: undefined });
	expect(send).toBe(attempt);
});

/** An answer that comes when the test says so. */
function later() {
	let resolve: (exchange: Exchange) => void = () => undefined;
	const promise = new Promise<Exchange>((settle) => (resolve = settle));
	return { promise, resolve: (exchange: Exchange): void => resolve(exchange) };
}
