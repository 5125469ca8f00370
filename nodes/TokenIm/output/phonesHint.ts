// Which country code was taken for phone numbers that came without one, because the sheet shows it.

/** @param columns in which the numbers stand; none where none was taken */
export function phonesHint(columns: readonly string[]): string | undefined {
	if (columns.length === 0) return undefined;
	const named = columns.map((column) => `"${column}"`).join(', ');
	return `Phone numbers in ${named} were taken with +86: none has a country code, and all are mobile numbers of China. Rows that do not fit are refused. Set Default Country Code in the options to make this plain, or to say otherwise.`;
}
