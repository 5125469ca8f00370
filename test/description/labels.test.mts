// What the editor shows at each operation when it is opened, by n8n's own rules for what is displayed.

import { createRequire } from 'node:module';
import type { INode, INodeParameters, INodeProperties } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { properties } from '../../nodes/TokenIm/description';

const require = createRequire(import.meta.url);
const { NodeHelpers }: typeof import('n8n-workflow') = require('n8n-workflow');

const node: INode = {
	id: '1',
	name: 'TokenIM',
	type: 'n8n-nodes-tokenim.tokenIm',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** Labels of the top level, in the order in which they stand. */
function shown(chosen: INodeParameters): string[] {
	const all = NodeHelpers.getNodeParameters(properties, chosen, true, false, node, null);
	if (all === null) throw new Error('n8n shows nothing');
	return properties
		.filter((property) => NodeHelpers.displayParameter(all, property, node, null))
		.map(({ displayName, type }) => (type === 'notice' ? displayName.replace(/:.*$/, '') : displayName));
}

const inside = (name: string): string[] =>
	properties
		.filter((property) => property.name === name)
		.flatMap(({ options = [] }) => options.filter((option): option is INodeProperties => 'type' in option))
		.map(({ displayName }) => displayName);

const USER = { resource: 'user' };
const GROUP = { resource: 'group' };

describe('opened, the editor shows', () => {
	test.each<[string, INodeParameters, string[]]>([
		['a new node', {}, ['If User Exists', 'Input', 'Columns', 'Template CSV', 'Validate Only']],
		[
			'Batch Create or Update',
			{ ...USER, operation: 'batchUpsert' },
			['Empty Cells', 'Send', 'Input', 'Columns', 'Template CSV', 'Validate Only'],
		],
		[
			'Batch Delete',
			{ ...USER, operation: 'deleteEvery' },
			[
				'Deletes the user of every row. A deleted user cannot be brought back. To take back what a run created, and nothing else, choose Undo.',
				'Delete at Most',
				'Input',
				'Columns',
				'Validate Only',
			],
		],
		[
			'Batch Suspend',
			{ ...USER, operation: 'batchSuspend' },
			[
				'Suspends the user of every row. A suspended user keeps everything and cannot sign in, until Batch Reactivate.',
				'Suspend at Most',
				'Input',
				'Columns',
				'Validate Only',
			],
		],
		['Batch Reactivate', { ...USER, operation: 'batchReactivate' }, ['Input', 'Columns', 'Validate Only']],
		[
			'Undo',
			{ ...USER, operation: 'undo' },
			[
				'Feed in the output of an earlier run, as it is or from a file. A user is deleted only if the status of its row is "created" and it is still the same account (imId). If the status is "updated", the user gets its earlier values back, where nobody has changed them since. Everything else is kept, with its reason. A deleted user cannot be brought back.',
				'Input',
				'Columns',
				'Validate Only',
			],
		],
		['Get Many of users', { ...USER, operation: 'getAll' }, ['Return All', 'Limit']],
		['Get Many of groups', { ...GROUP, operation: 'getAll', returnAll: true }, ['Return All']],
		[
			'Find Users Not in Rows',
			{ ...USER, operation: 'findUnlisted' },
			[
				'The rows must name everybody who stays',
				'Only Users With',
				'Never These',
				'Include Suspended',
				'Find at Most (%)',
				'Input',
				'Columns',
			],
		],
		[
			'Remove Members',
			{ ...GROUP, operation: 'removeMembers' },
			[
				'Takes the members whom the rows name out of their groups. They stay users, and the owner of a group stays in it.',
				'Remove at Most',
				'Input',
				'Rows',
				'Columns',
				'Template CSV',
				'Validate Only',
			],
		],
		[
			'Batch Delete of groups',
			{ ...GROUP, operation: 'batchDelete' },
			[
				'Deletes the group of every row. Its members stay users. A deleted group cannot be brought back.',
				'Delete at Most',
				'Input',
				'Columns',
				'Validate Only',
			],
		],
		['Verify users', { ...USER, operation: 'verify' }, ['Input', 'Columns', 'Template CSV']],
		['Create groups', { ...GROUP, operation: 'create' }, ['Input', 'Rows', 'Columns', 'Template CSV', 'Validate Only']],
		[
			'Add Members',
			{ ...GROUP, operation: 'addMembers' },
			['Input', 'Rows', 'Columns', 'Template CSV', 'Validate Only'],
		],
		['Verify groups', { ...GROUP, operation: 'verify' }, ['Other Members', 'Input', 'Rows', 'Columns', 'Template CSV']],
		[
			'Create groups of a roster',
			{ ...GROUP, operation: 'create', rows: 'membership' },
			[
				'Input',
				'Rows',
				'Group ID',
				expect.stringMatching(/^The column holds IDs that the service allows/),
				'Group By',
				'Group Name Column',
				'Owner',
				'Owner Column',
				'Columns',
				'Template CSV',
				'Validate Only',
			],
		],
		[
			'one owner',
			{ ...GROUP, rows: 'membership', owner: 'same' },
			[
				'Input',
				'Rows',
				'Group ID',
				expect.stringMatching(/^The column holds IDs that the service allows/),
				'Group By',
				'Group Name Column',
				'Owner',
				'Owner ID',
				'Columns',
				'Template CSV',
				'Validate Only',
			],
		],
		[
			'Set Members',
			{ ...GROUP, operation: 'setMembers' },
			[
				expect.stringMatching(/^Removes from each group in the rows every member whom no row names/),
				'Remove at Most (%)',
				'Never These',
				'Empty Means Nobody',
				'Input',
				'Rows',
				'Columns',
				'Template CSV',
				'Validate Only',
			],
		],
		[
			'Verify groups of a roster',
			{ ...GROUP, operation: 'verify', rows: 'membership' },
			[
				'Other Members',
				'Input',
				'Rows',
				'Group ID',
				expect.stringMatching(/^The column holds IDs that the service allows/),
				'Group By',
				'Columns',
				'Template CSV',
			],
		],
		[
			'groups whose IDs are made from their names',
			{ ...GROUP, rows: 'membership', groupIdFrom: 'name', owner: 'none' },
			[
				'Input',
				'Rows',
				'Group ID',
				expect.stringMatching(/^The same name gives the same ID in every run/),
				'Group By',
				'Owner',
				'Columns',
				'Template CSV',
				'Validate Only',
			],
		],
		[
			'one group of all rows',
			{ ...GROUP, rows: 'membership', groupIdFrom: 'same', owner: 'none' },
			[
				'Input',
				'Rows',
				'Group ID',
				'ID of the Group',
				'Name of the Group',
				'Owner',
				'Columns',
				'Template CSV',
				'Validate Only',
			],
		],
		[
			'members of one group',
			{ ...GROUP, operation: 'addMembers', rows: 'membership', groupIdFrom: 'same' },
			['Input', 'Rows', 'Group ID', 'ID of the Group', 'Columns', 'Template CSV', 'Validate Only'],
		],
		[
			'a file',
			{ input: 'file' },
			['If User Exists', 'Input', 'Input Data Field Name', 'File Options', 'Columns', 'Template CSV', 'Validate Only'],
		],
		[
			'JSON',
			{ input: 'json' },
			['If User Exists', 'Input', 'Rows as JSON', 'Columns', 'Template CSV', 'Validate Only'],
		],
		[
			'Choose Columns',
			{ columns: 'choose' },
			[
				'If User Exists',
				'Input',
				'Columns',
				expect.stringMatching(/^Drag each column from the input onto its field/),
				'Chosen Columns',
				'Attributes',
				'Validate Only',
			],
		],
		[
			'Set Each Value',
			{ columns: 'set' },
			[
				'If User Exists',
				'Input',
				'Columns',
				expect.stringMatching(/^Text that you type is the same in every row\./),
				'Values',
				'Attributes',
				'Validate Only',
			],
		],
		[
			'Validate Only',
			{ validateOnly: true },
			['If User Exists', 'Input', 'Columns', 'Template CSV', 'Validate Only', 'Look Up Existing'],
		],
	])('for %s', (_what, chosen, labels) => {
		expect(shown(chosen)).toEqual(['Resource', 'Operation', ...labels, 'Options']);
	});
});

test('every option of the design has its label', () => {
	expect(inside('options')).toEqual([
		'Allow an Agent to Take Away',
		'Batch Size',
		'Concurrent Requests',
		'Date Format',
		'Default Country Code',
		'Escape Formulas',
		'Fail the Run When',
		'Include Input Fields',
		'Maximum Run Time',
		'Output',
		'Report File',
		'Report File Format',
		'Request Timeout',
		'Return Tokens',
		'Share in Percent',
	]);
	expect(inside('fileOptions')).toEqual([
		'Comment Rows Start With',
		'Delimiter',
		'Encoding',
		'File Format',
		'Header Row',
		'Sheet',
	]);
});

test.each([
	['batchCreate', true],
	['batchUpsert', true],
	['deleteEvery', false],
	['undo', false],
	['verify', false],
	['create', false],
])('Return Tokens at %s: %s', (operation, isShown) => {
	const option = properties.flatMap(({ options = [] }) => options).find(({ name }) => name === 'returnTokens');
	if (option === undefined || !('type' in option)) throw new Error('there is no such option');
	const chosen = { resource: operation === 'create' ? 'group' : 'user', operation };
	expect(NodeHelpers.displayParameter({}, option, node, null, chosen)).toBe(isShown);
});

test('what one operation was told is kept while another is looked at', () => {
	const names = new Map<string, string>();
	for (const { name, type } of properties) {
		expect([name, names.get(name) ?? type]).toEqual([name, type]);
		names.set(name, type);
	}
});
