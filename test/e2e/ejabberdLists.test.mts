// A live ejabberd, spoken to by its profile: accounts, rooms and affiliations listed, bans, members out, rooms destroyed.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Call } from '../../nodes/TokenIm/engine/call';
import { RunContext } from '../../nodes/TokenIm/engine/context';
import { cut } from '../../nodes/TokenIm/engine/delivery/chunk';
import { deliver } from '../../nodes/TokenIm/engine/delivery/deliver';
import { listAll, type ListStep } from '../../nodes/TokenIm/engine/delivery/listAll';
import { lookUpBy } from '../../nodes/TokenIm/engine/delivery/lookUp';
import { newTask } from '../../nodes/TokenIm/engine/delivery/task';
import type { ListCall } from '../../nodes/TokenIm/engine/list';
import { RunLimits } from '../../nodes/TokenIm/engine/pacing/limits';
import { profileOf } from '../../nodes/TokenIm/protocol/auth/credentialData';
import { createProtocol, type Protocol } from '../../nodes/TokenIm/protocol/calls';
import { ROOT } from '../../scripts/lib/paths.mts';
import { createPorts } from '../../scripts/profile/live.mts';
import { describeWithEjabberd } from './describe.mts';
import { HOST, ROOMS, startEjabberd, type Ejabberd } from './ejabberd/server.mts';

const PEOPLE = ['ada', 'bob', 'cleo', 'dora', 'emil'];

