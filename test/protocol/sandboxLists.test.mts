// Lists of the sandbox, read to their end through the gate of a run, on a virtual clock: whatever the service answers.

import { describe, expect, it } from 'vitest';

import { RunContext } from '../../nodes/TokenIm/engine/context';
import { listAll, type ListStep } from '../../nodes/TokenIm/engine/delivery/listAll';
import { lookUp } from '../../nodes/TokenIm/engine/delivery/lookUp';
import type { Call } from '../../nodes/TokenIm/engine/call';
import type { ListCall } from '../../nodes/TokenIm/engine/list';
import { RunLimits } from '../../nodes/TokenIm/engine/pacing/limits';
import type { Exchange, Listed } from '../../nodes/TokenIm/engine/wire';
import { createNonce } from '../../nodes/TokenIm/protocol/auth/sign';
import { createProtocol } from '../../nodes/TokenIm/protocol/calls';
import { defaultProfile } from '../../nodes/TokenIm/protocol/profiles';
import { faultsSchema } from '../../sandbox/faults/schema.mts';
import type { Fault } from '../../sandbox/faults/script.mts';
import { createService } from '../../sandbox/service.mts';
import { VirtualClock } from '../engine/clock.mts';
import { generator } from '../engine/world.mts';
import { signed } from '../sandbox/client.mts';
import { signerOf } from './signer.mts';

const protocol = createProtocol(defaultProfile);
const sign = signerOf(defaultProfile);

/** 25 users `u01` …, all in the group `g` that `u01` owns; pages of 4. */
function createWorld(faults: readonly Fault[] = []) {
	const clock = new VirtualClock();
	const service = createService({
		now: clock.now,
		limits: { requestsPerSecond: null, usersPerPage: 4, groupsPerPage: 1, idsPerQuery: 6 },
	});
	const write = (path: string, body: object) =>
		service.handle(signed(service, clock.now(), 'POST', `/v1${path}`, body));
	const names = Array.from({ length: 25 }, (_, index) => `u${String(index + 1).padStart(2, '0')}`);
	write('/users/batch', { onConflict: 'skip', users: names.map((userId) => ({ userId, username: userId })) });
	const groups = ['g', 'h', 'i'].map((groupId) => ({
		groupId,
		name: `Name of ${groupId}`,
		ownerId: 'u01',
		memberIds: groupId === 'g' ? names : [],
	}));
	write('/groups/batch', { onConflict: 'skip', groups });
	service.setFaults(faultsSchema.parse(faults));

	const ctx = new RunContext(
		{
			now: clock.now,
			sleep: clock.sleep,
			random: generator(1),
			breathe: async () => undefined,
			log: () => undefined,
			async send(request, { signal, timeoutMs }): Promise<Exchange> {
				const path = `/v1${request.path}`;
				const headers = sign({ ...request, pathWithQuery: path }, service, clock.now(), createNonce(defaultProfile));
				const reply = service.handle({
					method: request.method,
					path,
					headers: { ...request.headers, ...headers },
					body: new TextEncoder().encode(request.body ?? ''),
				});
				await clock.sleep(reply.kind === 'hang' ? timeoutMs : reply.delayMs + 5, signal);
				return reply.kind === 'answer' ? reply : { kind: 'lost', reason: reply.kind };
			},
		},
		{ requestTimeoutMs: 60_000, readLagMs: 0 },
		new RunLimits(protocol.defaultLimits),
		{ instanceId: 'i', executionId: 'e', nodeId: 'n', runIndex: 0 },
	);

	async function read(list: ListCall): Promise<{ records: Listed[]; end: ListStep | undefined }> {
		const steps: ListStep[] = [];
		const all = async () => {
			for await (const step of listAll(ctx, list)) steps.push(step);
		};
		await clock.run(all());
		return { records: steps.flatMap((step) => (step.kind === 'records' ? step.records : [])), end: steps.at(-1) };
	}
	const pagesAsked = () => service.requests.filter(({ endpoint }) => endpoint?.endsWith('/list')).length;
	return { clock, ctx, names, pagesAsked, read, service, write };
}

