// How much an object looks like one of those that are asked for, by its names alone.

import { GROUP_FIELDS, USER_FIELDS } from './fields';
import { ColumnsUnclear } from './columnsUnclear';
import type { Holds } from './listNames';
import { createMatcher } from './matching';

/**
 * `named`: the contract's own name of the id is there. `likely`: an id, a name, and what only such a one has. `bare`: an
 * id and a name, as so many things have. `id`: no more than an id. `none`: not even that.
 */
export type Likeness = 'named' | 'likely' | 'bare' | 'id' | 'none';

const USERS = {
	id: 'userId',
	name: 'username',
	more: ['email', 'phone'],
	matcher: createMatcher(USER_FIELDS, () => true),
};
const GROUPS = {
	id: 'groupId',
	name: 'name',
	more: ['ownerId', 'memberIds'],
	matcher: createMatcher(GROUP_FIELDS, () => true),
};

export function likenessOf(names: readonly string[], holds: Holds): Likeness {
	const { id, name, more, matcher } = holds === 'users' ? USERS : GROUPS;
	const matches = matcher.match(names, matcher.ruleOf(names));
	// Two columns for one field: it has fields at least, and reading it will ask which is meant.
	if (matches instanceof ColumnsUnclear) return 'bare';
	const given = new Map(matches.sources.map((source) => [source.field.name, source]));
	const idSource = given.get(id);
	if (idSource === undefined) return 'none';
	if (idSource.isOwnName) return 'named';
	const nameSource = given.get(name);
	if (nameSource === undefined) return 'id';
	const isLikely = more.some((field) => given.has(field)) || nameSource.columns.length > 1;
	return isLikely ? 'likely' : 'bare';
}

const RANKS: readonly Likeness[] = ['none', 'id', 'bare', 'likely', 'named'];

export function isAtLeast(likeness: Likeness, least: Likeness): boolean {
	return RANKS.indexOf(likeness) >= RANKS.indexOf(least);
}
