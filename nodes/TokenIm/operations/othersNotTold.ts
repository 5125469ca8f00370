// Verify with Other Members at Report, where a row may mean whoever no row seems to name.

/**
 * What a row is told then; nothing where all is clear. Nobody is named: who takes out whom a report names would take out
 * whom a row means (law 14).
 *
 * @param because why it cannot be told
 */
export function othersNotTold(
	because: string | undefined,
): { readonly code: string; readonly reason: string } | undefined {
	if (because === undefined) return undefined;
	return { code: 'others_unclear', reason: `It cannot be told who is in the group and in no row. ${because}` };
}
