// What the editor shows of Validate Only, at every operation that has it.

import type { INodeProperties } from 'n8n-workflow';
import { shownAt } from './shownAt';

const HAS_IT = shownAt(({ hasValidateOnly }) => hasValidateOnly);

export const validateOnlyDescription: INodeProperties[] = [
	{
		displayName: 'Validate Only',
		name: 'validateOnly',
		type: 'boolean',
		noDataExpression: true,
		displayOptions: { show: { ...HAS_IT } },
		default: false,
		description: 'Whether to check every row and write nothing, to see what would be refused before it is sent',
	},
	{
		displayName: 'Look Up Existing',
		name: 'lookUpExisting',
		type: 'boolean',
		noDataExpression: true,
		displayOptions: { show: { ...HAS_IT, validateOnly: [true] } },
		default: true,
		description:
			'Whether to ask the service which IDs it knows, so that each row also tells under "would" what the run would do. Reads only.',
	},
];
