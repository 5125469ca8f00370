// The profile against the sandbox: two readings of one contract, written apart.

import { describe, expect, it } from 'vitest';

import type { Entry } from '../../nodes/TokenIm/engine/types';
import type { Call } from '../../nodes/TokenIm/engine/call';
import type { Exchange, Reading } from '../../nodes/TokenIm/engine/wire';
import { createProtocol } from '../../nodes/TokenIm/protocol/calls';
import { defaultProfile } from '../../nodes/TokenIm/protocol/profiles';
import { createNonce } from '../../nodes/TokenIm/protocol/auth/sign';
import { createService, type ServiceOptions } from '../../sandbox/service.mts';
import { planCall, refusalOf } from './answer/answers.mts';
import { signerOf } from './signer.mts';

const NOW = Date.UTC(2026, 0, 1);
const protocol = createProtocol(defaultProfile);
const sign = signerOf(defaultProfile);

function world(options: ServiceOptions = {}) {
	const service = createService({ now: () => NOW, plan: 'unpaced', ...options });

	function exchange(
		call: Call,
		entries: readonly Entry[],
		change: { readonly atMs?: number; readonly apiSecret?: string } = {},
	): Exchange {
		const request = call.request(
			entries,
			entries.map((one) => call.encode(one)),
		);
		const path = `/v1${request.path}`;
		const secrets = { apiKey: service.apiKey, apiSecret: change.apiSecret ?? service.apiSecret };
		const signed = sign({ ...request, pathWithQuery: path }, secrets, change.atMs ?? NOW, createNonce(defaultProfile));
		const reply = service.handle({
			method: request.method,
			path,
			headers: lowerCased({ ...request.headers, ...signed }),
			body: new TextEncoder().encode(request.body ?? ''),
		});
		if (reply.kind !== 'answer') throw new Error(`no answer: ${reply.kind}`);
		return reply;
	}

	const ask = (call: Call, entries: readonly Entry[] = [], change = {}): Reading =>
		call.read(exchange(call, entries, change), NOW);
	return { service, ask };
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

const user = (id: string, username = `Name of ${id}`): Entry => ({ id, fields: { userId: id, username } });
const id = (text: string): Entry => ({ id: text, fields: {} });

/** What the service says of each id. */
function said(reading: Reading): Record<string, string | undefined> {
	if (reading.kind !== 'complete') throw new Error(`not complete: ${JSON.stringify(reading)}`);
	return Object.fromEntries(reading.results.map((result) => [result.id ?? '', result.answer?.status]));
}

describe('the profile and the sandbox agree on', () => {
	it('the plan', () => {
		expect(world({ plan: 'small' }).ask(planCall(protocol))).toMatchObject({
			kind: 'complete',
			plan: {
				plan: 'small',
				limits: { usersPerRequest: 20, requestsPerSecond: 5 },
				userQuota: { limit: 1000, used: 0 },
			},
		});
		expect(world().ask(planCall(protocol))).toMatchObject({
			plan: { limits: { requestsPerSecond: undefined, concurrentRequests: 16 } },
		});
	});

	it('creating, keeping, refusing and updating users', () => {
		const { ask } = world();
		expect(said(ask(protocol.createUsers('keep'), [user('a'), user('b')]))).toEqual({
			a: 'created',
			b: 'created',
		});
		expect(said(ask(protocol.createUsers('keep'), [user('b'), user('c')]))).toEqual({
			b: 'exists',
			c: 'created',
		});
		expect(said(ask(protocol.createUsers('update'), [user('c', 'New'), user('d')]))).toEqual({
			c: 'updated',
			d: 'created',
		});
		expect(ask(protocol.createUsers('fail'), [user('a')])).toMatchObject({
			results: [{ answer: { status: 'failed', code: 'user_exists', taken: true } }],
		});
		expect(ask(protocol.createUsers('update'), [{ id: 'e', fields: {} }])).toMatchObject({
			results: [{ id: 'e', answer: { status: 'failed', code: 'username_required', field: 'username' } }],
		});
	});

	it('looking users up and deleting them', () => {
		const { ask } = world();
		const full = {
			userId: 'a',
			username: '李雷',
			email: 'a@example.com',
			attributes: { class: '3B', year: 2026 },
		};
		ask(protocol.createUsers('keep'), [{ id: 'a', fields: full }]);
		const found = ask(protocol.queryUsers(), [id('a'), id('b')]);
		expect(said(found)).toEqual({ a: 'found', b: 'missing' });
		expect(found).toMatchObject({ results: [{ answer: { record: full } }, {}] });
		expect(said(ask(protocol.deleteUsers(), [id('a'), id('b')]))).toEqual({ a: 'deleted', b: 'absent' });
		expect(said(ask(protocol.queryUsers(), [id('a')]))).toEqual({ a: 'missing' });
	});

	it('groups and their members', () => {
		const { ask } = world();
		ask(
			protocol.createUsers('keep'),
			['o', 'a', 'b', 'c'].map((name) => user(name)),
		);
		const group: Entry = {
			id: 'g@1',
			fields: { groupId: 'g@1', name: 'Class', ownerId: 'o' },
			memberIds: ['a', 'nobody', 'o'],
		};
		expect(ask(protocol.createGroups('keep'), [group])).toMatchObject({
			results: [
				{
					id: 'g@1',
					answer: {
						status: 'created',
						members: [
							{ id: 'a', answer: { status: 'added' } },
							{ id: 'nobody', answer: { status: 'failed', code: 'user_not_found' } },
							{ id: 'o', answer: { status: 'exists' } },
						],
					},
				},
			],
		});
		expect(said(ask(protocol.createGroups('keep'), [group]))).toEqual({ 'g@1': 'exists' });
		expect(ask(protocol.createGroups('fail'), [group])).toMatchObject({
			results: [{ answer: { code: 'group_exists', taken: true } }],
		});
		expect(said(ask(protocol.addMembers('g@1'), [id('a'), id('b'), id('x')]))).toEqual({
			a: 'exists',
			b: 'added',
			x: 'failed',
		});
		expect(said(ask(protocol.queryMembers('g@1'), [id('a'), id('c')]))).toEqual({ a: 'found', c: 'missing' });
		expect(ask(protocol.queryGroups(), [id('g@1'), id('g2')])).toMatchObject({
			results: [
				{ id: 'g@1', answer: { record: { name: 'Class', ownerId: 'o' } } },
				{ id: 'g2', answer: { status: 'missing' } },
			],
		});
		for (const call of [protocol.addMembers('g2'), protocol.queryMembers('g2')]) {
			expect(refusalOf(ask(call, [id('a')]))).toMatchObject({ class: 'absent', code: 'group_not_found' });
		}
	});

	it.each([
		['a wrong secret', {}, { apiSecret: 'wrong' }, 'invalid_signature', 'stop'],
		['a wrong clock', {}, { atMs: NOW + 301_000 }, 'clock_skew', 'stop'],
		['a key that may not write', { permissions: ['users:read'] }, {}, 'forbidden', 'stop'],
		['a plan that is full', { quota: 0 }, {}, 'plan_quota_exhausted', 'quota'],
		['too many entries', { limits: { usersPerRequest: 1 } }, {}, 'too_many_items', 'tooLarge'],
		['too many bytes', { limits: { maxBodyBytes: 50 } }, {}, 'body_too_large', 'tooLarge'],
	] as const)('%s', (_what, options, change, code, className) => {
		const refusal = refusalOf(world(options).ask(protocol.createUsers('keep'), [user('a'), user('b')], change));
		expect(refusal).toMatchObject({ code, class: className });
	});

	it('a strict service that names the bad entry', () => {
		const bad: Entry = { id: 'b', fields: { username: '' } };
		expect(refusalOf(world({ strict: 'named' }).ask(protocol.createUsers('keep'), [user('a'), bad]))).toMatchObject({
			class: 'entry',
			named: [{ index: 1, field: 'username' }],
		});
		expect(
			refusalOf(world({ strict: 'unnamed' }).ask(protocol.createUsers('keep'), [user('a'), bad])),
		).not.toHaveProperty('named');
	});
});
