// One that a list names, as the JSON of an item: what a person reads first stands first.

import type { IDataObject } from 'n8n-workflow';
import type { Verdict } from '../engine/types';
import type { ListedResult } from '../operations/listing';
import { reasonText } from './reason';

/** No row was asked about. */
const NUMBERS = { row: 0, attempts: 0, requestId: undefined, batch: undefined };

/** As the tally counts it. */
export function verdictOf({ status, id, listed: { imId, active } }: ListedResult): Verdict {
	return { status, ...id, imId, active, ...NUMBERS };
}

/** Its id, its fields and what the service says of it; of what was looked for, also why it is here. */
export function itemOf(result: ListedResult): IDataObject {
	const { id, status, listed } = result;
	const told = status === 'unlisted' ? { status, ...id, reason: reasonText(verdictOf(result)) } : { ...id };
	const item: IDataObject = { ...told };
	const { record, imId, active, foreign } = listed;
	const given: IDataObject = { ...record, imId, active, foreign };
	for (const key of Object.keys(given)) if (given[key] !== undefined && !(key in item)) item[key] = given[key];
	return item;
}
