// Which column is which field, by name: cells are not looked at. Contract names win over aliases, better aliases over
// worse ones (`aliases.ts`), and without an id column the login, else the e-mail address, is the id.

import { GROUP_ALIASES, LOGIN_OR_NAME, NAME_PARTS, TIERS_OF_IDS, USER_ALIASES, type Tier } from './aliases';
import { ColumnsUnclear, twoColumns } from './columnsUnclear';
import type { Field } from './fields';
import { aliasKeys, cleanText, columnKey } from '../cells/text';

/** Columns that are a field; more than one where a name comes in parts. */
export interface Source {
	readonly field: Field;
	/** Set where the column gives a single attribute. */
	readonly attribute?: string;
	readonly columns: readonly string[];
	/** What stands between the parts of a name. */
	readonly glue: string;
}

/**
 * What the whole sheet decides, for rows may lack columns that others have: a row without `userId` must not be known
 * by its e-mail address when its neighbours have ids.
 */
export interface SheetRule {
	/** The only tier from which `userId` is taken; `undefined` where the sheet has no id at all. */
	readonly idTier: number | undefined;
	readonly isUsernameLogin: boolean;
}

/** A column that could be the field, and how good a name for it that is; the contract's own name is tier -1. */
interface Claim {
	readonly target: string;
	readonly tier: number;
	readonly part?: { readonly of: number; readonly at: number };
}

const CONTRACT = -1;

export interface Matcher {
	/** The columns of the fields that are read; ColumnsUnclear where two columns of equal standing give one of them. */
	match(columns: readonly string[], rule: SheetRule): readonly Source[] | ColumnsUnclear;
	/** @param columns all that the sheet has */
	ruleOf(columns: readonly string[]): SheetRule;
}

/** The field as messages name it: `attributes.class` where a column gives one attribute. */
export function fieldName({ field, attribute }: Pick<Source, 'field' | 'attribute'>): string {
	return attribute === undefined ? field.name : `${field.name}.${attribute}`;
}

/** The column as messages name it: `First Name + Last Name` where there are two. */
export function columnName({ columns }: Source): string {
	return columns.length === 1 ? (columns[0] ?? '') : columns.join(' + ');
}

/** @param isRead the fields that matter: two columns for another one are no one's concern */
export function createMatcher(
	fields: readonly Field[],
	isRead: (source: { readonly field: Field }) => boolean,
): Matcher {
	const known = claimsByKey(fields);
	const attributes = fields.find(({ kind }) => kind === 'attributes');
	const claimsOf = (column: string): readonly Claim[] => {
		const claims = new Map<string, Claim>();
		for (const claim of aliasKeys(column).flatMap((key) => known.get(key) ?? [])) {
			if (!claims.has(claim.target)) claims.set(claim.target, claim);
		}
		if (claims.size > 0) return [...claims.values()];
		const dot = column.indexOf('.');
		const attribute = cleanText(column.slice(dot + 1));
		const isAttribute =
			attributes !== undefined && dot > 0 && columnKey(column.slice(0, dot)) === columnKey(attributes.name);
		return isAttribute && attribute !== '' ? [{ target: `${attributes.name}.${attribute}`, tier: CONTRACT }] : [];
	};
	return {
		ruleOf: (columns) => ruleOf(columns.map((column) => ({ column, claims: claimsOf(column) }))),
		match(columns, rule) {
			const taken = new Map<string, Array<Claim & { readonly column: string }>>();
			for (const column of columns) {
				for (const claim of claimsOf(column)) {
					if (!isAllowed(claim, column, rule)) continue;
					const rivals = taken.get(claim.target);
					const best = rivals?.[0]?.tier ?? Infinity;
					if (rivals === undefined || claim.tier < best) taken.set(claim.target, [{ ...claim, column }]);
					else if (claim.tier === best) rivals.push({ ...claim, column });
				}
			}
			const sources: Source[] = [];
			for (const [target, claims] of taken) {
				const field = fieldOf(fields, target);
				if (!isRead(field)) continue;
				const source = sourceOf(field, claims);
				if (source instanceof ColumnsUnclear) return source;
				sources.push(source);
			}
			return inOrder(sources);
		},
	};
}

