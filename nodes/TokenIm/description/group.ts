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
				name: 'Add Members',
				value: 'addMembers',
				description: 'Put the members of each row into a group that is there',
				action: 'Add members to groups',
			},
			{
				name: 'Create',
				value: 'create',
				description: 'Create a group for each row, with its owner and members',
				action: 'Create groups',
			},
			{
				name: 'Verify',
				value: 'verify',
				description: 'Look the groups and their members up and compare them with the rows, without changing anything',
				action: 'Verify groups',
			},
		],
		default: 'create',
	},
];
