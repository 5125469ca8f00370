// Which column is which field, by name: cells are not looked at. Contract names win over aliases, better aliases over
// worse ones (`aliases.ts`), and without an id column the login, else the e-mail address, is the id.

import { shown } from '../cells/finding';
import { claimsOn, CONTRACT, type Claim, type Claimed, type Claims } from './claims';
import { ColumnsUnclear, twoColumns } from './columnsUnclear';
import type { Field } from './fields';
import { NAME_PARTS } from './nameAliases';
import type { HeldBy } from './nameRule';
import { allowed, isLoginOrName, NOTHING, ruleOf, type RuledOut, type SheetRule } from './sheetRule';

/** Columns that are a field; more than one where a name comes in parts. */
export interface Source {
	readonly field: Field;
	/** Set where the column gives a single attribute. */
	readonly attribute?: string;
	readonly columns: readonly string[];
	/** What stands between the parts of a name. */
	readonly glue: string;
	/** Whether the column has the contract's own name, which is no guess. */
	readonly isOwnName: boolean;
	/** Where a row has nothing in these columns: what may stand in, the best first. */
	readonly standIns?: readonly Source[];
}

/** What the columns of a row give. */
export interface Matches {
	readonly sources: readonly Source[];
	/** Attributes that several columns could be, none better than the others: they are left out. */
	readonly contested: readonly Source[];
}

export interface Matcher {
	/** The columns of the fields that are read; ColumnsUnclear where two columns of equal standing give one of them. */
	match(columns: readonly string[], rule: SheetRule): Matches | ColumnsUnclear;
	/**
	 * @param columns all that the sheet has
	 * @param held what the cells say of a column called Name; without cells it is taken by its name
	 */
	ruleOf(columns: readonly string[], ruledOut?: RuledOut, held?: HeldBy): SheetRule;
	/** What the column could be by its name. */
	claimsOf(column: string): readonly Claim[];
	/** The field, and the attribute, that a claim is for. */
	targetOf(claim: Claim): Pick<Source, 'field' | 'attribute'>;
}

/** A column that claims a field, by how good its name is for it: the least rank is the best. */
interface Ranked {
	readonly rank: number;
	readonly claimed: Claimed;
}

/** A login stands in for a name where a row has nothing else. */
const LAST = Infinity;

/** The field as messages name it: `attributes.class` where a column gives one attribute. */
export function fieldName({ field, attribute }: Pick<Source, 'field' | 'attribute'>): string {
	return attribute === undefined ? field.name : `${field.name}.${attribute}`;
}

/** The column as messages name it: `First Name + Last Name` where there are two. */
export function columnName({ columns }: Source): string {
	return columns.length === 1 ? (columns[0] ?? '') : columns.join(' + ');
}

/**
 * @param isRead the fields that matter: two columns for another one are no one's concern
 * @param standsIn fields of which the next best column is read where a row has nothing in the best
 * @param claims shared by matchers of the same fields; a matcher that outlives a run remembers none
 */
export function createMatcher(
	fields: readonly Field[],
	isRead: (source: { readonly field: Field }) => boolean,
	standsIn: (source: { readonly field: Field }) => boolean = () => false,
	claims: Claims = claimsOn(fields),
): Matcher {
	return {
		claimsOf: (column) => claims.of(column),
		targetOf: ({ target }) => claims.target(target),
		ruleOf: (columns, ruledOut = NOTHING, held?) =>
			ruleOf(
				columns.map((column) => ({
					column,
					claims: claims.of(column).filter(({ target }) => ruledOut.get(column)?.has(target) !== true),
				})),
				ruledOut,
				held,
			),
		match(columns, rule) {
			const sources: Source[] = [];
			const contested: Source[] = [];
			for (const [target, ranked] of byTarget(columns, rule)) {
				const field = claims.target(target);
				if (!isRead(field)) continue;
				if (target === 'username' && rule.name.unclear !== undefined) return rule.name.unclear;
				const [best = [], ...others] = inTiers(ranked);
				const source = sourceOf(field, best);
				if (!(source instanceof ColumnsUnclear)) sources.push(withStandIns(source, others));
				else if (field.attribute === undefined || best[0]?.tier === CONTRACT) return source;
				else contested.push({ ...field, columns: best.map(({ column }) => column), glue: '', isOwnName: false });
			}
			return { sources: inOrder(sources), contested };
		},
	};

	/** For each field the columns that claim it. */
	function byTarget(columns: readonly string[], rule: SheetRule): ReadonlyMap<string, readonly Ranked[]> {
		const taken = new Map<string, Ranked[]>();
		for (const column of columns) {
			for (const claimed of claims.of(column)) {
				const claim = allowed(claimed, column, rule);
				if (claim === undefined) continue;
				const isLogin = claim.target === 'username' && rule.isUsernameLogin && isLoginOrName(column);
				if (isLogin && !standsIn(claims.target(claim.target))) continue;
				const ranked = { rank: isLogin ? LAST : claim.tier, claimed: { ...claim, column } };
				const rivals = taken.get(claim.target);
				if (rivals === undefined) taken.set(claim.target, [ranked]);
				else rivals.push(ranked);
			}
		}
		return taken;
	}

	function withStandIns(source: Source, others: ReadonlyArray<readonly Claimed[]>): Source {
		if (source.isOwnName || !standsIn(source)) return source;
		const standIns = others.flatMap((rivals) => {
			const other = sourceOf(source, rivals);
			return other instanceof ColumnsUnclear ? [] : [other];
		});
		return standIns.length === 0 ? source : { ...source, standIns };
	}
}

/** Those with the best names first. Nearly every field has one: a sheet may have thousands of attributes. */
function inTiers(ranked: readonly Ranked[]): ReadonlyArray<readonly Claimed[]> {
	if (ranked.length <= 1) return ranked.map(({ claimed }) => [claimed]);
	const tiers = new Map<number, Claimed[]>();
	for (const { rank, claimed } of ranked) {
		const rivals = tiers.get(rank) ?? [];
		rivals.push(claimed);
		tiers.set(rank, rivals);
	}
	return [...tiers].sort(([a], [b]) => a - b).map(([, rivals]) => rivals);
}

/** Single attributes come last but one and `attributes` last, so that what it holds can be compared with them. */
function inOrder(sources: readonly Source[]): readonly Source[] {
	const rank = ({ field, attribute }: Source) =>
		Number(field.kind === 'attributes') + Number(field.kind === 'attributes' && attribute === undefined);
	return [...sources].sort((a, b) => rank(a) - rank(b));
}

function sourceOf(target: Pick<Source, 'field' | 'attribute'>, claims: readonly Claimed[]): Source | ColumnsUnclear {
	const { field, attribute } = target;
	const ordered = [...claims].sort((a, b) => (a.part?.at ?? 0) - (b.part?.at ?? 0));
	for (const [index, { column, part }] of ordered.entries()) {
		const before = ordered[index - 1];
		if (before !== undefined && (before.part?.at ?? 0) === (part?.at ?? 0))
			return twoColumns(whatOf(target), before.column, column);
	}
	const way = NAME_PARTS[ordered[0]?.part?.of ?? -1];
	return {
		field,
		attribute,
		columns: ordered.map(({ column }) => column),
		glue: way?.glue ?? '',
		isOwnName: ordered[0]?.tier === CONTRACT,
	};
}

/** The field's label, or `attribute "class"`. */
export function whatOf({ field, attribute }: Pick<Source, 'field' | 'attribute'>): string {
	return attribute === undefined ? field.label : `attribute "${shown(attribute)}"`;
}