/** Single attributes come last but one and `attributes` last, so that what it holds can be compared with them. */
function inOrder(sources: readonly Source[]): readonly Source[] {
	const rank = ({ field, attribute }: Source) =>
		Number(field.kind === 'attributes') + Number(field.kind === 'attributes' && attribute === undefined);
	return [...sources].sort((a, b) => rank(a) - rank(b));
}

function sourceOf(
	target: Pick<Source, 'field' | 'attribute'>,
	claims: ReadonlyArray<Claim & { readonly column: string }>,
): Source | ColumnsUnclear {
	const first = claims[0]?.part;
	// Parts of two ways to write a name never mix: the first way that the sheet has is taken.
	const way = first === undefined ? undefined : NAME_PARTS[Math.min(...claims.map(({ part }) => part?.of ?? Infinity))];
	const chosen =
		way === undefined ? claims : claims.filter(({ part }) => part !== undefined && NAME_PARTS[part.of] === way);
	const ordered = [...chosen].sort((a, b) => (a.part?.at ?? 0) - (b.part?.at ?? 0));
	for (const [index, { column, part }] of ordered.entries()) {
		const before = ordered[index - 1];
		if (before !== undefined && before.part?.at === part?.at) return twoColumns(whatOf(target), before.column, column);
	}
	return { ...target, columns: ordered.map(({ column }) => column), glue: way?.glue ?? '' };
}

/** The field's label, or `attribute "class"`. */
export function whatOf({ field, attribute }: Pick<Source, 'field' | 'attribute'>): string {
	return attribute === undefined ? field.label : `attribute "${attribute}"`;
}

const LOGIN_KEYS: ReadonlySet<string> = new Set(LOGIN_OR_NAME.map(columnKey));

function isLoginOrName(column: string): boolean {
	return aliasKeys(column).some((key) => LOGIN_KEYS.has(key));
}

function isAllowed({ target, tier }: Claim, column: string, rule: SheetRule): boolean {
	if (target === 'userId') return tier === rule.idTier && (rule.isUsernameLogin || !isLoginOrName(column));
	return target !== 'username' || !rule.isUsernameLogin || !isLoginOrName(column);
}

/**
 * `username` is a login where the sheet has another name for the person and no id, or the parts of a name; but where
 * the sheet says `userId`, it speaks the contract's language and means the name.
 */
function ruleOf(columns: ReadonlyArray<{ readonly column: string; readonly claims: readonly Claim[] }>): SheetRule {
	const others = columns.filter(({ column }) => !isLoginOrName(column)).flatMap(({ claims }) => claims);
	const best = Math.min(...others.filter(({ target }) => target === 'userId').map(({ tier }) => tier));
	const names = others.filter(({ target }) => target === 'username');
	const hasLogin = columns.some(({ column }) => isLoginOrName(column));
	const isUsernameLogin =
		hasLogin &&
		best !== CONTRACT &&
		(names.some(({ part }) => part !== undefined) || (names.length > 0 && best >= TIERS_OF_IDS));
	const idTier = isUsernameLogin ? Math.min(best, TIERS_OF_IDS) : best;
	return { idTier: Number.isFinite(idTier) ? idTier : undefined, isUsernameLogin };
}

function fieldOf(fields: readonly Field[], target: string): Pick<Source, 'field' | 'attribute'> {
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
		NAME_PARTS.forEach(({ parts, tier }, of) =>
			parts.forEach((part, at) => part.forEach((name) => add(name, { target: 'username', tier, part: { of, at } }))),
		);
	}
	for (const { name, isExtra } of fields) if (isExtra) known.set(columnKey(name), [{ target: name, tier: CONTRACT }]);
	return known;
}
