// Group → Create or Update: only what differs is written, members are added and never taken out.

import { beforeEach, describe, expect, it } from 'vitest';

import { createLab, type Lab, type LabRun } from './lab.mts';
import type { ParameterValues } from './parameters.mts';

const upsert: ParameterValues = { resource: 'group', operation: 'upsert' };
const roster: ParameterValues = { ...upsert, rows: 'membership', groupBy: 'class', owner: 'same', ownerId: 'u1' };
const WRITES = new Set(['groups/batch', 'groups/members', 'groups/members/remove', 'groups/batch-delete']);
const writesOf = (ran: LabRun): unknown[] => ran.attempts.filter(({ endpoint }) => WRITES.has(String(endpoint)));
const group = ({ service }: Lab, id: string) => service.groups().find(({ groupId }) => groupId === id);

let lab: Lab;
let executions = 0;
const run = async (parameters: ParameterValues, rows: ReadonlyArray<Record<string, unknown>>): Promise<LabRun> => {
	await lab.rest(5_000);
	return await lab.run(parameters, rows, { executionId: `e${++executions}` });
};

beforeEach(async () => {
	lab = createLab({ plan: 'unpaced' });
	await run(
		{ resource: 'user', operation: 'batchCreate', ifUserExists: 'keep' },
		['u1', 'u2', 'u3', 'u4'].map((userId) => ({ userId, username: userId })),
	);
	await run({ resource: 'group', operation: 'create' }, [
		{ groupId: 'old', name: 'Old', ownerId: 'u1', description: 'Before', memberIds: ['u2'] },
	]);
});

describe('one row for each group', () => {
	it('creates, updates with what was changed, and leaves alone what is equal; a second run writes nothing', async () => {
		const rows = [
			{ groupId: 'new', name: 'New', ownerId: 'u1', memberIds: ['u2', 'u3'] },
			{ groupId: 'old', name: 'Renamed', memberIds: ['u3'] },
		];
		const first = await run(upsert, rows);
		expect(first.verdicts).toMatchObject([
			{ status: 'created', groupId: 'new', members: { added: 2 } },
			{ status: 'updated', changes: [{ field: 'name', from: 'Old', to: 'Renamed' }], members: { added: 1 } },
		]);
		expect(group(lab, 'old')).toMatchObject({ name: 'Renamed', ownerId: 'u1', description: 'Before' });
		expect([...(group(lab, 'old')?.memberIds ?? [])].sort()).toEqual(['u1', 'u2', 'u3']);
		const second = await run(upsert, rows);
		expect(second.verdicts).toMatchObject([
			{ status: 'unchanged', members: { added: 0, exists: 2 } },
			{ status: 'unchanged', members: { added: 0, exists: 1 } },
		]);
		expect(writesOf(second)).toEqual([]);
	});

	it('is updated without changes where only members came in', async () => {
		const ran = await run(upsert, [{ groupId: 'old', memberIds: ['u2', 'u4', 'ghost'] }]);
		expect(ran.verdicts).toMatchObject([
			{ status: 'updated', members: { added: 1, exists: 1, failed: [{ userId: 'ghost', code: 'user_not_found' }] } },
		]);
		expect(ran.verdicts[0]).not.toHaveProperty('changes.0');
	});

	it('sends the later of two rows with one id after the earlier, whatever a look-up that lags says', async () => {
		const ran = await run(upsert, [
			{ groupId: 'old', name: 'One' },
			{ groupId: 'old', name: 'Old' },
		]);
		expect(ran.verdicts.map(({ status }) => status)).toEqual(['updated', 'updated']);
		expect(group(lab, 'old')?.name).toBe('Old');
	});

	it('compares nothing that this run has written with a look-up that lags', async () => {
		lab = createLab({ plan: 'unpaced', readLagMs: 2_000 });
		await run({ resource: 'user', operation: 'batchCreate', ifUserExists: 'keep' }, [{ userId: 'u1', username: 'U' }]);
		await run({ resource: 'group', operation: 'create' }, [{ groupId: 'old', name: 'Old', ownerId: 'u1' }]);
		const names = ['One', 'Old'].map((name) => ({ groupId: 'old', name }));
		expect((await run(upsert, names)).verdicts.map(({ status }) => status)).toEqual(['updated', 'updated']);
		expect(group(lab, 'old')?.name).toBe('Old');
	});

	it('keeps what an empty cell names, or clears it', async () => {
		const row = [{ groupId: 'old', name: 'Old', description: '', memberIds: '' }];
		expect((await run(upsert, row)).verdicts).toMatchObject([{ status: 'unchanged' }]);
		const cleared = await run({ ...upsert, emptyCells: 'clear' }, [{ groupId: 'old', name: 'Old', description: '' }]);
		expect(cleared.verdicts).toMatchObject([
			{ status: 'updated', changes: [{ field: 'description', from: 'Before', to: null }] },
		]);
		expect(group(lab, 'old')?.description).toBeNull();
	});

	it('refuses a new group without a name or an owner, and its neighbours go', async () => {
		const ran = await run(upsert, [
			{ groupId: 'bare', name: 'Bare' },
			{ groupId: 'fine', name: 'Fine', ownerId: 'u1' },
		]);
		expect(ran.verdicts).toMatchObject([{ status: 'failed', code: 'owner_required' }, { status: 'created' }]);
	});

	it('foretells the same and writes nothing', async () => {
		const rows = [
			{ groupId: 'new', name: 'New', ownerId: 'u1', memberIds: ['u2'] },
			{ groupId: 'old', name: 'Renamed' },
			{ groupId: 'bare' },
			{ groupId: 'lost', name: 'Lost', ownerId: 'ghost' },
		];
		const told = await run({ ...upsert, validateOnly: true }, rows);
		expect(told.verdicts).toMatchObject([
			{ status: 'valid', would: 'created' },
			{ status: 'valid', would: 'updated', changes: [{ field: 'name', from: 'Old', to: 'Renamed' }] },
			{ status: 'valid', would: 'failed' },
			{ status: 'valid', would: 'failed' },
		]);
		expect(writesOf(told)).toEqual([]);
		const same = await run({ ...upsert, validateOnly: true }, [{ groupId: 'old', name: 'Old', memberIds: ['u2'] }]);
		expect(same.verdicts).toMatchObject([{ status: 'valid', would: 'unchanged' }]);
	});
});

describe('one row for each membership', () => {
	it('tells each row of its member, and makes groups that are not there', async () => {
		const rows = [
			{ userId: 'u2', class: 'old' },
			{ userId: 'u3', class: 'old' },
			{ userId: 'u4', class: 'c1' },
		];
		const first = await run(roster, rows);
		expect(first.verdicts).toMatchObject([
			{ status: 'exists', group: 'updated', userId: 'u2' },
			{ status: 'added', group: 'updated', userId: 'u3' },
			{ status: 'added', group: 'created', userId: 'u4' },
		]);
		// A group that exists is not renamed for want of a name; a new one is called by its ID.
		expect(group(lab, 'old')?.name).toBe('Old');
		expect(group(lab, 'c1')?.name).toBe('c1');
		const second = await run(roster, rows);
		expect(second.verdicts.map(({ status }) => status)).toEqual(['exists', 'exists', 'exists']);
		expect(writesOf(second)).toEqual([]);
	});
});
