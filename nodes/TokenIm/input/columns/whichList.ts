// An object that holds lists: which of them are the rows, or whether the object itself is one. Where that is not clear
// nothing is chosen: groups and roles have an id and a name as well, and must not become people.

import { count } from '../../engine/count';
import { shown } from '../cells/finding';
import { isAtLeast, likenessOf } from './likeness';
import { kindOfList, type Holds } from './listNames';

export interface FoundList {
	/** The names by which it is reached. */
	readonly path: readonly string[];
	readonly size: number;
	/** The names in its first objects. */
	readonly names: readonly string[];
}

/** What an object holds, in outline. */
export interface Outline {
	/** The names of its own texts and numbers that are not empty. */
	readonly own: readonly string[];
	/** The lists of objects in it, and those that are empty. */
	readonly lists: readonly FoundList[];
}

export type WhichList =
	| { readonly kind: 'list'; readonly list: FoundList }
	| { readonly kind: 'object' }
	/** `isItself`: the object may be meant as well. */
	| { readonly kind: 'unclear'; readonly lists: readonly FoundList[]; readonly isItself: boolean }
	| { readonly kind: 'none' };

export function whichList({ own, lists }: Outline, holds: Holds): WhichList {
	const filled = lists
		.filter(({ size }) => size > 0)
		.map((list) => ({ ...list, kind: kindOfList(list.path, holds), like: likenessOf(list.names, holds) }));
	const rivals = filled.filter(({ kind, like }) => kind !== 'other' && isAtLeast(like, 'id'));
	const unclear = (isItself: boolean): WhichList => ({ kind: 'unclear', lists: filled, isItself });

	const itself = likenessOf(own, holds);
	if (itself === 'named') return { kind: 'object' };
	if (isAtLeast(itself, 'bare')) {
		const isOne = rivals.length === 0 || (itself === 'likely' && rivals.every(({ kind }) => kind === 'unknown'));
		return isOne ? { kind: 'object' } : unclear(true);
	}

	const named = filled.filter(({ kind }) => kind === 'own');
	const ranked = [
		named.length === 1 ? named : best(named.filter(({ like }) => isAtLeast(like, 'id'))),
		named.length > 0 ? named : [],
		best(rivals.filter(({ kind }) => kind === 'plain')),
		best(rivals.filter(({ kind }) => kind === 'unknown')),
		// None of them looks right: where there is only one, matching its columns says what is missing.
		filled.filter(({ kind }) => kind !== 'other'),
		filled,
	];
	const candidates = ranked.find(({ length }) => length > 0);
	if (candidates !== undefined) {
		const [list, ...others] = candidates;
		return list === undefined || others.length > 0 || list.kind === 'other' ? unclear(false) : { kind: 'list', list };
	}
	const empty = lists.find(({ path }) => kindOfList(path, holds) !== 'other');
	if (empty !== undefined) return { kind: 'list', list: empty };
	return own.length > 0 || lists.length > 0 ? { kind: 'object' } : { kind: 'none' };
}

/** Of lists whose objects have a name beside their id and of such as have none, the former. */
function best<List extends { readonly like: ReturnType<typeof likenessOf> }>(lists: readonly List[]): readonly List[] {
	const withNames = lists.filter(({ like }) => isAtLeast(like, 'bare'));
	return withNames.length > 0 ? withNames : lists;
}

/** `"data.users" (2 entries) and "data.groups" (1 entry)`. */
export function listsInWords(lists: readonly FoundList[]): string {
	const words = lists.slice(0, MOST_NAMED).map(({ path, size }) => {
		const entries = size === 1 ? '1 entry' : `${count(size)} entries`;
		return `"${shown(path.join('.'))}" (${entries})`;
	});
	if (lists.length > MOST_NAMED) words.push(`${lists.length - MOST_NAMED} more`);
	const last = words.pop() ?? '';
	return words.length === 0 ? last : `${words.join(', ')} and ${last}`;
}

const MOST_NAMED = 10;
