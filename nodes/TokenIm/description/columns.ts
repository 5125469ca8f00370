// What the editor shows of Columns: how the columns of a sheet become fields.

import type { INodeProperties } from 'n8n-workflow';
import { readsAllFields } from '../protocol/fields/fieldUse';
import { shownAt } from './shownAt';

export const columnsDescription: INodeProperties[] = [
	{
		displayName: 'Columns',
		name: 'columns',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Match Automatically',
				value: 'auto',
				description: 'Find the columns by their names, English or Chinese; a hint says which became what',
			},
			{
				name: 'Choose Columns',
				value: 'choose',
				description: 'Say for each field in which column it stands',
			},
			{
				name: 'Set Each Value',
				value: 'set',
				description: 'Write text or an expression for each field',
			},
		],
		default: 'auto',
		description: 'Which column of the rows is which field',
	},
	notice(
		'choose',
		'Drag each column from the input onto its field, or enter the name of the column. Fields left empty are not sent.',
	),
	mapper({
		displayName: 'Chosen Columns',
		name: 'chosenColumns',
		description: 'Which column of the rows is which field',
		displayOptions: { show: { columns: ['choose'] } },
	}),
	...attributes('chosenAttributes', 'choose', {
		displayName: 'Column',
		name: 'value',
		type: 'string',
		default: '',
		placeholder: 'e.g. Class',
		description: 'Drag a column from the input here, or enter its name',
	}),
	notice(
		'set',
		'Text that you type is the same in every row. To use what a column holds, drag the column from the input onto the field. Fields left empty are not sent.',
	),
	mapper({
		displayName: 'Values',
		name: 'values',
		description: 'What each field is: text is the same in every row; an expression is worked out for each row',
		displayOptions: { show: { columns: ['set'] } },
	}),
	...attributes('attributeValues', 'set', {
		displayName: 'Value',
		name: 'value',
		type: 'string',
		default: '',
		description: 'Text is the same in every row; an expression is worked out for each row',
	}),
];

/** What a choice means for what is typed below it: in sight, for a tooltip is read after the run. */
function notice(columns: 'choose' | 'set', displayName: string): INodeProperties {
	return {
		displayName,
		name: 'columnsNotice',
		type: 'notice',
		displayOptions: { show: { columns: [columns] } },
		default: '',
	};
}

/** n8n's resource mapper with the fields of the operation; matching by itself is what Match Automatically does. */
function mapper(
	shown: Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'displayOptions'>,
): INodeProperties {
	return {
		...shown,
		type: 'resourceMapper',
		noDataExpression: true,
		required: true,
		default: { mappingMode: 'defineBelow', value: null },
		typeOptions: {
			loadOptionsDependsOn: ['resource', 'rows'],
			resourceMapper: {
				resourceMapperMethod: 'getFields',
				mode: 'add',
				fieldWords: { singular: 'field', plural: 'fields' },
				valuesLabel: shown.displayName,
				addAllFields: true,
				multiKeyMatch: false,
				supportAutoMap: false,
				hideNoDataError: true,
			},
		},
	};
}

/** Attributes have names of the user's own, which the mapper cannot list. Memberships have none. */
function attributes(name: string, columns: 'choose' | 'set', value: INodeProperties): INodeProperties[] {
	const shown: INodeProperties = {
		displayName: 'Attributes',
		name,
		type: 'fixedCollection',
		placeholder: 'Add Attribute',
		typeOptions: { multipleValues: true },
		default: {},
		options: [
			{
				displayName: 'Attribute',
				name: 'attribute',
				values: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						noDataExpression: true,
						default: '',
						placeholder: 'e.g. class',
						description: 'What the attribute is called in the service',
					},
					value,
				],
			},
		],
		description: 'Facts of your own about each user or group, such as a class or a department',
	};
	const at = (of: 'user' | 'group') => shownAt(({ resource, mode }) => resource === of && readsAllFields(mode));
	const ofUsers = { columns: [columns], ...at('user') };
	const ofGroups = { columns: [columns], ...at('group'), rows: ['group'] };
	return [
		{ ...shown, displayOptions: { show: ofUsers } },
		{ ...shown, displayOptions: { show: ofGroups } },
	];
}
