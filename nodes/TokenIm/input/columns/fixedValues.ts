// Set Each Value: what was typed stands for itself in every row. Where that cannot be meant, nothing is sent.

import { shown } from '../cells/finding';
import type { ChosenSource } from './chosen';
import { ColumnsUnclear } from './columnsUnclear';
import { fieldName, whatOf } from './matching';
import type { Seen } from './reading';

/**
 * @param ownIds ids of which each row has one of its own: the same text in all rows would make one user of all people
 * @throws ColumnsUnclear where such an id is one text in more than one row, or where a text is the name of a column,
 * as of somebody who typed the name to mean what is in it
 */
export function checkFixed(sources: readonly ChosenSource[], ownIds: readonly string[], sheets: Iterable<Seen>): void {
	const seen = [...sheets];
	const columns = new Set(seen.flatMap(({ lists }) => lists.flat()));
	const isOne = seen.reduce((sum, { rows }) => sum + rows.length, 0) === 1;
	for (const source of sources) {
		const { choice } = source;
		if ('column' in choice || choice.fixed === undefined) continue;
		if (columns.has(choice.fixed)) throw isColumnName(whatOf(source), choice.fixed);
		if (ownIds.includes(fieldName(source)) && !isOne) throw sameInAll(whatOf(source), choice.fixed);
	}
}

function isColumnName(what: string, text: string): ColumnsUnclear {
	return new ColumnsUnclear(
		`The ${what} is the text "${shown(text)}" in every row, which is the name of a column`,
		`Drag the column "${shown(text)}" from the input onto ${what}. If the text itself is meant, write it as the expression {{ ${JSON.stringify(shown(text))} }}. Nothing was sent.`,
	);
}

function sameInAll(what: string, text: string): ColumnsUnclear {
	return new ColumnsUnclear(
		`The ${what} is the text "${shown(text)}" in every row`,
		`Drag the column that holds the ${what} of each row from the input onto this field, e.g. {{ $json.id }}. Nothing was sent.`,
	);
}
