// A table of the editor, read as a person reads it.

import type { Locator } from 'playwright-core';

export interface Table {
	readonly columns: readonly string[];
	/** Each row's cells by their column. A cell that the item lacks reads "undefined", as the editor shows it. */
	readonly rows: ReadonlyArray<Readonly<Record<string, string>>>;
}

export async function readTable(table: Locator): Promise<Table> {
	await table.waitFor();
	const headers = (await table.locator('thead th').allInnerTexts()).map((text) => text.trim());
	const columns = headers.filter((text) => text !== '');
	const cells: string[][] = await table
		.locator('tbody tr')
		.evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.innerText.trim())));
	return {
		columns,
		rows: cells.map((row) => Object.fromEntries(columns.map((column) => [column, row[headers.indexOf(column)] ?? '']))),
	};
}
