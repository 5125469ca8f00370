// Create groups and their members: what one request cannot hold, what an answer leaves out, what a group refuses.

import { describe, expect, it } from 'vitest';

import type { Fault } from '../../sandbox/faults/script.mts';
import type { ServiceOptions } from '../../sandbox/service.mts';
import { createLab, type Lab, type LabRun, type RunSettings } from './lab.mts';
import type { ParameterValues } from './parameters.mts';

const create: ParameterValues = { resource: 'group', operation: 'create' };
const people = (count: number): string[] => Array.from({ length: count }, (_, index) => `u${index + 1}`);

interface Scene {
	readonly members: number;
	readonly ghosts?: readonly string[];
	readonly faults?: readonly Fault[];
	readonly options?: ServiceOptions;
	readonly settings?: RunSettings;
	readonly choice?: ParameterValues;
}

/** One group of so many members, created under these faults. */
async function createOne({
	members,
	ghosts = [],
	faults = [],
	options = {},
	settings,
	choice = create,
}: Scene): Promise<{ lab: Lab; ran: LabRun }> {
	const lab = createLab({ plan: 'unpaced', ...options });
	await lab.run(
		{ resource: 'user', operation: 'batchCreate', ifUserExists: 'keep' },
		people(members).map((userId) => ({ userId, username: userId })),
		{ executionId: 'people' },
	);
	lab.service.setFaults(faults);
	const ran = await lab.run(
		choice,
		[{ groupId: 'g', name: 'G', ownerId: 'u1', memberIds: [...people(members), ...ghosts] }],
		settings,
	);
	return { lab, ran };
}

const inGroup = ({ service }: Lab): number => service.groups()[0]?.memberIds.length ?? 0;
const sentTo = (ran: LabRun, endpoint: string): LabRun['attempts'] =>
	ran.attempts.filter((attempt) => attempt.endpoint === endpoint);

describe('a group of thousands', () => {
	it('takes the first members with it and gets the others in full requests', async () => {
		const { lab, ran } = await createOne({ members: 2_345 });
		expect(ran.verdicts[0]).toMatchObject({
			status: 'created',
			members: { added: 2_344, exists: 1, failed: [], unknown: [], notAttempted: [] },
		});
		expect(inGroup(lab)).toBe(2_345);
		expect(sentTo(ran, 'groups/batch').map(({ members }) => members)).toEqual([200]);
		expect(sentTo(ran, 'groups/members').map(({ ids }) => ids.length)).toEqual([...Array<number>(10).fill(200), 145]);
	});

	it('names each member that could not be added, and why', async () => {
		const { ran } = await createOne({ members: 500, ghosts: ['ghost1', 'ghost2'] });
		expect(ran.verdicts[0]).toMatchObject({ status: 'created', members: { added: 499, exists: 1 } });
		expect(ran.verdicts[0]).toMatchObject({
			members: {
				failed: [
					{ userId: 'ghost1', code: 'user_not_found' },
					{ userId: 'ghost2', code: 'user_not_found' },
				],
			},
		});
	});

	it('is cut by members when the limit on them is lowered under way', async () => {
		const faults: Fault[] = [
			{ when: { endpoint: 'groups/batch', request: 1 }, do: { kind: 'setLimits', limits: { membersPerRequest: 50 } } },
		];
		const { lab, ran } = await createOne({ members: 500, faults });
		expect(sentTo(ran, 'groups/batch').map(({ members }) => members)).toEqual([200, 50]);
		expect(sentTo(ran, 'groups/members').map(({ ids }) => ids.length)).toEqual(Array<number>(9).fill(50));
		expect(inGroup(lab)).toBe(500);
	});

	it('is halved by members where the service names no limit on them', async () => {
		const faults: Fault[] = [
			{ when: { endpoint: 'groups/batch', request: [1, 2] }, do: { kind: 'tooLarge', code: 'too_many_members' } },
		];
		const { lab, ran } = await createOne({ members: 300, faults });
		expect(sentTo(ran, 'groups/batch').map(({ members }) => members)).toEqual([200, 100, 50]);
		expect(sentTo(ran, 'groups/members').map(({ ids }) => ids.length)).toEqual(Array<number>(5).fill(50));
		expect(inGroup(lab)).toBe(300);
	});

	it('fails where not even one member is allowed, and where it is not about members', async () => {
		for (const code of ['too_many_members', 'body_too_large'] as const) {
			const { ran } = await createOne({
				members: 5,
				faults: [{ when: { endpoint: 'groups/batch' }, do: { kind: 'tooLarge', code } }],
			});
			expect(ran.verdicts[0]).toMatchObject({ status: 'failed', code });
			expect(sentTo(ran, 'groups/batch').map(({ members }) => members)).toEqual(
				code === 'body_too_large' ? [5] : [5, 3, 2, 1],
			);
		}
	});

	it('is cut by members when the members endpoint allows fewer, and that holds for the rest of the run', async () => {
		const faults: Fault[] = [
			{
				when: { endpoint: 'groups/members', request: 1 },
				do: { kind: 'setLimits', limits: { membersPerRequest: 50 } },
			},
		];
		const { lab, ran } = await createOne({ members: 1_000, faults, settings: { caps: { concurrentRequests: 1 } } });
		expect(sentTo(ran, 'groups/members').filter(({ ids }) => ids.length > 50)).toHaveLength(1);
		expect(inGroup(lab)).toBe(1_000);
	});
});

