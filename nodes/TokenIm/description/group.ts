// What the editor shows for groups.

import type { INodeProperties } from 'n8n-workflow';

export const groupDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['group'] } },
		options: [
			{
				name: 'Create',
				value: 'create',
				description: 'Create a group for each row, with its owner and members',
				action: 'Create groups',
			},
		],
		default: 'create',
	},
];
