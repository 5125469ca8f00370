// What the editor shows of Validate Only, on every operation that writes.

import type { INodeProperties } from 'n8n-workflow';

const WRITING = {
	resource: ['user', 'group'],
	operation: ['addMembers', 'batchCreate', 'batchDelete', 'batchUpsert', 'create'],
};

export const trialDescription: INodeProperties[] = [
	{
		displayName: 'Validate Only',
		name: 'validateOnly',
		type: 'boolean',
		displayOptions: { show: WRITING },
		default: false,
		description: 'Whether to check every row and write nothing, to see what would be refused before it is sent',
	},
	{
		displayName: 'Look Up Existing',
		name: 'lookUpExisting',
		type: 'boolean',
		displayOptions: { show: { ...WRITING, validateOnly: [true] } },
		default: true,
		description:
			'Whether to ask the service which IDs it knows, so that each row also tells under "would" what the run would do. Reads only.',
	},
];
