// Group → Set Members: afterwards each group that the rows name has the members of the rows and no others (law 14).

import type { RunContext } from '../../engine/context';
import type { Means } from '../../engine/delivery/errand';
import type { MemberSummary, Outcome, Task } from '../../engine/types';
import type { Protocol } from '../../protocol/calls';
import { alike } from '../alike';
import { defineOperation } from '../definition';
import { judgementOf } from '../judgement';
import { membersOf, openOf, summarizePlanned, userLookUpOf } from '../memberForecast';
import { forMembers, summarize, type MemberOutcomes } from '../members';
import { idsIn, onOrOff, wholeNumber } from '../parameters';
import type { Forecast } from '../validateOnly';
import { listsRead } from './listGoesOn';
import { MemberNotes, noting } from './memberNotes';
import { lastHolds, type MemberPlan, type MemberSettings } from './memberPlan';
import { groupsNow, planFor, type Planning } from './memberReading';
import { NearGroups } from './nearGroups';

const MOST = 20;

interface Settings extends Omit<MemberSettings, 'never'> {
	readonly neverThese: readonly string[];
}

export const setMembers = defineOperation<Settings>({
	resource: 'group',
	words: {
		name: 'Set Members',
		value: 'setMembers',
		description: 'Give each group the members of the rows and no others',
		action: 'Set members of groups',
	},
	parameters: [
		{
			displayName:
				'Removes from each group in the rows every member whom no row names, but never the owner. If more members than Remove at Most would go, nobody is removed from that group. New members are added in any case.',
			name: 'setMembersNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Remove at Most (%)',
			name: 'removeShareAtMost',
			type: 'number',
			noDataExpression: true,
			typeOptions: { minValue: 0, numberPrecision: 0 },
			default: MOST,
			description:
				'How many percent of the members of one group may be taken out, and 3 in any case. Over that nobody is taken out of that group. 0 means no limit.',
		},
		{
			displayName: 'Never These',
			name: 'neverThese',
			type: 'string',
			noDataExpression: true,
			typeOptions: { rows: 2 },
			default: '',
			placeholder: 'e.g. admin',
			description: 'User IDs, one on each line, who are never taken out of a group',
		},
		{
			displayName: 'Empty Means Nobody',
			name: 'emptyMeansNobody',
			type: 'boolean',
			noDataExpression: true,
			displayOptions: { show: { rows: ['group'] } },
			default: false,
			description:
				'Whether an empty cell of members empties the group, as far as Remove at Most allows. When off, its row is invalid, and the last member is never taken out.',
		},
	],
	mode: 'members',
	takesMemberships: true,
	takesAway: true,
	takesOthers: true,
	settings: (read) => ({
		most: wholeNumber(read, 'removeShareAtMost', 'Remove at Most', MOST),
		emptyMeansNobody: onOrOff(read, 'emptyMeansNobody', 'Empty Means Nobody', false),
		neverThese: idsIn(read, 'neverThese', 'Never These'),
	}),
	make({ protocol, rowCheck, columns, settings, isPerMember }) {
		const notes = new MemberNotes(protocol);
		const chosen = settingsOf(settings, protocol, isPerMember);
		const planning = { protocol, notes, near: new NearGroups(protocol, notes), settings: chosen };
		const check = isPerMember ? rowCheck : listsRead(rowCheck, columns);
		// Told before anything is sent where the service has none of them.
		protocol.listMembers('-');
		protocol.removeMembers('-');
		return {
			...noting(check, notes, chosen.emptyMeansNobody ? columns : undefined),
			// Never sent itself: it cuts the rows into chunks of groups.
			call: protocol.groupsToFill(),
			// All rows are read first: a later one may name whoever no row before it did.
			repeats: 'gather',
			carryOut: async (ctx, { tasks }, means) => await setAll(ctx, planning, tasks, means),
			judge: (entry, outcome) => judgementOf('groupId', entry, outcome),
		};
	},
	forecast: ({ protocol, settings, isPerMember }) => forecast(protocol, settingsOf(settings, protocol, isPerMember)),
});

/** In a roster each row is somebody: none of them is empty. */
function settingsOf(settings: Settings, protocol: Protocol, isPerMember: boolean): MemberSettings {
	return {
		most: settings.most,
		emptyMeansNobody: settings.emptyMeansNobody && !isPerMember,
		never: new Set(settings.neverThese.map((id) => alike(protocol.fold('user', id)))),
	};
}

/**
 * Sets the groups. A group that was made just now may be missed: of those that are, all are looked for once more after the
 * read lag, when the others are done (law 9).
 */
async function setAll(
	ctx: RunContext,
	planning: Planning,
	tasks: readonly Task[],
	{ onWait }: Pick<Means, 'onWait'>,
): Promise<void> {
	const absent = await setThose(ctx, planning, tasks);
	if (absent.length > 0 && (await ctx.outwaitReadLag(onWait))) await setThose(ctx, planning, absent);
}

