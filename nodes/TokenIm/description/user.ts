// What the editor shows for users: the operations, and the choices that belong to one of them.

import type { INodeProperties } from 'n8n-workflow';

export const userDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['user'] } },
		options: [
			{
				name: 'Batch Create',
				value: 'batchCreate',
				description: 'Create a user for each row, many in one request',
				action: 'Batch create users',
			},
			{
				name: 'Batch Create or Update',
				value: 'batchUpsert',
				description: 'Create the user of each row, or update the one who already exists (upsert)',
				action: 'Batch create or update users',
			},
			{
				name: 'Batch Delete',
				value: 'batchDelete',
				description: 'Delete the users that an earlier run created, or those of every row',
				action: 'Batch delete users',
			},
			{
				name: 'Verify',
				value: 'verify',
				description: 'Look the users up and compare them with the rows, without changing anything',
				action: 'Verify users',
			},
		],
		default: 'batchCreate',
	},
	{
		displayName: 'If User Exists',
		name: 'ifUserExists',
		type: 'options',
		displayOptions: { show: { resource: ['user'], operation: ['batchCreate'] } },
		options: [
			{
				name: 'Keep',
				value: 'keep',
				description: 'Leave the user as it is and report the row as existing, so that the same rows can be run again',
			},
			{
				name: 'Report as Failed',
				value: 'fail',
				description: 'Leave the user as it is and report the row as failed',
			},
		],
		default: 'keep',
		description: 'What to report for a row whose User ID is already taken',
	},
	{
		displayName: 'Empty Cells',
		name: 'emptyCells',
		type: 'options',
		displayOptions: { show: { resource: ['user'], operation: ['batchUpsert'] } },
		options: [
			{
				name: 'Clear',
				value: 'clear',
				description: 'Remove the value from the user where the column is there and the cell is empty',
			},
			{
				name: 'Leave Unchanged',
				value: 'leave',
				description: 'Keep the value that the user has',
			},
		],
		default: 'leave',
		description: 'What an empty cell means for a user that already exists',
	},
	{
		displayName: 'Delete Which Users',
		name: 'deleteWhich',
		type: 'options',
		displayOptions: { show: { resource: ['user'], operation: ['batchDelete'] } },
		options: [
			{
				name: 'Every Row',
				value: 'every',
				description: 'Delete the user of every row, whoever created it',
			},
			{
				name: 'Only Those a Run Created',
				value: 'created',
				description: 'Delete the users whose row has the status "created", as Batch Create returns it; keep all others',
			},
		],
		default: 'created',
		description: 'Which users to delete. A deleted user cannot be brought back.',
	},
];
