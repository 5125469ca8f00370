// Which names are those of columns: by how many a header row is told from what stands above it, and by what they name a
// header that comes again from people who are called like a column.

import type { Claim } from './claims';
import { GROUP_FIELDS, USER_FIELDS } from './fields';
import { createMatcher, type Matcher } from './matching';

const MATCHERS = [USER_FIELDS, GROUP_FIELDS].map((fields) => createMatcher(fields, () => true));
const ROLES = {
	ids: new Set(['0:userId', '1:groupId']),
	names: new Set(['0:username', '1:name']),
	contacts: new Set(['0:email', '0:phone']),
} as const;

/** Enough to tell a header from what stands above it, and little work where a line is one of a hundred thousand cells. */
const MOST_NAMES = 1_000;

/** Counts the names that users or groups have columns for, whatever the operation. Of a long list the first are looked at. */
export const knownColumns = Object.assign(countKnown, { named });

function countKnown(names: readonly string[]): number {
	let known = 0;
	for (const name of names.slice(0, MOST_NAMES)) if (MATCHERS.some((matcher) => isKnown(matcher, name))) known++;
	return known;
}

/** What a column of that name holds, of users and of groups; `undefined` where no field is called so. */
function named(name: string) {
	const claims = MATCHERS.map((matcher) => (isKnown(matcher, name) ? matcher.claimsOf(name) : []));
	const fields = claims.flatMap((all, kind) => {
		const [first, ...others] = all;
		if (first === undefined) return [];
		const best = others.reduce((least, claim) => (claim.tier < least.tier ? claim : least), first);
		return [`${kind}:${fieldOf(best)}`];
	});
	if (fields.length === 0) return undefined;
	return {
		fields,
		isId: fields.some((field) => ROLES.ids.has(field)),
		mayBeId: claims.some((all, kind) => all.some(({ target }) => ROLES.ids.has(`${kind}:${target}`))),
		isName: fields.some((field) => ROLES.names.has(field)),
		isContact: fields.some((field) => ROLES.contacts.has(field)),
	};
}

/** Each part of a name by itself, in whichever order its language writes them: the family name stands first in Chinese. */
function fieldOf({ target, part }: Claim): string {
	if (part === undefined) return target;
	const isChinese = part.of === 1;
	return part.of < 0 ? `${target}.${part.at}` : `${target}.${(part.at === 0) === isChinese ? 'family' : 'given'}`;
}

function isKnown(matcher: Matcher, name: string): boolean {
	if (matcher.claimsOf(name).length === 0) return false;
	const matches = matcher.match([name], matcher.ruleOf([name]));
	return 'sources' in matches && matches.sources.length + matches.contested.length > 0;
}
