// What the editor shows for groups of a roster: one row for each membership, and how the groups are told apart.

import type { INodeProperties } from 'n8n-workflow';
import { mayMake } from '../operations/definition';
import { shownAt } from './shownAt';

const HAVE_ROWS = shownAt(({ takesMemberships }) => takesMemberships === true);
const MEMBERSHIPS = { ...HAVE_ROWS, rows: ['membership'] };
/** Groups that are made have a name and an owner. */
const NEW = {
	...shownAt(({ takesMemberships, mode }) => takesMemberships === true && mayMake({ mode })),
	rows: ['membership'],
};

export const membershipsDescription: INodeProperties[] = [
	{
		displayName: 'Rows',
		name: 'rows',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { ...HAVE_ROWS } },
		options: [
			{
				name: 'One Row for Each Group',
				value: 'group',
				description: 'Each row is a group; its members are a list in one column',
			},
			{
				name: 'One Row for Each Membership',
				value: 'membership',
				description: 'Each row is a person, as in a class roster; a column tells which group the person belongs to',
			},
		],
		default: 'group',
		description: 'What one row of the sheet stands for',
	},
	{
		displayName: 'Group ID',
		name: 'groupIdFrom',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: MEMBERSHIPS },
		options: [
			{ name: 'From Column', value: 'column', description: 'A column holds the ID of the group of each row' },
			{
				name: 'Made From the Name',
				value: 'name',
				description: 'A column holds the name of the group; the same name gives the same ID in every run',
			},
			{ name: 'Same for All', value: 'same', description: 'All rows belong to one group' },
		],
		default: 'column',
		description: 'Where the ID of the group of each row comes from',
	},
	// In sight, for the hint of a field gives way to the value of an expression.
	groupIdNotice(
		'column',
		'The column holds IDs that the service allows, such as class-3b. For names such as 三年级1班, choose Made From the Name.',
	),
	groupIdNotice('name', 'The same name gives the same ID in every run. A class that is renamed is a new group.'),
	{
		displayName: 'Group By',
		name: 'groupBy',
		type: 'string',
		required: true,
		displayOptions: { show: { ...MEMBERSHIPS, groupIdFrom: ['column'] } },
		default: '',
		placeholder: 'e.g. class_id',
		hint: 'Drag a column here, or enter its name',
		description: 'The column that tells the group of each row. Its value is the ID of the group.',
	},
	{
		displayName: 'Group By',
		name: 'groupBy',
		type: 'string',
		required: true,
		displayOptions: { show: { ...MEMBERSHIPS, groupIdFrom: ['name'] } },
		default: '',
		placeholder: 'e.g. class',
		hint: 'Drag a column here, or enter its name',
		description: 'The column that tells the group of each row, by its name',
	},
	{
		displayName: 'ID of the Group',
		name: 'sameGroupId',
		type: 'string',
		required: true,
		displayOptions: { show: { ...MEMBERSHIPS, groupIdFrom: ['same'] } },
		default: '',
		placeholder: 'e.g. staff',
		description: 'The ID of the group that all rows belong to',
	},
	{
		displayName: 'Name of the Group',
		name: 'sameGroupName',
		type: 'string',
		displayOptions: { show: { ...NEW, groupIdFrom: ['same'] } },
		default: '',
		placeholder: 'e.g. All staff',
		description: 'What the group is called. When empty, the ID of the group is its name.',
	},
	{
		displayName: 'Group Name Column',
		name: 'groupNameColumn',
		type: 'string',
		displayOptions: { show: { ...NEW, groupIdFrom: ['column'] } },
		default: '',
		placeholder: 'e.g. class_name',
		hint: 'Drag a column here, or enter its name',
		description: 'The column with the name of the group. When empty, the ID of the group is its name.',
	},
	{
		displayName: 'Owner',
		name: 'owner',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: NEW },
		options: [
			{ name: 'From Column', value: 'column', description: 'The user ID of the owner stands in each row of the group' },
			{ name: 'None', value: 'none', description: 'For services whose groups have no owner' },
			{ name: 'Same for All', value: 'same', description: 'One user owns all groups' },
		],
		default: 'column',
		description: 'Who owns the groups',
	},
	{
		displayName: 'Owner Column',
		name: 'ownerColumn',
		type: 'string',
		required: true,
		displayOptions: { show: { ...NEW, owner: ['column'] } },
		default: '',
		placeholder: 'e.g. teacher_id',
		hint: 'Drag a column here, or enter its name',
		description: 'The column with the user ID of the owner',
	},
	{
		displayName: 'Owner ID',
		name: 'ownerId',
		type: 'resourceLocator',
		required: true,
		displayOptions: { show: { ...NEW, owner: ['same'] } },
		default: { mode: 'id', value: '' },
		// The service offers no list of its users to choose from.
		modes: [{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. t100' }],
		description: 'The user ID of the owner of all groups',
	},
];

function groupIdNotice(groupIdFrom: 'column' | 'name', displayName: string): INodeProperties {
	return {
		displayName,
		name: 'groupIdNotice',
		type: 'notice',
		displayOptions: { show: { ...MEMBERSHIPS, groupIdFrom: [groupIdFrom] } },
		default: '',
	};
}
