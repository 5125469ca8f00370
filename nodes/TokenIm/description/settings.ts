// What the user chose, as the operations know it. Fallbacks are the defaults that the editor shows.

import type { IExecuteFunctions } from 'n8n-workflow';
import type { OperationChoice } from '../operations';
import { readOptions } from './options';
import type { Options } from './options';

export interface Settings {
	readonly choice: OperationChoice;
	readonly options: Options;
}

/** Reads every parameter once: a choice holds for the run, not for a row. */
export function readSettings(host: IExecuteFunctions): Settings {
	const read = (name: string, fallback: string): unknown => host.getNodeParameter(name, 0, fallback);
	return { choice: choiceOf(read), options: readOptions(host.getNodeParameter('options', 0, {})) };
}

/** @throws where an expression or an edited workflow file names what the node does not know */
function choiceOf(read: (name: string, fallback: string) => unknown): OperationChoice {
	const resource = read('resource', 'user');
	const operation = read('operation', resource === 'group' ? 'create' : 'batchCreate');
	switch (`${String(resource)} ${String(operation)}`) {
		case 'user batchCreate':
			return {
				resource: 'user',
				operation: 'batchCreate',
				ifUserExists: read('ifUserExists', 'keep') === 'fail' ? 'fail' : 'keep',
			};
		case 'user batchUpsert':
			return {
				resource: 'user',
				operation: 'batchUpsert',
				emptyCells: read('emptyCells', 'leave') === 'clear' ? 'clear' : 'leave',
			};
		case 'user batchDelete':
			return {
				resource: 'user',
				operation: 'batchDelete',
				deleteWhich: read('deleteWhich', 'created') === 'every' ? 'every' : 'created',
			};
		case 'user verify':
			return { resource: 'user', operation: 'verify' };
		case 'group addMembers':
			return { resource: 'group', operation: 'addMembers' };
		case 'group create':
			return { resource: 'group', operation: 'create' };
		case 'group verify':
			return { resource: 'group', operation: 'verify' };
		default:
			throw new Error(
				`"${String(operation)}" is not an operation of the resource "${String(resource)}". Choose both from their lists`,
			);
	}
}