describe('members of a group', () => {
	const members = (how: Fault['do']): Fault[] => [{ when: { endpoint: 'groups/members', request: 1 }, do: how }];

	it('that the answer left out are sent once more', async () => {
		const { lab, ran } = await createOne({
			members: 400,
			faults: members({ kind: 'tamper', how: { kind: 'short', count: 7 } }),
		});
		expect(sentTo(ran, 'groups/members').map(({ ids }) => ids.length)).toEqual([200, 7]);
		expect(ran.verdicts[0]).toMatchObject({ members: { added: 392, exists: 8 } });
		expect(inGroup(lab)).toBe(400);
	});

	it('that the service wants again are sent again, together, and no others', async () => {
		const retryable: Fault = {
			when: { endpoint: ['groups/members', 'groups/batch'] },
			do: { kind: 'failEntries', ids: ['u5', 'u250', 'u260'], retryable: true, timesEach: 2 },
		};
		const { ran } = await createOne({ members: 400, faults: [retryable] });
		expect(ran.verdicts[0]).toMatchObject({ members: { added: 399, exists: 1, failed: [] } });
		expect(sentTo(ran, 'groups/members').slice(-1)[0]?.ids).toEqual(['u250', 'u260']);
	});

	it('that are refused for good after four more tries are failed', async () => {
		const retryable: Fault = {
			when: { endpoint: 'groups/members' },
			do: { kind: 'failEntries', ids: ['u250'], retryable: true },
		};
		const { ran } = await createOne({ members: 300, faults: [retryable] });
		expect(ran.verdicts[0]).toMatchObject({
			status: 'created',
			members: { failed: [{ userId: 'u250', code: 'temporarily_unavailable' }] },
		});
		expect(sentTo(ran, 'groups/members').filter(({ ids }) => ids.includes('u250'))).toHaveLength(5);
	});

	it('of a group that is gone meanwhile are failed, and the run goes on', async () => {
		const gone: Fault = {
			when: { endpoint: 'groups/members' },
			do: { kind: 'refusal', status: 404, body: { code: 'group_not_found' } },
		};
		const { ran } = await createOne({ members: 203, faults: [gone] });
		expect(ran.verdicts[0]).toMatchObject({ status: 'created', members: { added: 199, exists: 1 } });
		expect(ran.verdicts[0]).toMatchObject({
			members: { failed: ['u201', 'u202', 'u203'].map((userId) => ({ userId, code: 'group_not_found' })) },
		});
		expect(ran.report.ended).toBeUndefined();
	});

	it('whose answer is lost for good are unknown, the others are not', async () => {
		const { ran } = await createOne({
			members: 203,
			faults: [{ when: { endpoint: 'groups/members' }, do: { kind: 'reset', written: true } }],
		});
		expect(ran.verdicts[0]).toMatchObject({
			status: 'created',
			members: { added: 199, unknown: ['u201', 'u202', 'u203'], notAttempted: [] },
		});
	});

	it('that were never sent when the run ended are unattempted', async () => {
		const stop: Fault = { when: { endpoint: 'groups/members' }, do: { kind: 'forbidden' } };
		const { ran } = await createOne({ members: 203, faults: [stop] });
		expect(ran.verdicts[0]).toMatchObject({
			status: 'created',
			members: { added: 199, unknown: [], notAttempted: ['u201', 'u202', 'u203'] },
		});
	});

	it('that went with a group whose answer was lost are unknown when the run ends, the others unattempted', async () => {
		const faults: Fault[] = [
			{ when: { endpoint: 'groups/batch' }, do: { kind: 'reset', written: true } },
			{ when: { endpoint: 'groups/members' }, do: { kind: 'forbidden' } },
		];
		const { lab, ran } = await createOne({ members: 203, faults });
		expect(inGroup(lab)).toBe(200);
		expect(ran.verdicts[0]).toMatchObject({
			status: 'exists',
			createdBy: 'unknown',
			members: { unknown: people(200), notAttempted: ['u201', 'u202', 'u203'] },
		});
	});

	it('of a group that exists are added all the same', async () => {
		const { lab } = await createOne({ members: 3 });
		const again = await lab.run(create, [{ groupId: 'g', name: 'Other', ownerId: 'u2', memberIds: ['u3', 'u2'] }], {
			executionId: '2',
		});
		expect(again.verdicts[0]).toMatchObject({ status: 'exists', members: { added: 0, exists: 2 } });
		expect(again.verdicts[0]).not.toMatchObject({ createdBy: 'unknown' });
	});
});

describe('groups of a run', () => {
	it('go fewer at a time when the limit on groups is lowered, with as many members as before', async () => {
		const lab = createLab({ plan: 'unpaced', limits: { concurrentRequests: 1 } });
		await lab.run(
			{ resource: 'user', operation: 'batchCreate', ifUserExists: 'keep' },
			people(9).map((userId) => ({ userId, username: userId })),
			{ executionId: 'people' },
		);
		lab.service.setFaults([
			{ when: { endpoint: 'groups/batch', request: 1 }, do: { kind: 'tooLarge', code: 'too_many_items', limit: 2 } },
		]);
		const rows = people(6).map((_, index) => ({
			groupId: `g${index}`,
			name: 'G',
			ownerId: 'u1',
			memberIds: people(9),
		}));
		const ran = await lab.run(create, rows);
		expect(sentTo(ran, 'groups/batch').map(({ ids, members }) => [ids.length, members])).toEqual([
			[6, 54],
			[2, 18],
			[2, 18],
			[2, 18],
		]);
		expect(ran.verdicts.every(({ status }) => status === 'created')).toBe(true);
	});
});

describe('Add Members to a group that does not exist', () => {
	it('fails the row', async () => {
		const { ran } = await createOne({ members: 3, choice: { resource: 'group', operation: 'addMembers' } });
		expect(ran.verdicts[0]).toMatchObject({ status: 'failed', code: 'group_not_found' });
		expect(ran.report.ended).toBeUndefined();
	});
});
