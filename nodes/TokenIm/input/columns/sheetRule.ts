// What the columns of a whole sheet decide for each of its rows: where the ids stand, and what `username` means.

import { aliasKeys, columnKey } from '../cells/text';
import { LOGIN_OR_NAME, TIERS_OF_IDS } from './aliases';
import { CONTRACT, type Claim } from './claims';

/**
 * What the whole sheet decides, for rows may lack columns that others have: a row without `userId` must not be known
 * by its e-mail address when its neighbours have ids.
 */
export interface SheetRule {
	/** The only tier from which `userId` is taken; `undefined` where the sheet has no id at all. */
	readonly idTier: number | undefined;
	readonly isUsernameLogin: boolean;
	/** By column, the fields that it cannot be, for what its cells hold. */
	readonly ruledOut: RuledOut;
}

/** By column, what it cannot be. */
export type RuledOut = ReadonlyMap<string, ReadonlySet<string>>;

export const NOTHING: RuledOut = new Map();

/** Whether the column may be the field that it claims. */
export function isAllowed({ target, tier }: Claim, column: string, rule: SheetRule): boolean {
	if (rule.ruledOut.get(column)?.has(target) === true) return false;
	return target !== 'userId' || (tier === rule.idTier && (rule.isUsernameLogin || !isLoginOrName(column)));
}

/**
 * `username` is a login where the sheet has another name for the person and no id, or the parts of a name; but where
 * the sheet says `userId`, it speaks the contract's language and means the name.
 */
export function ruleOf(
	columns: ReadonlyArray<{ readonly column: string; readonly claims: readonly Claim[] }>,
	ruledOut: RuledOut,
): SheetRule {
	// No other column decides: most are not even asked whether they are a login.
	const claiming = columns.filter(({ claims }) =>
		claims.some(({ target }) => target === 'userId' || target === 'username'),
	);
	const logins = new Set(claiming.filter(({ column }) => isLoginOrName(column)));
	const others = claiming.filter((one) => !logins.has(one)).flatMap(({ claims }) => claims);
	// Not spread into arguments: of those V8 takes some 120,000.
	const best = others.reduce(
		(least, { target, tier }) => (target === 'userId' ? Math.min(least, tier) : least),
		Infinity,
	);
	const names = others.filter(({ target }) => target === 'username');
	const isUsernameLogin =
		logins.size > 0 &&
		best !== CONTRACT &&
		(names.some(({ part }) => part !== undefined) || (names.length > 0 && best >= TIERS_OF_IDS));
	const idTier = isUsernameLogin ? Math.min(best, TIERS_OF_IDS) : best;
	return { idTier: Number.isFinite(idTier) ? idTier : undefined, isUsernameLogin, ruledOut };
}

const LOGIN_KEYS: ReadonlySet<string> = new Set(LOGIN_OR_NAME.map(columnKey));

export function isLoginOrName(column: string): boolean {
	return aliasKeys(column).some((key) => LOGIN_KEYS.has(key));
}
