import { expect, test } from 'vitest';
import { faultsSchema } from '../../sandbox/faults/schema.mts';
import type { JobScript } from '../../sandbox/jobs.mts';
import { isRecord } from '../../sandbox/types.mts';
import { createWorld, people } from './world.mts';

const batch = { onConflict: 'skip', users: people(3) };
const key = { 'idempotency-key': 'k' };

/** A batch that became a job, and how to ask for it. */
function accepted(script: JobScript, body: unknown = batch) {
	const world = createWorld({
		faults: faultsSchema.parse([{ when: { times: 1 }, do: { kind: 'job', ...script } }]),
		quota: 10,
	});
	const answer = world.post('/users/batch', body, key);
	const jobId = isRecord(answer.body) ? answer.body.jobId : undefined;
	return { ...world, answer, ask: () => world.get(`/jobs/${String(jobId)}`) };
}

test('a job is accepted with 202, and its Retry-After', () => {
	const { answer } = accepted({ retryAfter: 5 });
	expect(answer).toMatchObject({ status: 202, body: { state: 'queued' }, headers: { 'retry-after': '5' } });
	expect(accepted({}).answer.headers).not.toHaveProperty('retry-after');
});

test('a job takes so many polls; nothing is written before it ends', () => {
	const { ask, service } = accepted({ polls: 2 });
	expect(ask().body).toMatchObject({ state: 'queued' });
	expect(ask().body).toMatchObject({ state: 'running' });
	expect(service.userCount()).toBe(0);
	expect(ask().body).toMatchObject({ state: 'done', results: [{ status: 'created' }, {}, {}] });
	expect(ask().body).toMatchObject({ state: 'done', results: [{ status: 'created' }, {}, {}] });
	expect(service.userCount()).toBe(3);
});

test('a job that ends by itself is done whether asked or not', () => {
	const { ask, service, advance } = accepted({ endsAfterMs: 60_000 });
	advance(59_999);
	expect(ask().body).not.toHaveProperty('results');
	expect(service.userCount()).toBe(0);
	advance(1);
	expect(service.userCount()).toBe(3);
	expect(ask().body).toMatchObject({ state: 'done' });
});

test('a job that fails lists what it settled and says what holds for the others', () => {
	const { ask, service } = accepted({
		failsAfterEntries: 1,
		error: { code: 'broken', message: 'Broken.', retryable: true },
	});
	expect(ask().body).toMatchObject({
		state: 'failed',
		results: [{ userId: 'u1', status: 'created' }],
		error: { code: 'broken', retryable: true },
	});
	expect(service.userCount()).toBe(1);
});

test('a job vanishes with 404, written where it had ended before', () => {
	const never = accepted({ polls: 5, vanishesAtPoll: 2 });
	expect([never.ask().status, never.ask().status, never.service.userCount()]).toEqual([200, 404, 0]);
	const ended = accepted({ endsAfterMs: 10, vanishesAtPoll: 1 });
	ended.advance(10);
	expect([ended.ask(), ended.service.userCount()]).toMatchObject([{ status: 404, body: { code: 'job_not_found' } }, 3]);
});

test('a job is forgotten after 24 h', () => {
	const { ask, advance } = accepted({});
	advance(24 * 3_600_000);
	expect(ask().status).toBe(200);
	advance(1);
	expect(ask().status).toBe(404);
});

test('the same key gives the same job again', () => {
	const { answer, post } = accepted({ polls: 1 });
	const again = post('/users/batch', batch, key);
	expect([again.status, again.body, again.headers['idempotency-replayed']]).toEqual([202, answer.body, 'true']);
});

test('what would be refused at once is no job', () => {
	const { answer, service } = accepted({}, { onConflict: 'skip', users: people(11) });
	expect(answer).toMatchObject({ status: 402 });
	expect(service.userCount()).toBe(0);
});

test('a job that meets a full plan fails as a whole', () => {
	const { ask, service } = accepted({ polls: 0 });
	service.setQuota(1);
	expect(ask().body).toMatchObject({ state: 'failed', results: [], error: { code: 'plan_quota_exhausted' } });
	expect(service.userCount()).toBe(0);
});

test('other writes become jobs too, queries never', () => {
	const { create, post, get, service } = createWorld();
	create(...people(2));
	service.setFaults([{ do: { kind: 'job' } }]);
	const ended = (path: string, body: unknown) => {
		const answer = post(path, body);
		return get(`/jobs/${String(isRecord(answer.body) ? answer.body.jobId : '')}`).body;
	};
	const groups = [{ groupId: 'g', name: 'G', ownerId: 'u1' }];
	expect(ended('/groups/batch', { onConflict: 'skip', groups })).toMatchObject({
		results: [{ status: 'created' }],
	});
	expect(ended('/groups/g/members', { memberIds: ['u2'] })).toMatchObject({ results: [{ status: 'added' }] });
	expect(ended('/users/batch-delete', { userIds: ['u2'] })).toMatchObject({
		results: [{ status: 'deleted' }],
	});
	expect(post('/users/query', { userIds: ['u1'] }).status).toBe(200);
});
