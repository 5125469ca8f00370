// What the columns were taken for, in a sentence for the output pane.

import type { ColumnReport } from './input/columnReport';

const MOST_NAMED = 30;

/** `undefined` where every column is named like its field and none was left out: then there is nothing to tell. */
export function columnsHint({ used, ignored }: ColumnReport): string | undefined {
	const renamed = used.some(({ column, field }) => column !== field);
	if (!renamed && ignored.length === 0) return undefined;
	const taken = named(used.map(({ column, label }) => (column === label ? label : `${label} from "${column}"`)));
	const left = ignored.length === 0 ? '' : ` Not used: ${named(ignored.map((column) => `"${column}"`))}.`;
	return `${taken === '' ? 'No column was used' : `Columns: ${taken}`}.${left}`;
}

function named(names: readonly string[]): string {
	const shown = names.slice(0, MOST_NAMED).join(', ');
	return names.length > MOST_NAMED ? `${shown} and ${names.length - MOST_NAMED} more` : shown;
}