const idsOf = (records: readonly Listed[]) => records.map(({ id }) => id);

describe('the profile and the sandbox agree on', () => {
	it('everybody, suspended or not', async () => {
		const { read, write, names } = createWorld();
		write('/users/batch-status', { active: false, userIds: ['u03'] });
		const { records, end } = await read(protocol.listUsers());
		expect(end).toEqual({ kind: 'whole' });
		expect(idsOf(records)).toEqual(names);
		expect(records.filter(({ active }) => active !== true)).toMatchObject([
			{ id: 'u03', active: false, imId: 'im_0003', record: { userId: 'u03', username: 'u03', attributes: {} } },
		]);
	});

	it('groups, and members with their roles', async () => {
		const { read, names } = createWorld();
		const groups = await read(protocol.listGroups());
		expect(groups.records).toMatchObject([{ id: 'g', record: { name: 'Name of g', ownerId: 'u01' } }, {}, {}]);
		const members = await read(protocol.listMembers('g'));
		expect([idsOf(members.records), members.end]).toEqual([names, { kind: 'whole' }]);
		expect(members.records.filter(({ role }) => role === 'owner')).toMatchObject([{ id: 'u01' }]);
	});

	it('a group that does not exist', async () => {
		const { read, ctx } = createWorld();
		expect((await read(protocol.listMembers('none'))).end).toMatchObject({ kind: 'absent', code: 'group_not_found' });
		expect(ctx.end.reason).toBeUndefined();
	});

	it('suspending, removing and deleting, and who is active afterwards', async () => {
		const { clock, ctx, service } = createWorld();
		const ask = async (call: Call, ...ids: string[]) => {
			const asked = ids.map((id, position) => ({ entry: { id, fields: {} }, position }));
			const seen = await clock.run(lookUp(ctx, call, asked));
			return [...seen.values()].map(({ outcome }) => ('status' in outcome ? outcome.status : outcome));
		};
		expect(await ask(protocol.suspendUsers(), 'u02', 'x')).toEqual(['suspended', 'absent']);
		expect(await ask(protocol.queryUsers(), 'u02', 'u03')).toMatchObject([{ active: false }, { active: true }]);
		expect(await ask(protocol.reactivateUsers(), 'u02', 'u03')).toEqual(['reactivated', 'unchanged']);
		expect(await ask(protocol.removeMembers('g'), 'u02', 'x', 'u01')).toMatchObject([
			'removed',
			'absent',
			{ kind: 'failed', code: 'owner_stays' },
		]);
		expect(await ask(protocol.removeMembers('none'), 'u02')).toMatchObject([
			{ kind: 'failed', code: 'group_not_found' },
		]);
		expect(await ask(protocol.deleteGroups(), 'h', 'none')).toEqual(['deleted', 'absent']);
		expect(service.groups().map(({ groupId }) => groupId)).toEqual(['g', 'i']);
	});
});

