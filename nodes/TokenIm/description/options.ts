// The Options collection, and how it is read. n8n stores only what the user touched, so an option that was never
// opened is read from the very default that the editor shows.

import type { IDataObject, INodeProperties } from 'n8n-workflow';

export type FailRunWhen = 'everyRow' | 'anyRow' | 'share' | 'never';
export type OutputMode = 'all' | 'attention' | 'summary';

export interface Options {
	readonly failRunWhen: FailRunWhen;
	/** With `share`: the run fails when more than this part of its rows, in percent, failed. */
	readonly sharePercent: number;
	readonly includeInputFields: boolean;
	/** Whether the rows that need attention come out as a CSV file too. */
	readonly reportFile: boolean;
	readonly escapeFormulas: boolean;
	readonly output: OutputMode;
	readonly requestTimeoutMs: number;
	/** `undefined`: as long as it takes. */
	readonly maximumRunTimeMs: number | undefined;
	/** `undefined`: what the plan allows. */
	readonly batchSize: number | undefined;
	/** `undefined`: what the plan allows. */
	readonly concurrentRequests: number | undefined;
}

export const optionsDescription: INodeProperties[] = [
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
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
				displayName: 'Escape Formulas',
				name: 'escapeFormulas',
				type: 'boolean',
				displayOptions: { show: { reportFile: [true] } },
				default: false,
				description:
					'Whether to put an apostrophe in front of cells of the report file that a spreadsheet would run as a formula. Turn it on when strangers fill in the sheet; numbers and phones such as +44 20 7946 0000 stay as they are.',
			},
			{
				displayName: 'Fail the Run When',
				name: 'failRunWhen',
				type: 'options',
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
				default: false,
				description:
					'Whether to add one more item, with the status "report", that holds the rows that need attention as a CSV file in the field "report": each with its reason and its own columns, to mend and to feed in again. With Output at One Summary, the summary holds the file.',
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
				displayName: 'Share in Percent',
				name: 'sharePercent',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 100 },
				displayOptions: { show: { failRunWhen: ['share'] } },
				default: 10,
				description: 'The run fails when more than this share of the rows failed',
			},
		],
	},
];

/** Reads the collection as n8n stores it: only what the user touched is there, the rest is as shown. */
export function readOptions(stored: IDataObject): Options {
	const value = (name: string) => stored[name] ?? shownDefault(name);
	const number = (name: string) => finite(stored[name]) ?? finite(shownDefault(name)) ?? 0;
	return {
		failRunWhen: oneOf(['everyRow', 'anyRow', 'share', 'never'], value('failRunWhen')),
		sharePercent: number('sharePercent'),
		includeInputFields: value('includeInputFields') === true,
		reportFile: value('reportFile') === true,
		escapeFormulas: value('escapeFormulas') === true,
		output: oneOf(['all', 'attention', 'summary'], value('output')),
		requestTimeoutMs: Math.max(1, number('requestTimeout')) * 1000,
		maximumRunTimeMs: limit(number('maximumRunTime') * 1000),
		batchSize: limit(number('batchSize')),
		concurrentRequests: limit(number('concurrentRequests')),
	};
}

function shownDefault(name: string): unknown {
	const shown = optionsDescription[0]?.options?.find((option) => option.name === name);
	return shown !== undefined && 'default' in shown ? shown.default : undefined;
}

/** An expression can put anything in; what is not a choice counts as the first one, which is the default. */
function oneOf<T extends string>(choices: readonly [T, ...T[]], value: unknown): T {
	return choices.find((choice) => choice === value) ?? choices[0];
}

function finite(value: unknown): number | undefined {
	return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** 0 is shown as "no limit of mine". */
function limit(value: number): number | undefined {
	return value > 0 ? Math.max(1, Math.floor(value)) : undefined;
}
