// Which country code was taken for phone numbers that came without one, because the sheet shows it.

import { shown } from '../input/cells/finding';

const MOST_NAMED = 30;

/** @param columns in which the numbers stand; none where none was taken */
export function phonesHint(columns: readonly string[]): string | undefined {
	if (columns.length === 0) return undefined;
	const some = columns.slice(0, MOST_NAMED).map((column) => `"${shown(column)}"`);
	const named = some.join(', ') + (columns.length > MOST_NAMED ? ` and ${columns.length - MOST_NAMED} more` : '');
	return `Phone numbers in ${named} were taken with +86: none has a country code, and all are mobile numbers of China. Rows that do not fit are refused. Set Default Country Code in the options to make this plain, or to say otherwise.`;
}
