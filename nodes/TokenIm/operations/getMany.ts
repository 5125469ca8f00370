// Get Many: all that a list names, or the first of them; the same for users and groups.

import type { INodeProperties } from 'n8n-workflow';
import type { ListCall } from '../engine/list';
import type { Listed } from '../engine/wire';
import { HeldRecords } from './heldRecords';
import type { IdField } from './judgement';
import { shortened, type Listing } from './listing';
import { onOrOff, SettingUnclear, type ReadParameter } from './parameters';

/** What n8n's own nodes show at first. */
const LIMIT = 50;

export interface GetManySettings {
	/** `undefined`: all. */
	readonly limit: number | undefined;
}

/** n8n's names for both, and its words. */
export const getManyParameters: readonly INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		displayOptions: { show: { returnAll: [false] } },
		typeOptions: { minValue: 1 },
		// The linter of n8n wants to read the number here.
		default: 50,
		description: 'Max number of results to return',
	},
];

/** @throws SettingUnclear where the limit is no number of results, or Return All neither on nor off */
export function readGetMany(read: ReadParameter): GetManySettings {
	if (onOrOff(read, 'returnAll', 'Return All', false)) return { limit: undefined };
	const limit = read('limit', LIMIT);
	if (typeof limit === 'number' && Number.isSafeInteger(limit) && limit > 0) return { limit };
	throw new SettingUnclear(
		'"Limit" is no whole number from 1 on',
		'Enter one, or turn Return All on. Nothing was sent.',
	);
}

/** @param most what an agent may be told; `undefined` for no such limit */
export function getMany(
	list: ListCall,
	idField: IdField,
	{ limit }: GetManySettings,
	most: number | undefined,
): Listing {
	const wanted = Math.min(limit ?? Number.POSITIVE_INFINITY, most ?? Number.POSITIVE_INFINITY);
	const found = new HeldRecords();
	return {
		list,
		wanted: Number.isFinite(wanted) ? wanted : undefined,
		take(records) {
			for (const record of records) if (found.length < wanted) found.push(record);
			return found.length < wanted;
		},
		results: () => ({
			found: resultsOf(found.all, idField),
			hints: most !== undefined && found.length === most && most < (limit ?? Infinity) ? [shortened(most)] : [],
		}),
	};
}

function* resultsOf(found: readonly Listed[], idField: IdField) {
	for (const listed of found) {
		const id = idField === 'userId' ? { userId: listed.id } : { groupId: listed.id };
		yield { status: 'found', id, listed } as const;
	}
}
