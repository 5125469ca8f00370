// What the columns of a whole sheet decide for each of its rows: where the ids stand, and what `username` means.

import { aliasKeys, columnKey } from '../cells/text';
import { LOGIN_OR_NAME, TIERS_OF_IDS } from './aliases';
import { CONTRACT, type Claim } from './claims';
import { DISPLAY_NAMES, nameRuleOf, type HeldBy, type NameRule } from './nameRule';

/**
 * What the whole sheet decides, for rows may lack columns that others have: a row without `userId` must not be known
 * by its e-mail address when its neighbours have ids.
 */
export interface SheetRule {
	/** The only tier from which `userId` is taken; `undefined` where the sheet has no id at all. */
	readonly idTier: number | undefined;
	readonly isUsernameLogin: boolean;
	/** Which columns make the name where it comes in parts. */
	readonly name: NameRule;
	/** By column, the fields that it cannot be, for what its cells hold. */
	readonly ruledOut: RuledOut;
}

/** By column, what it cannot be. */
export type RuledOut = ReadonlyMap<string, ReadonlySet<string>>;

export const NOTHING: RuledOut = new Map();

/** What the column claims in this sheet; `undefined` where it may not be that field. */
export function allowed(claim: Claim, column: string, rule: SheetRule): Claim | undefined {
	const { target, tier } = claim;
	if (rule.ruledOut.get(column)?.has(target) === true) return undefined;
	if (target === 'userId')
		return tier === rule.idTier && (rule.isUsernameLogin || !isLoginOrName(column)) ? claim : undefined;
	const place = target === 'username' ? rule.name.parts.get(column) : undefined;
	if (place !== undefined) return { ...claim, ...place };
	// A part of a name that the rule gives no place says nothing here.
	return tier === Infinity ? undefined : claim;
}

/**
 * `username` is a login where the sheet has another name for the person and no id, a whole name beside an id, or the
 * parts of a name; but where the sheet says `userId`, it speaks the contract's language and means the name.
 *
 * @param held what the cells say of a column called Name beside a part of a name
 */
export function ruleOf(
	columns: ReadonlyArray<{ readonly column: string; readonly claims: readonly Claim[] }>,
	ruledOut: RuledOut,
	held: HeldBy = () => 'half',
): SheetRule {
	// No other column decides: most are not even asked whether they are a login. Those without a claim may look like names.
	const claiming = columns.filter(
		({ claims }) => claims.length === 0 || claims.some(({ target }) => target === 'userId' || target === 'username'),
	);
	const logins = new Set(claiming.filter(({ column, claims }) => claims.length > 0 && isLoginOrName(column)));
	const others = claiming.filter((one) => !logins.has(one));
	// Not spread into arguments: of those V8 takes some 120,000.
	const best = others
		.flatMap(({ claims }) => claims)
		.reduce((least, { target, tier }) => (target === 'userId' ? Math.min(least, tier) : least), Infinity);
	const name = nameRuleOf(best === CONTRACT ? claiming : others, held);
	const tiers = others.flatMap(({ column, claims }) =>
		claims.flatMap(({ target, tier }) =>
			target === 'username' && tier < Infinity && !name.parts.has(column) ? [tier] : [],
		),
	);
	const isAnotherName =
		name.parts.size > 0 || (best >= TIERS_OF_IDS ? tiers.length > 0 : tiers.some((tier) => tier <= DISPLAY_NAMES));
	const isUsernameLogin = logins.size > 0 && best !== CONTRACT && isAnotherName;
	const idTier = isUsernameLogin ? Math.min(best, TIERS_OF_IDS) : best;
	return { idTier: Number.isFinite(idTier) ? idTier : undefined, isUsernameLogin, name, ruledOut };
}

const LOGIN_KEYS: ReadonlySet<string> = new Set(LOGIN_OR_NAME.map(columnKey));

export function isLoginOrName(column: string): boolean {
	return aliasKeys(column).some((key) => LOGIN_KEYS.has(key));
}
