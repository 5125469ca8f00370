// The Options collection, as the editor shows it.

import type { INodeProperties } from 'n8n-workflow';
import { NOT_AT_LISTS, shownAt } from './shownAt';

const MAKES_USERS = atRoot(shownAt(({ makesUsers }) => makesUsers === true));
const TAKES_AWAY = atRoot(shownAt(({ takesAway }) => takesAway === true));

export const optionsDescription: INodeProperties[] = [
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Allow an Agent to Take Away',
				name: 'allowAgentToTakeAway',
				type: 'boolean',
				noDataExpression: true,
				displayOptions: { show: TAKES_AWAY },
				default: false,
				description:
					'Whether an AI agent that calls this node as a tool may take away: delete, suspend, remove members, undo. When off, such a call is refused; workflows are not concerned.',
			},
			{
				displayName: 'Batch Size',
				name: 'batchSize',
				type: 'number',
				typeOptions: { minValue: 0, numberPrecision: 0 },
				default: 0,
				description: 'How many rows travel in one request. 0 means as many as the plan allows.',
			},
			{
				displayName: 'Concurrent Requests',
				name: 'concurrentRequests',
				type: 'number',
				typeOptions: { minValue: 0, numberPrecision: 0 },
				default: 0,
				description: 'How many requests are under way at once. 0 means as many as the plan allows.',
			},
			{
				displayName: 'Date Format',
				name: 'dateFormat',
				type: 'string',
				default: '',
				placeholder: 'e.g. dd/MM/yyyy',
				description:
					'How dates are written in the rows, in the <a href="https://moment.github.io/luxon/#/parsing" target="_blank">tokens of Luxon</a>. Needed where 02/03/2026 can mean two days. Dates without an offset are in the time zone of the workflow.',
			},
			{
				displayName: 'Default Country Code',
				name: 'defaultCountryCode',
				type: 'string',
				default: '',
				placeholder: 'e.g. +86',
				description: 'What stands before phones that have no country code. Without it such phones are refused.',
			},
			{
				displayName: 'Escape Formulas',
				name: 'escapeFormulas',
				type: 'boolean',
				displayOptions: { show: { reportFile: [true] }, hide: NOT_AT_LISTS },
				default: true,
				description:
					'Whether to put an apostrophe in front of what a spreadsheet would run as a formula in a CSV report (in an Excel report nothing is run). Input: File takes it off again; numbers and phones such as +44 20 7946 0000 stay as they are.',
			},
			{
				displayName: 'Fail the Run When',
				name: 'failRunWhen',
				type: 'options',
				displayOptions: { hide: NOT_AT_LISTS },
				options: [
					{
						name: 'Any Row Failed',
						value: 'anyRow',
						description: 'Stop the workflow after the run if one row or more failed',
					},
					{
						name: 'Every Row Failed',
						value: 'everyRow',
						description: 'Stop the workflow after the run if no row succeeded',
					},
					{
						name: 'Never',
						value: 'never',
						description: 'Always go on; look at the status of each row',
					},
					{
						name: 'Share of Failed Rows Is Above',
						value: 'share',
						description: 'Stop the workflow after the run if more than a share of the rows failed',
					},
				],
				default: 'everyRow',
				description:
					'When the workflow stops after all rows had their turn. Applies while On Error, in the settings of this node, is Stop Workflow; otherwise it shows a warning.',
			},
			{
				displayName: 'Include Input Fields',
				name: 'includeInputFields',
				type: 'boolean',
				displayOptions: { hide: NOT_AT_LISTS },
				default: false,
				description: 'Whether to add the columns of the row to each result, under "input"',
			},
			{
				displayName: 'Maximum Run Time',
				name: 'maximumRunTime',
				type: 'number',
				typeOptions: { minValue: 0, numberPrecision: 0 },
				default: 0,
				description:
					'Seconds after which the run returns what it has; rows that had no turn are reported as notAttempted. 0 means no limit.',
			},
			{
				displayName: 'Output',
				name: 'output',
				type: 'options',
				options: [
					{
						name: 'All Rows',
						value: 'all',
						description: 'One result for each row, in the order of the rows',
					},
					{
						name: 'One Summary',
						value: 'summary',
						description: 'One result for the whole run, with counts',
					},
					{
						name: 'Only Rows That Need Attention',
						value: 'attention',
						description: 'Leave out the rows with which all is well',
					},
				],
				default: 'all',
				description: 'Which results to return',
			},
			{
				displayName: 'Report File',
				name: 'reportFile',
				type: 'boolean',
				displayOptions: { hide: NOT_AT_LISTS },
				default: false,
				description:
					'Whether to add one more item, with the status "report", that holds the rows that need attention as a file in the field "report": each with its reason and its own columns, to mend and to feed in again. With Output at One Summary, the summary holds the file. A run that stops the workflow (see Fail the Run When) hands over no file: to have it then too, set On Error, in the settings of this node, to Continue.',
			},
			{
				displayName: 'Report File Format',
				name: 'reportFileFormat',
				type: 'options',
				displayOptions: { show: { reportFile: [true] }, hide: NOT_AT_LISTS },
				options: [
					{ name: 'CSV', value: 'csv', description: 'For any program; a double click may spoil IDs and phones' },
					{
						name: 'Excel',
						value: 'excel',
						description: 'A workbook (.xlsx) in which IDs, phones and dates are text and stay as they are',
					},
				],
				default: 'csv',
				description: 'What kind of file the report is. Both can be mended and fed in again.',
			},
			{
				displayName: 'Request Timeout',
				name: 'requestTimeout',
				type: 'number',
				typeOptions: { minValue: 1, numberPrecision: 0 },
				default: 60,
				description: 'Seconds to wait for the answer to one request',
			},
			{
				displayName: 'Return Tokens',
				name: 'returnTokens',
				type: 'boolean',
				displayOptions: { show: MAKES_USERS },
				default: false,
				description:
					'Whether to add the tokens that the service hands out with a user, and a password that this node made for a new one, to the result of the row, under "tokens". Which services have them stands in the API profile (returns, generate). Whoever has one can sign in as that user: pass it on to where it belongs and nowhere else. Nodes after this one can read it, and n8n stores it with the execution; the report file and a summary never hold it, and an AI agent is refused.',
			},
			{
				displayName: 'Share in Percent',
				name: 'sharePercent',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 100 },
				displayOptions: { show: { failRunWhen: ['share'] }, hide: NOT_AT_LISTS },
				default: 10,
				description: 'The run fails when more than this share of the rows failed',
			},
		],
	},
];

/** As a setting inside a collection asks for those beside the collection. */
function atRoot({ resource = [], operation = [] }: ReturnType<typeof shownAt>): Record<string, string[]> {
	return { '/resource': resource, '/operation': operation };
}
