// The same laws for every service: a verdict for each row, a second run that is harmless, nothing sent twice blindly.

import { describe, expect, it } from 'vitest';

import { createProtocol, Unsupported } from '../../nodes/TokenIm/protocol/calls';
import { profileOf } from '../../nodes/TokenIm/protocol/auth/credentialData';
import { VENDORS, vendorNamed } from './services.mts';
import { CREATE, createLab, GROUPS, MEMBERS, VERIFY, type Told } from './world.mts';

const people = (count: number) =>
	Array.from({ length: count }, (_, index) => ({
		userId: `s${String(index + 1).padStart(4, '0')}`,
		username: `学生 ${index + 1}`,
	}));

const count = (told: Told, status: string): number => told.statuses.filter((one) => one === status).length;

describe.each(VENDORS)('$name', ({ credential, words, isCreate, world: makeWorld }) => {
	it('creates users, each once, and says so row by row', async () => {
		const world = makeWorld();
		const told = await createLab(credential, world.service).run(CREATE, people(130));
		expect(told.ended).toBeUndefined();
		expect(count(told, words.fresh)).toBe(130);
		expect(world.users.size).toBe(130);
		expect([...world.writes.values()].every((times) => times === 1)).toBe(true);
	});

	it('is left as it is by a second run', async () => {
		const world = makeWorld();
		const lab = createLab(credential, world.service);
		await lab.run(CREATE, people(70));
		const again = await lab.run(CREATE, people(70));
		expect(again.ended).toBeUndefined();
		expect(count(again, words.known)).toBe(70);
		expect(world.users.size).toBe(70);
		if (words.known === 'exists') expect([...world.writes.values()].every((times) => times === 1)).toBe(true);
	});

	it('is given the new ones only where some exist', async () => {
		const world = makeWorld();
		const lab = createLab(credential, world.service);
		await lab.run(CREATE, people(10));
		const told = await lab.run(CREATE, people(20));
		expect(count(told, words.known) + count(told, words.fresh)).toBe(words.known === words.fresh ? 40 : 20);
		expect(world.users.size).toBe(20);
	});

	it('is verified: found, and not found as far as its look-up proves it', async () => {
		const lab = createLab(credential, makeWorld().service);
		await lab.run(CREATE, people(3));
		const { verdicts } = await lab.run(VERIFY, [...people(3).map(({ userId }) => ({ userId })), { userId: 'nobody' }]);
		expect(verdicts.map(({ status }) => status)).toEqual(['found', 'found', 'found', words.absent]);
	});

	it('has nobody created twice where every first answer is lost', async () => {
		const world = makeWorld();
		let lost = 0;
		const told = await createLab(credential, world.service).run(CREATE, people(5), (seen) =>
			isCreate(seen) && ++lost <= 3 ? 'lost' : undefined,
		);
		expect(told.verdicts).toHaveLength(5);
		expect(world.users.size).toBe(5);
		if (words.known === 'exists') {
			expect([...world.writes.values()].every((times) => times === 1)).toBe(true);
			for (const verdict of told.verdicts) expect(['created', 'exists']).toContain(verdict.status);
			expect(
				told.verdicts.filter((verdict) => 'createdBy' in verdict && verdict.createdBy === 'unknown').length,
			).toBeGreaterThan(0);
		}
	});

	it('gets a verdict for each row where it answers nonsense', async () => {
		for (const body of [{}, [], 'nonsense', null, 7, { data: {} }]) {
			const told = await createLab(credential, () => ({ body })).run(CREATE, people(3));
			expect(told.verdicts).toHaveLength(3);
			for (const { status } of told.verdicts) expect(['unknown', 'notAttempted', 'failed']).toContain(status);
		}
	});

	it('makes a group with its members, more of them than one request holds', async () => {
		const world = makeWorld();
		const lab = createLab(credential, world.service);
		await lab.run(CREATE, people(120));
		const members = people(120).map(({ userId }) => userId);
		const { verdicts } = await lab.run(GROUPS, [
			{ groupId: 'class1', name: 'Class 1', ownerId: 's0001', memberIds: members.slice(1) },
		]);
		expect(verdicts[0]).toMatchObject({ status: 'created', members: { failed: [], unknown: [], notAttempted: [] } });
		const [group] = [...world.groups.values()];
		for (const id of members.slice(1)) expect(group?.members.has(id)).toBe(true);
	});

	it('adds members to a group', async () => {
		const world = makeWorld();
		const lab = createLab(credential, world.service);
		await lab.run(CREATE, people(6));
		await lab.run(GROUPS, [{ groupId: 'class1', name: 'Class 1', ownerId: 's0001', memberIds: ['s0002'] }]);
		const groupId = [...world.groups.keys()][0] ?? '';
		const { verdicts } = await lab.run(MEMBERS, [{ groupId, memberIds: ['s0003', 's0004'] }]);
		expect(verdicts[0]).toMatchObject({ status: 'added' });
		expect([...(world.groups.get(groupId)?.members ?? [])]).toEqual(expect.arrayContaining(['s0003', 's0004']));
	});

	it('says what it cannot do before anything is sent', () => {
		const profile = profileOf(credential);
		const protocol = createProtocol(profile);
		const unsupported = Object.entries(profile.operations).filter(
			([, operation]) => operation !== undefined && 'unsupported' in operation,
		);
		for (const [name] of unsupported) {
			if (name === 'updateUsers') expect(() => protocol.createUsers('update')).toThrow(Unsupported);
			if (name === 'deleteUsers') expect(() => protocol.deleteUsers()).toThrow(Unsupported);
			if (name === 'queryGroups') expect(() => protocol.queryGroups()).toThrow(Unsupported);
			if (name === 'queryMembers') expect(() => protocol.queryMembers('g')).toThrow(Unsupported);
		}
		expect(unsupported.length).toBeGreaterThan(0);
	});

	it('lets no secret travel but where it authenticates', async () => {
		const world = makeWorld();
		const told = await createLab(credential, world.service).run(CREATE, people(2));
		const rest = JSON.stringify([
			told.verdicts,
			told.seen.filter(({ path }) => !path.endsWith('/token')).map(({ path, text }) => [path, text]),
		]);
		for (const secret of ['the secret', 'client secret', 'syt_admin', '5bd2850fff3ecb11', 'token-of-'])
			expect(rest).not.toContain(secret);
	});
});

