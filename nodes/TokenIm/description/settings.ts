// What the user chose, as the operations know it. Fallbacks are the defaults that the editor shows.

import type { IExecuteFunctions } from 'n8n-workflow';
import type { OperationChoice, Trial } from '../operations';
import type { GroupBy } from '../operations/groupBy';
import { readOptions } from './readOptions';
import type { Options } from './readOptions';

export interface Settings {
	readonly choice: OperationChoice;
	readonly options: Options;
}

/** Reads a parameter as the editor's expressions leave it. */
type Read = (name: string, fallback: unknown) => unknown;

/** Something in the editor is missing or is not what can stand there. Nothing was sent. */
export class SettingUnclear extends Error {
	/** @param description what to do about it */
	constructor(
		message: string,
		readonly description: string,
	) {
		super(message);
		this.name = 'SettingUnclear';
	}
}

/** Reads every parameter once: a choice holds for the run, not for a row. */
export function readSettings(host: IExecuteFunctions): Settings {
	const read: Read = (name, fallback) => host.getNodeParameter(name, 0, fallback, { extractValue: name === 'ownerId' });
	return { choice: choiceOf(read), options: readOptions(host.getNodeParameter('options', 0, {})) };
}

/** @throws SettingUnclear where an expression or an edited workflow file names what the node does not know */
function choiceOf(read: Read): OperationChoice {
	const resource = read('resource', 'user');
	const operation = read('operation', resource === 'group' ? 'create' : 'batchCreate');
	switch (`${String(resource)} ${String(operation)}`) {
		case 'user batchCreate':
			return {
				resource: 'user',
				operation: 'batchCreate',
				ifUserExists: read('ifUserExists', 'keep') === 'fail' ? 'fail' : 'keep',
				trial: trialOf(read),
			};
		case 'user batchUpsert':
			return {
				resource: 'user',
				operation: 'batchUpsert',
				emptyCells: read('emptyCells', 'leave') === 'clear' ? 'clear' : 'leave',
				trial: trialOf(read),
			};
		case 'user batchDelete':
			return {
				resource: 'user',
				operation: 'batchDelete',
				deleteWhich: read('deleteWhich', 'created') === 'every' ? 'every' : 'created',
				trial: trialOf(read),
			};
		case 'user verify':
			return { resource: 'user', operation: 'verify' };
		case 'group addMembers':
			return { resource: 'group', operation: 'addMembers', groupBy: groupByOf(read, false), trial: trialOf(read) };
		case 'group create':
			return { resource: 'group', operation: 'create', groupBy: groupByOf(read, true), trial: trialOf(read) };
		case 'group verify':
			return { resource: 'group', operation: 'verify', groupBy: groupByOf(read, false) };
		default:
			throw new SettingUnclear(
				`"${String(operation)}" is not an operation of the resource "${String(resource)}"`,
				'Choose both from their lists. Nothing was sent.',
			);
	}
}

function trialOf(read: Read): Trial {
	if (read('validateOnly', false) !== true) return 'write';
	return read('lookUpExisting', true) === true ? 'validateWithLookUp' : 'validate';
}

/** @param isNew whether the groups are created, so that they need an owner */
function groupByOf(read: Read, isNew: boolean): GroupBy | undefined {
	if (read('rows', 'group') !== 'membership') return undefined;
	const column = needed(read, 'groupBy', 'Group By', 'the column that tells the group of each row');
	if (!isNew) return { column };
	const nameColumn = textOf(read('groupNameColumn', '')) || undefined;
	return { column, nameColumn, owner: ownerOf(read) };
}

function ownerOf(read: Read): GroupBy['owner'] {
	switch (read('owner', 'column')) {
		case 'none':
			return undefined;
		case 'same':
			return { userId: needed(read, 'ownerId', 'Owner ID', 'the ID of the user who owns the groups') };
		default:
			return { column: needed(read, 'ownerColumn', 'Owner Column', 'the column with the user ID of each owner') };
	}
}

function needed(read: Read, name: string, label: string, what: string): string {
	const text = textOf(read(name, ''));
	if (text === '') throw new SettingUnclear(`"${label}" is empty`, `Enter ${what}. Nothing was sent.`);
	return text;
}

function textOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
