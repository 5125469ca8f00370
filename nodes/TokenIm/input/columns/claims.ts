// What a column could be, by its name alone.

import { MOST_COLUMNS, MOST_NAME_CHARACTERS } from '../cells/bounds';
import { aliasKeys, cleanText, columnKey } from '../cells/text';
import { GROUP_ALIASES, USER_ALIASES, type Tier } from './aliases';
import type { Field } from './fields';
import { HALVES, NAME_PARTS } from './nameAliases';

/** A column that could be the field, and how good a name for it that is; the contract's own name is tier -1. */
export interface Claim {
	/** A field's name, or `attributes.NAME`. */
	readonly target: string;
	readonly tier: number;
	/** Several columns make one value: which way of writing it, and the place in it. */
	readonly part?: { readonly of: number; readonly at: number };
	/** A name that beside one part of a name is the other: which of HALVES. Without a tier where it is nothing else. */
	readonly half?: number;
}

/** With the column that makes it. */
export type Claimed = Claim & { readonly column: string };

export const CONTRACT = -1;
/** `member1`, `member 02`, `members (2)`, `members.1`: a list in columns of its own. Four digits are a year. */
const NUMBERED = /^(.*[^\d(.])[(.]?(\d{1,3})\)?$/u;

/** By what a file tells columns of one name apart. */
const TWIN = / \[\d+\]$/;

export interface Claims {
	/** What the column could be. */
	of(column: string): readonly Claim[];
	/** The field, and the attribute, that a claim is for. */
	target(name: string): { readonly field: Field; readonly attribute?: string };
}

export function claimsOn(fields: readonly Field[]): Claims {
	const known = claimsByKey(fields);
	const attributes = fields.find(({ kind }) => kind === 'attributes');
	return { of: claimsOf, target: (name) => fieldOf(fields, name) };

	function claimsOf(column: string): readonly Claim[] {
		if (column.length > MOST_NAME_CHARACTERS) return [];
		const claims = new Map<string, Claim>();
		for (const claim of aliasKeys(column).flatMap((key) => known.get(key) ?? [])) {
			if (!claims.has(claim.target)) claims.set(claim.target, claim);
		}
		if (claims.size > 0) return [...claims.values()];
		const dot = column.indexOf('.');
		const attribute = cleanText(column.slice(dot + 1).replace(TWIN, ''));
		const isAttribute =
			attributes !== undefined && dot > 0 && columnKey(column.slice(0, dot)) === columnKey(attributes.name);
		if (isAttribute && attribute !== '') return [{ target: `${attributes.name}.${attribute}`, tier: CONTRACT }];
		return numberedClaims(column);
	}

	function numberedClaims(column: string): readonly Claim[] {
		const [, base = '', number] = NUMBERED.exec(columnKey(column)) ?? [];
		return (known.get(base) ?? [])
			.filter(({ target }) => fieldOf(fields, target).field.kind === 'ids')
			.map((claim) => ({ ...claim, part: { of: -1, at: Number(number) } }));
	}
}

/**
 * The same, each name worked out once: a run asks about it several times. For one run only: among the names are people,
 * where a file has no header, and memory that is held.
 */
export function remembering({ of, target }: Claims): Claims {
	const claimed = new Map<string, readonly Claim[]>();
	return {
		of(column) {
			const before = claimed.get(column);
			if (before !== undefined) return before;
			// Rows that all have other columns must not fill the memory.
			if (claimed.size >= 2 * MOST_COLUMNS) claimed.clear();
			const claims = of(column);
			claimed.set(column, claims);
			return claims;
		},
		target,
	};
}

function fieldOf(fields: readonly Field[], target: string): { readonly field: Field; readonly attribute?: string } {
	const dot = target.indexOf('.');
	const name = dot < 0 ? target : target.slice(0, dot);
	const field = fields.find((candidate) => candidate.name === name);
	if (field === undefined) throw new RangeError(`No field is called ${name}`);
	return dot < 0 ? { field } : { field, attribute: target.slice(dot + 1) };
}

/** Every name that is known, in the form in which names are compared. */
function claimsByKey(fields: readonly Field[]): ReadonlyMap<string, readonly Claim[]> {
	const names = new Set(fields.map(({ name }) => name));
	const known = new Map<string, Claim[]>();
	const add = (name: string, claim: Claim) => {
		const key = columnKey(name);
		const claims = known.get(key) ?? [];
		if (!claims.some(({ target }) => target === claim.target)) known.set(key, [...claims, claim]);
	};
	const addTiers = (target: string, tiers: readonly Tier[]) => {
		tiers.forEach((tier, at) => tier.forEach((name) => add(name, { target, tier: at })));
	};
	for (const name of names) add(name, { target: name, tier: CONTRACT });
	for (const [target, tiers] of Object.entries(names.has('userId') ? USER_ALIASES : GROUP_ALIASES)) {
		if (names.has(target.split('.')[0] ?? '')) addTiers(target, tiers);
	}
	if (names.has('username')) {
		// Where the parts of a name stand among the tiers says `nameRule.ts`.
		NAME_PARTS.forEach(({ parts }, of) =>
			parts.forEach((part, at) =>
				part.forEach((name) => add(name, { target: 'username', tier: Infinity, part: { of, at } })),
			),
		);
		HALVES.forEach(({ names: words }, half) =>
			words.forEach((name) => {
				const [claim = { target: 'username', tier: Infinity }, ...others] = known.get(columnKey(name)) ?? [];
				known.set(columnKey(name), [{ ...claim, half }, ...others]);
			}),
		);
	}
	for (const { name, isExtra } of fields) if (isExtra) known.set(columnKey(name), [{ target: name, tier: CONTRACT }]);
	return known;
}
