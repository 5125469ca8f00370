// n8n's items as rows. Items are read, never changed, cloned or kept (law 11).

import type { INodeExecutionData } from 'n8n-workflow';
import type { Row } from '../engine/types';
import { ROW_NUMBER, rowByItself } from './files/rowByItself';

export function* itemRows(items: readonly INodeExecutionData[]): Generator<Row, void, undefined> {
	let item = 0;
	for (const { json } of items) {
		yield rowByItself(json, rowNumber(json[ROW_NUMBER]) ?? item + 1, item);
		item++;
	}
}

function rowNumber(value: unknown): number | undefined {
	return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}