describe('everybody is read', () => {
	const second = { endpoint: 'users/list', request: 2 } as const;
	it.each<[string, Fault, number]>([
		['through a reset', { when: second, do: { kind: 'reset', written: false } }, 8],
		['through a request that hangs', { when: second, do: { kind: 'hang', written: false } }, 8],
		['through a proxy that stumbles', { when: second, do: { kind: 'html', status: 502 } }, 8],
		['through 503 with a wait', { when: second, do: { kind: 'serverError', status: 503, retryAfter: 30 } }, 8],
		['through 429', { when: second, do: { kind: 'rateLimited', retryAfter: 7 } }, 8],
		['through a page that was cut off', { when: second, do: { kind: 'cutJson' } }, 8],
		['through an empty body', { when: second, do: { kind: 'emptyBody' } }, 8],
		['through a page without ids', { when: second, do: { kind: 'tamper', how: { kind: 'withoutIds' } } }, 8],
		[
			'through records that are none',
			{ when: second, do: { kind: 'tamper', how: { kind: 'wrongTypes', count: 4 } } },
			8,
		],
		[
			'through a list that is none',
			{ when: second, do: { kind: 'tamper', how: { kind: 'wrongTypes', list: true } } },
			8,
		],
		['through a nonce that was used', { when: second, do: { kind: 'unauthorized', code: 'nonce_reused' } }, 8],
		['through records that repeat', { when: second, do: { kind: 'tamper', how: { kind: 'repeated', count: 4 } } }, 7],
		['in whatever order', { do: { kind: 'tamper', how: { kind: 'reordered' } } }, 7],
		['through a slow page', { when: second, do: { kind: 'slow', delayMs: 50_000 } }, 7],
		['through a limit that falls', { when: second, do: { kind: 'setLimits', limits: { usersPerPage: 3 } } }, 8],
		['through a cursor that expired', { when: { ...second, request: 4 }, do: { kind: 'cursorExpired' } }, 11],
	])('%s', async (_what, fault, asked) => {
		const { read, names, pagesAsked } = createWorld([fault]);
		const { records, end } = await read(protocol.listUsers());
		expect(end).toEqual({ kind: 'whole' });
		expect(idsOf(records).sort()).toEqual(names);
		expect(pagesAsked()).toBe(asked);
	});

	it('where a cursor grows too old by itself', async () => {
		const { read, names, pagesAsked } = createWorld([
			{ when: { endpoint: 'users/list', request: 3 }, do: { kind: 'rateLimited', retryAfter: 601 } },
		]);
		const { records, end } = await read(protocol.listUsers());
		expect([idsOf(records), end]).toEqual([names, { kind: 'whole' }]);
		expect(pagesAsked()).toBe(3 + 1 + 7);
	});

	it('who stays, while others come and go', async () => {
		const { read, service, write, names } = createWorld();
		const { handle } = service;
		let pages = 0;
		service.handle = (request) => {
			if (request.method === 'GET' && ++pages === 3) {
				write('/users/batch-delete', { userIds: ['u01', 'u09', 'u20'] });
				write('/users/batch', { onConflict: 'skip', users: [{ userId: 'u000', username: 'x' }] });
			}
			return handle(request);
		};
		const { records, end } = await read(protocol.listUsers());
		expect(end).toEqual({ kind: 'whole' });
		expect(idsOf(records)).toEqual(names.filter((id) => id !== 'u09' && id !== 'u20'));
	});
});

describe('the list broke off', () => {
	it.each<[string, Fault, string, boolean]>([
		['where a cursor comes again', { do: { kind: 'tamper', how: { kind: 'cursorAgain' } } }, 'list_without_end', false],
		[
			'where pages are empty',
			{ when: { from: 2 }, do: { kind: 'tamper', how: { kind: 'short', count: 99 } } },
			'list_without_end',
			false,
		],
		['where cursors expire at once', { do: { kind: 'cursorExpired' } }, 'list_expired', false],
		['where nobody answers', { when: { from: 3 }, do: { kind: 'reset', written: false } }, 'service_unavailable', true],
		['where the key may not read', { when: { from: 3 }, do: { kind: 'forbidden' } }, 'forbidden', true],
		['where the request is refused', { when: { from: 3 }, do: { kind: 'invalidRequest' } }, 'invalid_request', false],
		['where it redirects', { do: { kind: 'redirect', location: 'http://elsewhere.example/' } }, 'http_307', true],
		[
			'where the secret is wrong',
			{ do: { kind: 'unauthorized', code: 'invalid_signature' } },
			'invalid_signature',
			true,
		],
		['where a page is refused as too large', { do: { kind: 'tooLarge', limit: 2 } }, 'too_many_items', false],
		['where all is unreadable', { do: { kind: 'hugeBody', bytes: 9_000_000 } }, 'service_unavailable', true],
		['where the wait is too long', { do: { kind: 'rateLimited', retryAfter: 90_000 } }, 'asked_to_wait', true],
	])('%s', async (_what, fault, code, ends) => {
		const { read, ctx } = createWorld([fault]);
		const { end } = await read(protocol.listUsers());
		expect(end).toMatchObject({ kind: 'brokeOff', code });
		expect(ctx.end.reason !== undefined).toBe(ends);
	});
});
