// Batch Delete and Undo at the services whose documents offer a deletion.

import { describe, expect, it } from 'vitest';

import type { Profile } from '../../nodes/TokenIm/protocol/profile/profile';
import { profileOf } from '../../nodes/TokenIm/protocol/auth/credentialData';
import { createProtocol } from '../../nodes/TokenIm/protocol/calls';
import { VENDORS } from './services.mts';
import { CREATE, createLab, DELETE } from './world.mts';

const UNDO = { resource: 'user', operation: 'undo' };
const people = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ userId: `s${index}`, username: `N${index}` }));
const canDelete = ({ operations }: Profile) => !('unsupported' in operations.deleteUsers);
const able = VENDORS.filter(({ credential }) => canDelete(profileOf(credential)));

it('are these', () => {
	expect(able.map(({ name }) => name)).toEqual(['tencent-chat', 'easemob', 'cometchat', 'ejabberd']);
});

describe.each(able)('$name', ({ name, credential, world: makeWorld }) => {
	it('deletes the users of the rows and no others; who is gone is absent', async () => {
		const world = makeWorld();
		const lab = createLab(credential, world.service);
		await lab.run(CREATE, people(5));
		expect((await lab.run(DELETE, people(3))).statuses).toEqual(['deleted', 'deleted', 'deleted']);
		expect([...world.users.keys()]).toEqual(['s3', 's4']);
		const again = await lab.run(DELETE, people(3));
		// ejabberd answers alike whether there was anybody.
		expect(new Set(again.statuses)).toEqual(new Set([name === 'ejabberd' ? 'deleted' : 'absent']));
	});

	const proves = createProtocol(profileOf(credential)).accountLookUp() !== undefined;

	it(`${proves ? 'takes back what a run created' : 'proves no account: Undo keeps everybody'}`, async () => {
		const world = makeWorld();
		const lab = createLab(credential, world.service);
		const created = await lab.run(CREATE, people(2));
		const results = created.verdicts.map((verdict) => ({ ...verdict }));
		await lab.run(DELETE, people(1));
		await lab.run(CREATE, people(1));
		const undone = await lab.run(UNDO, results);
		expect(undone.statuses).toEqual(proves ? ['kept', 'deleted'] : ['kept', 'kept']);
		expect([...world.users.keys()].sort()).toEqual(proves ? ['s0'] : ['s0', 's1']);
		if (proves) return;
		expect(undone.seen.filter(({ path }) => !path.includes('token'))).toEqual([]);
		expect(undone.verdicts[0]).toHaveProperty('reason', expect.stringContaining('use Batch Delete'));
	});
});

it('that Easemob alone gives an account an ID of its own is what its profile says', () => {
	const proving = VENDORS.filter(
		({ credential }) => createProtocol(profileOf(credential)).accountLookUp() !== undefined,
	);
	expect(proving.map(({ name }) => name)).toEqual(['easemob']);
});
