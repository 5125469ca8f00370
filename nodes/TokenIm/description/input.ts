// What the editor shows of Input: where the rows come from.

import type { INodeProperties } from 'n8n-workflow';
import { filledInByModel, IS_TOOL, toolNotices } from './tool';

const input: INodeProperties = {
	displayName: 'Input',
	name: 'input',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'File',
			value: 'file',
			description: 'Each row of a CSV, TSV, JSON or JSON Lines file is a row',
		},
		{
			name: 'Incoming Items',
			value: 'items',
			description: 'Each item that comes in is a row',
		},
		{
			name: 'JSON',
			value: 'json',
			description: 'Each object of a list is a row, for example one that an AI agent fills in',
		},
	],
	default: 'items',
	description: 'Where the rows come from',
};

const rowsAsJson: INodeProperties = {
	displayName: 'Rows as JSON',
	name: 'rowsAsJson',
	type: 'json',
	required: true,
	displayOptions: { show: { input: ['json'] } },
	default: '[]',
	placeholder: 'e.g. [{ "userId": "s001", "username": "Ada" }]',
	description: 'A list of objects, one for each row, or one object for a single row. Their names are the columns.',
};

export const inputDescription: INodeProperties[] = [
	...toolNotices,
	{ ...input, displayOptions: { hide: IS_TOOL } },
	{ ...input, displayOptions: { show: IS_TOOL }, default: 'json' },
	{ ...rowsAsJson, displayOptions: { ...rowsAsJson.displayOptions, hide: IS_TOOL } },
	filledInByModel(rowsAsJson),
];
