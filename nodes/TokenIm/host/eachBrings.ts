// Of several files or lists each has to bring rows, where whoever is in none is taken away (law 14): an export that broke is
// empty more often than a list is.

import type { Row } from '../engine/types';
import { SettingUnclear } from '../operations/parameters';
import type { RowSource } from './rowSource';

/** @throws SettingUnclear where one of several items brings no row in its file or its list */
export async function checkEachBrings({ bringers = 0, heads }: Pick<RowSource, 'bringers' | 'heads'>): Promise<void> {
	if (bringers < 2) return;
	const bringing = new Set<number>();
	for (const row of await heads()) if (!isBlank(row)) bringing.add(row.item);
	for (let item = 0; item < bringers; item++) if (!bringing.has(item)) throw noRows(item);
}

/** A file with a header alone has a head without a cell. */
function isBlank({ columns }: Row): boolean {
	return Object.values(columns).every((cell) => cell === undefined || cell === null || cell === '');
}

function noRows(item: number): SettingUnclear {
	return new SettingUnclear(
		`Item ${item + 1} has no rows`,
		'Its file, or its list, is empty, and whoever should stand there would be taken out. Mend it, or leave the item out where nobody is meant. Nothing was sent.',
	);
}