it('a wrong secret of a token service is told in its own words, and not in ours alone', async () => {
	const { credential, world } = vendorNamed('easemob');
	const told = await createLab({ ...credential, apiSecret: 'a wrong secret' }, world().service).run(CREATE, people(3));
	expect(told.statuses).toEqual(['notAttempted', 'notAttempted', 'notAttempted']);
	expect(told.verdicts[0]).toMatchObject({ code: 'invalid_client' });
	expect(told.ended).toMatch(/request for a token\. It said: \(invalid_client\)\.$/);
	expect(told.seen).toHaveLength(1);
});

it('one wrong user of a batch that fails whole stands alone, and the others are made', async () => {
	const { credential, world: makeWorld } = vendorNamed('stream-chat');
	const world = makeWorld();
	const rows = people(100).map((row, index) => (index === 41 ? { ...row, userId: 'bad' } : row));
	const told = await createLab(credential, world.service).run(CREATE, rows);
	expect(told.verdicts[41]).toMatchObject({ status: 'failed', code: '4' });
	expect(count(told, 'created')).toBe(99);
	expect(world.users.size).toBe(99);
	const asked = told.seen.find(({ method }) => method === 'GET')?.query.get('payload') ?? '';
	expect(JSON.parse(asked)).toEqual({
		limit: 30,
		include_deactivated_users: true,
		filter_conditions: { id: { $in: people(30).map((row) => row.userId) } },
	});
});
