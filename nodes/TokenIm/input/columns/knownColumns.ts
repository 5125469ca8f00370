// How many of some names are those of columns: by this a header row is told from what stands above it.

import { GROUP_FIELDS, USER_FIELDS } from './fields';
import { createMatcher, type Matcher } from './matching';

const MATCHERS = [USER_FIELDS, GROUP_FIELDS].map((fields) => createMatcher(fields, () => true));

/** Enough to tell a header from what stands above it, and little work where a line is one of a hundred thousand cells. */
const MOST_NAMES = 1_000;

/** Counts the names that users or groups have columns for, whatever the operation. Of a long list the first are looked at. */
export function knownColumns(names: readonly string[]): number {
	let known = 0;
	for (const name of names.slice(0, MOST_NAMES)) if (MATCHERS.some((matcher) => isKnown(matcher, name))) known++;
	return known;
}

function isKnown(matcher: Matcher, name: string): boolean {
	if (matcher.claimsOf(name).length === 0) return false;
	const matches = matcher.match([name], matcher.ruleOf([name]));
	return 'sources' in matches && matches.sources.length + matches.contested.length > 0;
}
