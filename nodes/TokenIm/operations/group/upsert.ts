// Group → Create or Update: groups are looked up, and created or changed only where they differ from their rows. Members
// are added, never taken out.

import type { Call } from '../../engine/call';
import type { RunContext } from '../../engine/context';
import { cut } from '../../engine/delivery/chunk';
import { deliver } from '../../engine/delivery/deliver';
import type { Means } from '../../engine/delivery/errand';
import { lookUp } from '../../engine/delivery/lookUp';
import { newTask } from '../../engine/delivery/task';
import type { Change, Entry, Outcome, Task } from '../../engine/types';
import type { EmptyCells } from '../../input/columns/columns';
import { Unsupported, type Protocol } from '../../protocol/calls';
import { compileDefaults } from '../../protocol/fields/defaults';
import { neededFields } from '../../protocol/fields/fieldUse';
import type { Profile } from '../../protocol/profile/profile';
import { defineOperation } from '../definition';
import { judgementOf } from '../judgement';
import { membersOf, openOf, summarizePlanned, userLookUpOf } from '../memberForecast';
import { askAfter, summarize } from '../members';
import { compileUserFields } from '../userFields';
import type { Forecast } from '../validateOnly';
import { addRest, fillGroup } from './fillGroup';

export const upsertGroups = defineOperation<{ readonly emptyCells: EmptyCells }>({
	resource: 'group',
	words: {
		name: 'Create or Update',
		value: 'upsert',
		description: 'Create a new record, or update the current one if it already exists (upsert)',
		action: 'Create or update groups',
	},
	parameters: [
		{
			displayName: 'Empty Cells',
			name: 'emptyCells',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { rows: ['group'] } },
			options: [
				{
					name: 'Clear',
					value: 'clear',
					description: 'Remove the value from the group where the column is there and the cell is empty',
				},
				{ name: 'Leave Unchanged', value: 'leave', description: 'Keep the value that the group has' },
			],
			default: 'leave',
			description: 'What an empty cell means for a group that already exists',
		},
	],
	mode: 'update',
	takesMemberships: true,
	settings: (read) => ({ emptyCells: read('emptyCells', 'leave') === 'clear' ? 'clear' : 'leave' }),
	emptyCells: ({ emptyCells }) => emptyCells,
	make({ protocol, profile, rowCheck, isPerMember }) {
		const update = protocol.createGroups('update');
		// A request that only changes groups creates none; one that overwrites does not tell which it did.
		const isOne = protocol.existingGroupsTakeMembers && !protocol.changesGroupsApart;
		const create = isOne ? update : protocol.createGroups('keep');
		const query = groupQuery(protocol);
		const changesOf = comparing(profile);
		const { given } = compileDefaults(profile, 'group');
		/** Groups that this run has written: what a look-up says of them may be old (law 15). */
		const written = new Set<string>();
		return {
			...rowCheck,
			call: create,
			lookUp: query,
			// The later of two rows with one id must win, so it waits for the earlier.
			repeats: 'after',
			async carryOut(ctx, { tasks }, means) {
				const asked = tasks.filter(({ entry }) => !written.has(update.fold(entry.id)));
				const seen = await lookUp(ctx, query, asked);
				const made: Task[] = [];
				const changed: Task[] = [];
				const changes = new Map<Task, readonly Change[]>();
				for (const task of tasks) {
					const { outcome, attempts = 0 } = seen.get(task) ?? {};
					task.attempts += attempts;
					if (outcome === undefined) changed.push(task);
					else if (outcome.kind === 'missing') made.push(task);
					else if (outcome.kind === 'found') {
						const differing = changesOf(task.entry, outcome.record);
						if (differing?.length === 0) task.outcome = { kind: 'done', status: 'unchanged', imId: outcome.imId };
						else changed.push(task);
						if (differing !== undefined) changes.set(task, differing);
					} else if (isOne && !ctx.end.isDraining) changed.push(task);
					else task.outcome = outcome;
				}
				// Limits are only ever lowered, so no request of these groups carries more members of one.
				const most = ctx.limits.of(create).members;
				await write(ctx, create, made, means, (entry) => given(isPerMember ? named(entry) : entry));
				await write(ctx, update, changed, means, withoutMembers);
				for (const { entry, outcome } of [...made, ...changed])
					if (mayBeWritten(outcome)) written.add(update.fold(entry.id));
				await Promise.all(
					tasks.map(async (task) => {
						if (made.includes(task)) await fillGroup(ctx, protocol, create, task, most);
						else await fillExisting(ctx, protocol, task, changes.get(task));
					}),
				);
			},
			judge: (entry, outcome) => judgementOf('groupId', entry, outcome),
		};
	},
	forecast: ({ protocol, profile, isPerMember }) => forecast(protocol, profile, isPerMember),
});

/** @throws Unsupported where groups cannot be looked up by the ids of rows */
function groupQuery(protocol: Protocol): Call {
	const query = protocol.groupLookUp();
	if (query !== undefined) return query;
	protocol.queryGroups();
	throw new Unsupported('updateGroups', 'it makes the IDs of groups itself.', protocol.name);
}

/** Whether the service may hold what was sent: it holds nothing of what it refused. */
function mayBeWritten(outcome: Outcome | undefined): boolean {
	return outcome?.kind !== 'failed' && outcome?.kind !== 'notAttempted';
}

/** Sends the entries of these tasks, each as `as` makes it; what comes of it becomes of the tasks. */
async function write(
	ctx: RunContext,
	call: Call,
	tasks: readonly Task[],
	means: Means,
	as: (entry: Entry) => Entry,
): Promise<void> {
	const twins = new Map(tasks.map((task) => [newTask(as(task.entry), task.position), task]));
	for (const chunk of cut(call, [...twins.keys()], ctx.limits)) await deliver(ctx, call, chunk, means);
	for (const [{ outcome, attempts, requestId, doubt, round }, task] of twins)
		Object.assign(task, { outcome, requestId, doubt, round, attempts: task.attempts + attempts });
}

