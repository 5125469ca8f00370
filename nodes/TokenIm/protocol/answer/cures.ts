// What mends a row that the service refused, by the code of its entry: the profile says it.

import type { Profile } from '../profile/profile';

/** What mends a row of this code; empty where nothing is known to, or where the profile's own sentence says it all. */
export type CureOf = (code: string) => string;

/** Compiles the cures that go with the service's text. A sentence of the profile in place of that text stands alone. */
export function compileCures({
	cures,
	operations,
	refusals,
}: Pick<Profile, 'cures' | 'operations' | 'refusals'>): CureOf {
	const known = new Map(Object.entries(cures));
	for (const { code = [], as = [] } of refusals.table) for (const one of [code, as].flat()) known.delete(one);
	for (const rule of Object.values(operations)) for (const code of saidBy(rule)) known.delete(code);
	return (code) => known.get(code) ?? '';
}

function saidBy(rule: Profile['operations'][keyof Profile['operations']]): readonly string[] {
	if (rule === undefined || !('answer' in rule) || !('says' in rule.answer)) return [];
	const members = 'members' in rule.answer ? rule.answer.members : undefined;
	return [...Object.keys(rule.answer.says), ...Object.keys(members?.says ?? {})];
}
