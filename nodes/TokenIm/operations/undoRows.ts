// Undo: which rows are results that can be taken back, and by what.

import type { Call } from '../engine/call';
import { cut } from '../engine/cut';
import type { Entry, Prepared, Row } from '../engine/types';
import { Unsupported, type Protocol } from '../protocol/calls';
import { readChanges } from './changesCell';
import type { Making } from './definition';
import { compileEarlierValues, type EarlierValues } from './earlierValues';

/** Of a row that names nobody. */
export const NOBODY: Entry = { id: '', fields: {} };

/** What the service gives to take something back by. */
export interface Ways {
	readonly service: string;
	/** Cuts rows into chunks. */
	readonly call: Call;
	readonly query: Call | undefined;
	/** Whether an account can be told from a later one of the same name. */
	readonly provesAccounts: boolean;
	readonly deletes: Call | undefined;
	readonly updates: Call | undefined;
	readonly earlier: EarlierValues;
}

/** @throws Unsupported where the service can neither delete nor update users */
export function waysOf({ protocol, profile }: Pick<Making<unknown>, 'protocol' | 'profile'>): Ways {
	const query = protocol.userLookUp();
	const earlier = compileEarlierValues(profile);
	const deletes = protocol.unsupported('deleteUsers') === undefined ? protocol.deleteUsers() : undefined;
	const updates = query === undefined || !earlier.hasAny ? undefined : updatesOf(protocol);
	return {
		service: protocol.name,
		call: deletes ?? updates ?? protocol.deleteUsers(),
		query,
		provesAccounts: protocol.accountLookUp() !== undefined,
		deletes,
		updates,
		earlier,
	};
}

function updatesOf(protocol: Protocol): Call | undefined {
	try {
		return protocol.createUsers('update');
	} catch (error) {
		if (error instanceof Unsupported) return undefined;
		throw error instanceof Error ? error : new Error(String(error));
	}
}

/** What a result is to Undo: somebody to look up, or kept. */
export function prepareResult(row: Row, prepared: Prepared, ways: Ways): Prepared {
	// What such a row of a file says of its status cannot be known.
	if ((row.issues ?? []).length > 0) return prepared;
	const status = textIn(row, 'status');
	const imId = textIn(row, 'imId');
	const proof = ways.provesAccounts ? { imId } : {};
	// A row that came to nothing, such as an invalid one, may have no id that could be told.
	switch (status) {
		case 'created':
			if (textIn(row, 'createdBy').toLowerCase() === 'unknown')
				return keep(prepared, 'It is not known who created it.');
			if (ways.deletes === undefined) return keep(prepared, noDeletion(ways.service));
			if (!ways.provesAccounts) return keep(prepared, noProof(ways.service));
			if (imId === '') return keep(prepared, NO_IM_ID);
			return prepared.ok ? { ok: true, entry: { ...prepared.entry, ...proof } } : prepared;
		case 'updated': {
			const changed = readChanges(row.columns);
			if (changed === 'none') return keep(prepared, NO_CHANGES);
			if (changed === 'unreadable') return keep(prepared, UNREADABLE_CHANGES);
			if (ways.updates === undefined) return keep(prepared, noUpdates(ways.service));
			if (ways.provesAccounts && imId === '') return keep(prepared, NO_IM_ID_OF_UPDATED);
			return prepared.ok ? { ok: true, entry: { ...prepared.entry, ...proof, changed } } : prepared;
		}
		default:
			return keep(prepared, otherStatus(status));
	}
}

function otherStatus(status: string): string {
	if (status === '') return 'It has no status, so it is no result of an earlier run.';
	return `Its status is "${cut(status, 40)}", neither "created" nor "updated".`;
}

const NO_IM_ID =
	'The row has no imId, so nothing proves that this is the account that was created then. Feed in the results with all their columns.';
const NO_IM_ID_OF_UPDATED =
	'The row has no imId, so nothing proves that this is the account that was updated then. Feed in the results with all their columns.';
const NO_CHANGES =
	'The row has no changes, so its earlier values are not known: a run tells them where Send is Only What Differs.';
const UNREADABLE_CHANGES =
	'The changes of the row cannot be read. Feed in the results as the run put them out, as JSON, or from a file with all its columns and empty cells.';

function noProof(service: string): string {
	return `${service} gives no ID by which an account could be told from a later one of the same name, so nothing proves that this is the one that was created then. If these users are to go all the same, use Batch Delete.`;
}

function noDeletion(service: string): string {
	return `${service} has no way to delete users.`;
}

function noUpdates(service: string): string {
	return `${service} has no way to update users, or its look-ups give back nothing that could be compared.`;
}

function keep(prepared: Prepared, reason: string): Prepared {
	return { ok: true, entry: prepared.ok ? prepared.entry : NOBODY, kept: reason };
}

/** A cell of a results column as text: an id that a spreadsheet made a number of is compared as it reads. */
function textIn({ columns }: Row, name: string): string {
	const value = Object.hasOwn(columns, name) ? columns[name] : undefined;
	return typeof value === 'string' || Number.isSafeInteger(value) ? String(value).trim() : '';
}