await describeWithEjabberd('ejabberd, its lists and its leavers', () => {
	let ejabberd: Ejabberd;
	let protocol: Protocol;
	let context: () => RunContext;

	beforeAll(async () => {
		ejabberd = await startEjabberd();
		const credential = {
			profile: 'custom',
			profileJson: await readFile(join(ROOT, 'examples', 'profiles', 'ejabberd.json'), 'utf8'),
			baseUrl: ejabberd.baseUrl,
			apiKey: ejabberd.admin.jid,
			apiSecret: ejabberd.admin.password,
			profileValues: {
				entries: [
					{ name: 'host', value: HOST },
					{ name: 'mucService', value: ROOMS },
				],
			},
		};
		const profile = profileOf(credential);
		protocol = createProtocol(profile);
		context = () =>
			new RunContext(
				createPorts(profile, credential),
				{ requestTimeoutMs: 30_000, readLagMs: 0 },
				new RunLimits(protocol.defaultLimits),
				{ instanceId: 'i', executionId: 'e', nodeId: 'n', runIndex: 0 },
			);
		for (const user of PEOPLE) await ejabberd.ask('register', { user, host: HOST, password: `the one of ${user}` });
		for (const name of ['class-a', 'class-b']) {
			const options = [{ name: 'persistent', value: 'true' }];
			await ejabberd.ask('create_room_with_opts', { name, service: ROOMS, host: HOST, options });
		}
		const affiliations = { ada: 'owner', bob: 'member', cleo: 'admin', dora: 'outcast' };
		for (const [user, affiliation] of Object.entries(affiliations))
			await ejabberd.ask('set_room_affiliation', {
				name: 'class-a',
				service: ROOMS,
				jid: `${user}@${HOST}`,
				affiliation,
			});
		const guest = { name: 'class-a', service: ROOMS, jid: 'bob@elsewhere.example', affiliation: 'member' };
		await ejabberd.ask('set_room_affiliation', guest);
	});
	afterAll(async () => {
		await ejabberd?.stop();
	});

	async function read(list: ListCall) {
		const ids: Array<readonly [string, string | undefined]> = [];
		let end: ListStep | undefined;
		for await (const step of listAll(context(), list)) {
			if (step.kind === 'records') ids.push(...step.records.map(({ id, role }) => [id, role] as const));
			else end = step;
		}
		return { ids: ids.sort(), end };
	}

	async function carryOut(call: Call, ...ids: string[]) {
		const ctx = context();
		const tasks = ids.map((id, position) => newTask({ id, fields: {} }, position));
		const means = { lookUp: lookUpBy(ctx, protocol.userLookUp()) };
		for (const chunk of cut(call, tasks, ctx.limits)) await deliver(ctx, call, chunk, means);
		return tasks.map(({ outcome }) => outcome);
	}

	const done = (status: string) => ({ kind: 'done', status });
	const signsIn = async (user: string): Promise<boolean> =>
		(await ejabberd.ask('check_password', { user, host: HOST, password: `the one of ${user}` })) === 0;

	test('accounts are listed, the administrator among them', async () => {
		const { ids, end } = await read(protocol.listUsers());
		expect([ids.map(([id]) => id), end]).toEqual([['ada', 'admin', ...PEOPLE.slice(1)], { kind: 'whole' }]);
	});

	test('rooms are listed by their names', async () => {
		expect(await read(protocol.listGroups())).toEqual({
			ids: [
				['class-a', undefined],
				['class-b', undefined],
			],
			end: { kind: 'whole' },
		});
	});

	test('members are listed with their roles, without who is banned or from elsewhere', async () => {
		expect(await read(protocol.listMembers('class-a'))).toEqual({
			ids: [
				['ada', 'owner'],
				['bob', 'member'],
				['cleo', 'member'],
			],
			end: { kind: 'whole' },
		});
		expect((await read(protocol.listMembers('none'))).end).toMatchObject({ kind: 'absent', code: 'group_not_found' });
	});

	test('a ban closes an account, and makes none', async () => {
		expect(await signsIn('emil')).toBe(true);
		expect(await carryOut(protocol.suspendUsers(), 'emil', 'nobody')).toMatchObject([
			done('suspended'),
			done('absent'),
		]);
		expect(await signsIn('emil')).toBe(false);
		expect((await read(protocol.listUsers())).ids.map(([id]) => id)).toEqual(['ada', 'admin', ...PEOPLE.slice(1)]);
	});

	test('a ban is lifted, or this ejabberd is too old for it and says so', async () => {
		const [emil, nobody] = await carryOut(protocol.reactivateUsers(), 'emil', 'nobody');
		const isOld = emil?.kind === 'notAttempted';
		expect(emil).toMatchObject(
			isOld ? { code: 'unknown_command', reason: expect.stringContaining('24.06') } : done('reactivated'),
		);
		expect(nobody).toMatchObject(isOld ? { kind: 'notAttempted' } : done('absent'));
		expect(await signsIn('emil')).toBe(!isOld);
	});

	test('members are taken out, and nobody else', async () => {
		expect(await carryOut(protocol.removeMembers('class-a'), 'bob', 'emil')).toMatchObject([
			done('removed'),
			done('removed'),
		]);
		expect((await read(protocol.listMembers('class-a'))).ids).toEqual([
			['ada', 'owner'],
			['cleo', 'member'],
		]);
		expect(await carryOut(protocol.removeMembers('none'), 'bob')).toMatchObject([
			{ kind: 'failed', code: 'group_not_found' },
		]);
	});

	test('a room gets another name', async () => {
		const call = protocol.createGroups('update');
		const named = {
			...call,
			encode: (entry: Parameters<Call['encode']>[0]) => call.encode({ ...entry, fields: { name: '三班' } }),
		};
		expect(await carryOut(named, 'class-b', 'none')).toMatchObject([
			done('updated'),
			{ kind: 'failed', code: 'group_not_found' },
		]);
		expect(await ejabberd.ask('get_room_options', { name: 'class-b', service: ROOMS })).toMatchObject({
			title: '三班',
		});
	});

	test('a room is destroyed, and its members stay users', async () => {
		expect(await carryOut(protocol.deleteGroups(), 'class-a', 'none')).toMatchObject([done('deleted'), done('absent')]);
		expect((await read(protocol.listGroups())).ids).toEqual([['class-b', undefined]]);
		expect((await read(protocol.listUsers())).ids).toHaveLength(PEOPLE.length + 1);
	});
});
