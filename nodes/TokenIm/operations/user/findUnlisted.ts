// User → Find Users Not in Rows: whom the service has and the rows do not name. Reads only.

import { defineList } from '../definition';
import { idsIn, onOrOff, SettingUnclear, wholeNumber, type ReadParameter } from '../parameters';
import { findUnlisted, type UnlistedSettings } from './unlisted';

/** In percent. */
const MOST = 20;

export const findUnlistedUsers = defineList<UnlistedSettings>({
	resource: 'user',
	words: {
		name: 'Find Users Not in Rows',
		value: 'findUnlisted',
		description: 'Find the users whom the rows do not name, such as leavers, without changing anything',
		action: 'Find users that are not in the rows',
	},
	parameters: [
		{
			displayName:
				'The rows must name everybody who stays: whoever is in no row comes out. Only the User ID of a row counts. Nobody is changed; Batch Suspend or Batch Delete, after this node, takes what comes out.',
			name: 'unlistedNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Only Users With',
			name: 'onlyUsersWith',
			type: 'fixedCollection',
			placeholder: 'Add Attribute',
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
							placeholder: 'e.g. school',
							description: 'What the attribute is called in the service',
						},
						{
							displayName: 'Value',
							name: 'value',
							type: 'string',
							noDataExpression: true,
							default: '',
							placeholder: 'e.g. North',
							description: 'The value as the service has it, letter by letter',
						},
					],
				},
			],
			description:
				'Look only at users whose attribute has this value, where the rows are those of one school, say. When empty, everybody is looked at.',
		},
		{
			displayName: 'Never These',
			name: 'neverThese',
			type: 'string',
			noDataExpression: true,
			typeOptions: { rows: 3 },
			default: '',
			placeholder: 'e.g. admin',
			description: 'User IDs of those who are never found, one on each line, such as administrators and bots',
		},
		{
			displayName: 'Include Suspended',
			name: 'includeSuspended',
			type: 'boolean',
			noDataExpression: true,
			default: false,
			description: 'Whether to find users, too, who are suspended already',
		},
		{
			displayName: 'Find at Most (%)',
			name: 'findAtMost',
			type: 'number',
			noDataExpression: true,
			typeOptions: { minValue: 0, numberPrecision: 0 },
			default: MOST,
			description:
				'How many users one run may find, in percent of the active users that Only Users With lets through. Where more are in no row, nobody comes out. 0 means no limit.',
		},
	],
	mode: 'delete',
	lists: 'besideRows',
	nobody: 'All users are in the rows',
	columnsAre: 'notTold',
	settings: (read) => ({
		onlyWith: readOnlyWith(read),
		never: idsIn(read, 'neverThese', 'Never These'),
		includeSuspended: onOrOff(read, 'includeSuspended', 'Include Suspended', false),
		mostPercent: wholeNumber(read, 'findAtMost', 'Find at Most', MOST),
	}),
	make: findUnlisted,
});

/** @throws SettingUnclear where one half is empty: it would let everybody through */
function readOnlyWith(read: ReadParameter): UnlistedSettings['onlyWith'] {
	const stored = read('onlyUsersWith', {});
	const attribute = valueAt(stored, 'attribute');
	if (attribute === undefined) return undefined;
	const [name, value] = [textOf(valueAt(attribute, 'name')), textOf(valueAt(attribute, 'value'))];
	if (name !== '' && value !== '') return { name, value };
	throw new SettingUnclear(
		'"Only Users With" has no name, or no value',
		'Enter both, or remove the attribute to look at everybody. Nothing was sent.',
	);
}

function valueAt(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
}

function textOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
