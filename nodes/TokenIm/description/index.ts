// All that the editor shows for the node, in the order in which people decide: what, which operation, its choices.

import type { INodeProperties } from 'n8n-workflow';
import { columnsDescription } from './columns';
import { fileDescription } from './fileOptions';
import { groupDescription } from './group';
import { inputDescription } from './input';
import { membershipsDescription } from './memberships';
import { optionsDescription } from './options';
import { templatesDescription } from './templates';
import { trialDescription } from './trial';
import { userDescription } from './user';

export const properties: INodeProperties[] = [
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
	...userDescription,
	...groupDescription,
	...inputDescription,
	...fileDescription,
	...membershipsDescription,
	...columnsDescription,
	...templatesDescription,
	...trialDescription,
	...optionsDescription,
];
