// Whether what verdicts say is what look-ups show: a profile that reads refusals as successes is told by this alone.

import type { Verdict } from '../../nodes/TokenIm/engine/types';
import { reasonText } from '../../nodes/TokenIm/output/reason';
import type { Profile } from '../../nodes/TokenIm/protocol/profile/profile';
import type { Credential } from './live.mts';
import { runOnce, type Ran } from './tryRun.mts';

type Columns = Readonly<Record<string, unknown>>;

/** What contradicts what; lines for people. Nothing where a look-up proves nothing. */
export type Contradictions = readonly string[];

const THERE: ReadonlySet<string> = new Set(['created', 'updated', 'exists']);
const WRITTEN: ReadonlySet<string> = new Set(['created', 'updated']);

/**
 * Compares what was said of users with what a look-up says of them.
 *
 * @param before who was there before the step
 */
export async function compareUsers(
	profile: Profile,
	credential: Credential,
	rows: readonly Columns[],
	verdicts: readonly Verdict[],
	before: ReadonlySet<string>,
): Promise<Contradictions> {
	const looked = await runOnce(profile, credential, {
		parameters: { resource: 'user', operation: 'verify' },
		rows,
	});
	if (looked.kind === 'unsupported') return [];
	return verdicts.flatMap((verdict, index) => {
		const seen = looked.verdicts[index];
		const id = String(rows[index]?.userId);
		const what = seen === undefined ? undefined : contradictionOf(verdict.status, seen, before.has(id));
		return what === undefined ? [] : [`${id}: the profile says ${verdict.status}, but ${what}`];
	});
}

function contradictionOf(said: Verdict['status'], seen: Verdict, wasThere: boolean): string | undefined {
	const isThere = seen.status === 'found' || seen.status === 'mismatch';
	if (THERE.has(said) && seen.status === 'missing') return 'a look-up does not find it';
	if (WRITTEN.has(said) && seen.status === 'mismatch') return `a look-up shows something else: ${reasonText(seen)}`;
	if (said === 'failed' && isThere && !wasThere) return 'a look-up finds it';
	if (said === 'deleted' && isThere) return 'a look-up still finds it';
	return undefined;
}

/**
 * Compares what was said of the members of a group with what look-ups say. Where members cannot be looked up, somebody
 * who does not exist at all can hardly have been added.
 *
 * @param rows one, for the group, with its members
 * @param nobody the one of them who does not exist
 */
export async function compareMembers(
	profile: Profile,
	credential: Credential,
	[row]: readonly Columns[],
	[verdict]: readonly Verdict[],
	nobody: string,
): Promise<Contradictions> {
	if (row === undefined || (verdict?.status !== 'added' && verdict?.status !== 'exists')) return [];
	const asked = Array.isArray(row.memberIds) ? row.memberIds.map(String) : [];
	const isIn = (id: string): boolean => !leftOut(verdict).includes(id);
	const grouped = await runOnce(profile, credential, { parameters: VERIFY_GROUPS, rows: [row] });
	// A group that is found says nothing of its members where these cannot be asked after.
	const missing = 'unsupported' in profile.operations.queryMembers ? undefined : missingMembers(grouped);
	if (missing !== undefined)
		return asked.flatMap((id) => {
			if (isIn(id) && missing.includes(id))
				return [`${id}: the profile says that it is in the group, but a look-up does not find it there`];
			return !isIn(id) && !missing.includes(id)
				? [`${id}: the profile says that it was not added, but a look-up finds it in the group`]
				: [];
		});
	if (!isIn(nobody)) return [];
	const looked = await runOnce(profile, credential, {
		parameters: { resource: 'user', operation: 'verify' },
		rows: [{ userId: nobody }],
	});
	return looked.kind === 'ran' && looked.verdicts[0]?.status === 'missing'
		? [`${nobody}: the profile says that it was added to the group, but a look-up knows no such user`]
		: [];
}

const VERIFY_GROUPS = { resource: 'group', operation: 'verify' };

/** Who of a row is not in its group, by a look-up; `undefined` where none tells. */
function missingMembers(grouped: Ran): readonly string[] | undefined {
	const seen = grouped.kind === 'ran' ? grouped.verdicts[0] : undefined;
	if (seen?.status === 'found') return [];
	if (seen?.status !== 'mismatch') return undefined;
	return seen.differences.flatMap(({ field, expected }) => (field === 'memberIds' ? [String(expected)] : []));
}

/** Members of whom the verdict does not say that they are in the group. */
function leftOut(verdict: Verdict): readonly string[] {
	if (!('members' in verdict) || verdict.members === undefined) return [];
	const { failed, unknown, notAttempted } = verdict.members;
	return [...failed.map(({ userId }) => userId), ...unknown, ...notAttempted];
}
