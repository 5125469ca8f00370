// How many of some names are those of columns: by this a header row is told from what stands above it.

import { GROUP_FIELDS, USER_FIELDS } from './fields';
import { createMatcher } from './matching';

const MATCHERS = [USER_FIELDS, GROUP_FIELDS].map((fields) => createMatcher(fields, () => true));

/** Counts the names that users or groups have columns for, whatever the operation. */
export function knownColumns(names: readonly string[]): number {
	return names.filter((name) =>
		MATCHERS.some((matcher) => {
			const matches = matcher.match([name], matcher.ruleOf([name]));
			return 'sources' in matches && matches.sources.length + matches.contested.length > 0;
		}),
	).length;
}