/** A group of a roster without a name for it is called by its ID, as in Create; one that exists keeps its own. */
function named(entry: Entry): Entry {
	return entry.fields.name === undefined ? { ...entry, fields: { ...entry.fields, name: entry.id } } : entry;
}

/** Who is in already is not sent, so members go by themselves. */
function withoutMembers(entry: Entry): Entry {
	return { ...entry, memberIds: undefined };
}

/** Adds to a group that existed those of its members who are not in it. */
async function fillExisting(
	ctx: RunContext,
	protocol: Protocol,
	group: Task,
	changes: readonly Change[] | undefined,
): Promise<void> {
	const { id, memberIds = [] } = group.entry;
	const { outcome } = group;
	if (outcome?.kind !== 'done') return;
	const told: Outcome = outcome.status === 'updated' && changes?.length ? { ...outcome, changes } : outcome;
	group.outcome = told;
	if (memberIds.length === 0) return;
	const address = protocol.groupAddress(id, outcome.imId);
	const query = protocol.memberQuery(address);
	const known = query === undefined ? new Map<string, Outcome>() : await askAfter(ctx, query, group, memberIds);
	const left = memberIds.filter((userId) => known.get(userId)?.kind !== 'found');
	const added = await addRest(ctx, protocol, group, { address, left, lookUp: protocol.memberLookUp(address) });
	const memberOutcomes = new Map(memberIds.map((userId) => [userId, added.get(userId) ?? IS_IN]));
	const memberSummary = summarize(memberOutcomes);
	const status = told.status === 'unchanged' && memberSummary.added > 0 ? 'updated' : told.status;
	group.outcome = { ...told, status, members: undefined, memberOutcomes, memberSummary };
}

const IS_IN: Outcome = { kind: 'done', status: 'exists' };

/**
 * What a group would be changed in; `undefined` where a field of its row cannot be compared, for a look-up does not give
 * it back.
 */
function comparing(
	profile: Profile,
): (entry: Entry, record: Readonly<Record<string, unknown>>) => Change[] | undefined {
	const compared = compileUserFields(profile, 'group');
	return ({ fields }, record) => {
		const isLeftOut = (name: string) =>
			name !== 'groupId' && name !== 'memberIds' && fields[name] !== undefined && !compared.has(name);
		if (Object.keys(fields).some(isLeftOut)) return undefined;
		return compared
			.differences(fields, record)
			.map(({ field, expected, actual }) => ({ field, from: actual, to: expected }));
	};
}

function forecast(protocol: Protocol, profile: Profile, isPerMember: boolean): Forecast {
	const users = userLookUpOf(protocol);
	const changesOf = comparing(profile);
	const { given } = compileDefaults(profile, 'group');
	const needed = neededFields(profile, 'group', 'create').filter((name) => name !== 'name' || !isPerMember);
	/** Groups of which rows of this run would write fields: what a look-up says of them would be old. */
	const isWritten = new Set<string>();
	/** By group, whom rows of this run would add. */
	const joined = new Map<string, Set<string>>();
	return {
		query: groupQuery(protocol),
		would: (_entry, exists) => (exists ? 'updated' : 'created'),
		async ask(ctx, task, exists, seen) {
			const { id, fields, memberIds = [] } = task.entry;
			const owner = typeof fields.ownerId === 'string' ? [fields.ownerId] : [];
			const group = protocol.fold('group', id);
			const isStale = isWritten.has(group);
			const joining = joined.get(group) ?? new Set<string>();
			joined.set(group, joining);
			const changes = seen.kind === 'found' && !isStale ? changesOf(task.entry, seen.record) : undefined;
			const query = seen.kind === 'found' ? protocol.memberQuery(id) : undefined;
			const inGroup = query === undefined ? new Map<string, Outcome>() : await askAfter(ctx, query, task, memberIds);
			const isIn = (userId: string) =>
				inGroup.get(userId)?.kind === 'found' ||
				joining.has(protocol.fold('user', userId)) ||
				owner.some((own) => protocol.fold('user', own) === protocol.fold('user', userId));
			const known = await users(ctx, task, [...owner, ...memberIds.filter((userId) => !isIn(userId))]);
			const open = openOf(inGroup) ?? openOf(known);
			if (open !== undefined) return open;
			const made = given(task.entry).fields;
			const isWhole = exists || needed.every((name) => (made[name] ?? undefined) !== undefined);
			const mayOwn = changes?.length === 0 || owner.every((userId) => known.get(userId)?.kind !== 'missing');
			if (!isWhole || !mayOwn) return { kind: 'valid', would: 'failed' };
			const memberOutcomes = membersOf(memberIds, isIn, known, !exists || (query !== undefined && !isStale));
			const ofMembers = { memberOutcomes, memberSummary: summarizePlanned(memberOutcomes) };
			if (!exists) return { kind: 'valid', would: 'created', ...ofMembers };
			const comeIn = [...memberOutcomes].flatMap(([userId, { would }]) => (would === 'added' ? [userId] : []));
			for (const userId of comeIn) joining.add(protocol.fold('user', userId));
			if (changes?.length !== 0) isWritten.add(group);
			else if (comeIn.length === 0) return { kind: 'valid', would: 'unchanged', ...ofMembers };
			return { kind: 'valid', would: 'updated', ...(changes?.length ? { changes } : {}), ...ofMembers };
		},
	};
}
