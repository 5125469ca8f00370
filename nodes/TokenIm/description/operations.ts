// What the editor shows of the operations, from their list: the resource, its operations, the settings of each.

import type { INodeProperties } from 'n8n-workflow';
import { firstOperation, OPERATIONS } from '../operations';
import type { Resource } from '../operations/definition';

export const operationsDescription: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Group', value: 'group' },
			{ name: 'User', value: 'user' },
		],
		default: 'user',
	},
	...ofResource('user'),
	...ofResource('group'),
];

function ofResource(resource: Resource): INodeProperties[] {
	const own = OPERATIONS.filter((listed) => listed.resource === resource);
	return [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: [resource] } },
			options: own.map(({ words }) => words),
			default: firstOperation(resource),
		},
		...own.flatMap(({ words, parameters = [] }) =>
			parameters.map((parameter) => ({
				...parameter,
				displayOptions: { show: { resource: [resource], operation: [words.value], ...parameter.displayOptions?.show } },
			})),
		),
	];
}
