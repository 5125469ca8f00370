// What the columns were taken for, in a sentence for the output pane.

import type { ColumnReport, Use } from '../input/columns/columnReport';

const MOST_NAMED = 30;

/**
 * @param options.compares whether nothing is sent, for the rows are only compared
 * @returns `undefined` where every column is named like its field and none was left out: then there is nothing to tell
 */
export function columnsHint(report: ColumnReport, { compares = false } = {}): string | undefined {
	const { used, leftOut, unfit, contested, ignored } = report;
	const renamed = used.some(({ column, field }) => column !== field);
	if (!renamed && [leftOut, unfit, contested, ignored].every(({ length }) => length === 0)) return undefined;
	const taken = named(used.map(told));
	const why = compares
		? 'Not compared, for the service does not give it back'
		: 'Not sent, for by its API profile the service has no such field';
	const sentences = [
		sentence(why, leftOut.map(told)),
		sentence('Left out, for what it holds is none', unfit.map(told)),
		sentence('Left out, for more than one column could be it', contested.map(told)),
		sentence(
			'Not used',
			ignored.map((column) => `"${column}"`),
		),
	];
	return `${taken === '' ? 'No column was used' : `Columns: ${taken}`}.${sentences.join('')}`;
}

function sentence(start: string, names: readonly string[]): string {
	return names.length === 0 ? '' : ` ${start}: ${named(names)}.`;
}

function told({ column, label }: Use): string {
	return column === label ? label : `${label} from "${column}"`;
}

function named(names: readonly string[]): string {
	const shown = names.slice(0, MOST_NAMED).join(', ');
	return names.length > MOST_NAMED ? `${shown} and ${names.length - MOST_NAMED} more` : shown;
}
