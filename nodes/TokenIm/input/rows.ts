// n8n's items as rows. Items are read, never changed, cloned or kept (law 11).

import type { INodeExecutionData } from 'n8n-workflow';
import type { Row } from '../engine/types';

export function* itemRows(items: readonly INodeExecutionData[]): Generator<Row, void, undefined> {
	let item = 0;
	for (const { json } of items) {
		yield { number: rowNumber(json.row_number) ?? item + 1, item, columns: json };
		item++;
	}
}

/** Google Sheets adds `row_number` to each item: the number that the person sees in the sheet. */
function rowNumber(value: unknown): number | undefined {
	return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}
