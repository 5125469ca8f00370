// What the columns were taken for, in a sentence for the output pane.

import type { ColumnReport, Use } from '../input/columns/columnReport';

const MOST_NAMED = 30;

/**
 * @param options.compares whether nothing is sent, for the rows are only compared
 * @returns `undefined` where every column is named like its field and none was left out: then there is nothing to tell
 */
export function columnsHint({ used, leftOut, ignored }: ColumnReport, { compares = false } = {}): string | undefined {
	const renamed = used.some(({ column, field }) => column !== field);
	if (!renamed && leftOut.length === 0 && ignored.length === 0) return undefined;
	const taken = named(used.map(told));
	const why = compares
		? 'Not compared, for the service does not give it back'
		: 'Not sent, for by its API profile the service has no such field';
	const other = leftOut.length === 0 ? '' : ` ${why}: ${named(leftOut.map(told))}.`;
	const left = ignored.length === 0 ? '' : ` Not used: ${named(ignored.map((column) => `"${column}"`))}.`;
	return `${taken === '' ? 'No column was used' : `Columns: ${taken}`}.${other}${left}`;
}

function told({ column, label }: Use): string {
	return column === label ? label : `${label} from "${column}"`;
}

function named(names: readonly string[]): string {
	const shown = names.slice(0, MOST_NAMED).join(', ');
	return names.length > MOST_NAMED ? `${shown} and ${names.length - MOST_NAMED} more` : shown;
}
