// What the columns were taken for, in a sentence for the output pane.

import { shown } from '../input/cells/finding';
import type { ColumnReport, GroupsReport, Told, Use } from '../input/columns/columnReport';

const MOST_NAMED = 30;

/**
 * @param options.compares whether nothing is sent, for the rows are only compared
 * @returns `undefined` where every column is named like its field and none was left out: then there is nothing to tell
 */
export function columnsHint(report: ColumnReport, { compares = false } = {}): string | undefined {
	const { used, leftOut, unfit, contested, ignored, groups } = report;
	const renamed = used.some(({ column, field }) => column !== field);
	if (groups === undefined && !renamed && [leftOut, unfit, contested, ignored].every(({ length }) => length === 0))
		return undefined;
	const taken = named(used.map(told));
	const why = compares
		? 'Not compared, for the service does not give it back'
		: 'Not sent, for by its API profile the service has no such field';
	const sentences = [
		groups === undefined ? '' : ` ${groupsText(groups)}`,
		sentence(why, leftOut.map(told)),
		sentence('Left out, for what it holds is none', unfit.map(told)),
		sentence('Left out, for more than one column could be it', contested.map(told)),
		sentence(
			'Not used',
			ignored.map((column) => `"${shown(column)}"`),
		),
	];
	return `${taken === '' ? 'No column was used' : `Columns: ${taken}`}.${sentences.join('')}`;
}

/** Which column told the groups, named them and owned them. */
function groupsText({ by, isMade, named: name, owned }: GroupsReport): string {
	const isOne = 'text' in by;
	const hasName = name !== undefined && inWords(name) !== inWords(by);
	return [
		isOne ? `All rows are of the group ${inWords(by)}` : `Groups by ${inWords(by)}`,
		hasName ? `, named by ${inWords(name)}` : '',
		owned === undefined ? '' : `, owned by ${inWords(owned)}`,
		'.',
		isMade ? ' Their IDs are made from these names: a renamed class is a new group.' : '',
	].join('');
}

/** A column as all are written here; what holds for all rows, without quotes. */
function inWords(told: Told): string {
	return 'column' in told ? `"${shown(told.column)}"` : shown(told.text);
}

function sentence(start: string, names: readonly string[]): string {
	return names.length === 0 ? '' : ` ${start}: ${named(names)}.`;
}

function told({ column, label }: Use): string {
	return column === label ? shown(label) : `${shown(label)} from "${shown(column)}"`;
}

function named(names: readonly string[]): string {
	const shown = names.slice(0, MOST_NAMED).join(', ');
	return names.length > MOST_NAMED ? `${shown} and ${names.length - MOST_NAMED} more` : shown;
}