/** Sets those groups that are there. Returns the others: their outcome says so. */
async function setThose(ctx: RunContext, planning: Planning, tasks: readonly Task[]): Promise<readonly Task[]> {
	const known = await groupsNow(ctx, planning.protocol, tasks);
	const absent: Task[] = [];
	await Promise.all(
		tasks.map(async (group) => {
			const plan = await planFor(ctx, planning, group, known.get(group));
			if ('absent' in plan) absent.push(group);
			group.outcome = 'absent' in plan ? plan.absent : 'kind' in plan ? plan : await set(ctx, planning, group, plan);
		}),
	);
	return absent;
}

/** Adds who is missing, then takes out who is too many, unless something holds them. */
async function set(ctx: RunContext, { protocol, settings }: Planning, group: Task, plan: MemberPlan): Promise<Outcome> {
	const { id, memberIds = [] } = group.entry;
	const added = await forMembers(ctx, protocol.addMembers(id), group, plan.add, protocol.memberLookUp(id));
	const memberOutcomes = new Map(memberIds.map((userId) => [userId, added.get(userId) ?? IS_IN]));
	const cameIn = [...added.values()].filter(({ kind }) => kind === 'done').length;
	const held = lastHolds(plan, cameIn, settings);
	const gone = held === undefined ? await forMembers(ctx, protocol.removeMembers(id), group, plan.surplus) : NOBODY;
	const others = ofOthers(gone, held === undefined ? [] : plan.surplus, held);
	const memberSummary = merged(summarize(memberOutcomes), others);
	const hasChanged = memberSummary.added + others.removed.length > 0;
	if (!hasChanged && memberSummary.exists === 0 && plan.surplus.length + memberIds.length > 0) {
		const kept = [...memberOutcomes.values(), ...gone.values()].find(({ kind }) => kind !== 'done');
		if (kept !== undefined && held === undefined && kept.kind !== 'done')
			return 'reason' in kept || 'code' in kept
				? { ...kept, ...(memberOutcomes.size > 0 ? { memberOutcomes } : {}) }
				: kept;
	}
	return {
		kind: 'done',
		status: hasChanged ? 'updated' : 'unchanged',
		memberOutcomes,
		memberSummary,
		otherMembers: others,
	};
}

const IS_IN: Outcome = { kind: 'done', status: 'exists' };
const NOBODY: MemberOutcomes = new Map();

type Others = MemberSummary & { readonly removed: readonly string[]; readonly held: readonly string[] };

/** What became of those whom no row names. */
function ofOthers(gone: MemberOutcomes, held: readonly string[], heldBecause: string | undefined): Others {
	const removed = [...gone].flatMap(([userId, { kind, ...rest }]) =>
		kind === 'done' && 'status' in rest && rest.status === 'removed' ? [userId] : [],
	);
	const left = new Map([...gone].filter(([, { kind }]) => kind !== 'done'));
	return { ...summarize(left), removed, held, ...(held.length > 0 ? { heldBecause } : {}) };
}

/** Both in one: those of the rows, and the others. */
function merged(named: MemberSummary, others: Others): MemberSummary {
	return {
		...others,
		added: named.added,
		exists: named.exists,
		failed: [...named.failed, ...others.failed],
		unknown: [...named.unknown, ...others.unknown],
		notAttempted: [...named.notAttempted, ...others.notAttempted],
	};
}

function forecast(protocol: Protocol, settings: MemberSettings): Forecast {
	const users = userLookUpOf(protocol);
	const notes = new MemberNotes(protocol);
	const planning = { protocol, notes, near: new NearGroups(protocol, notes), settings };
	return {
		query: protocol.queryGroups(),
		looksAgain: true,
		sees: (prepared) => notes.see(prepared),
		would: (_entry, exists) => (exists ? 'updated' : 'failed'),
		async ask(ctx, task, exists, seen) {
			if (!exists) return { kind: 'valid', would: 'failed' };
			const plan = await planFor(ctx, planning, task, seen);
			if ('absent' in plan) return plan.absent;
			if ('kind' in plan) return plan;
			const known = await users(ctx, task, plan.add);
			const open = openOf(known);
			if (open !== undefined) return open;
			const isIn = new Set(plan.stay);
			const memberOutcomes = membersOf(task.entry.memberIds ?? [], (userId) => isIn.has(userId), known, true);
			const added = [...memberOutcomes.values()].filter(({ would }) => would === 'added').length;
			const held = lastHolds(plan, added, settings);
			const others = {
				...ofOthers(NOBODY, held === undefined ? [] : plan.surplus, held),
				removed: held === undefined ? plan.surplus : [],
			};
			const hasChanged = added + others.removed.length > 0;
			const { failed = [] } = summarizePlanned(memberOutcomes) ?? {};
			const memberSummary = { ...others, added, exists: plan.stay.length, failed };
			// As in the run: of a group in which nobody is and nobody comes, the row failed.
			const hasFailed = [...memberOutcomes.values()].some((member) => member.would === 'failed');
			const isInVain = !hasChanged && held === undefined && plan.stay.length === 0;
			if (isInVain && hasFailed) return { kind: 'valid', would: 'failed', memberOutcomes };
			const would = hasChanged ? 'updated' : 'unchanged';
			return { kind: 'valid', would, memberOutcomes, memberSummary, otherMembers: others };
		},
	};
}
