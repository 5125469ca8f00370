// The Options collection as the run knows it. n8n stores only what the user touched, so an option that was never
// opened is read from the very default that the editor shows.

import type { IDataObject } from 'n8n-workflow';
import { optionsDescription } from '../description/options';

export type FailRunWhen = 'everyRow' | 'anyRow' | 'share' | 'never';
export type OutputMode = 'all' | 'attention' | 'summary';

export interface Options {
	/** Whether an AI agent that calls the node may take people away. */
	readonly allowAgentToTakeAway: boolean;
	readonly failRunWhen: FailRunWhen;
	/** With `share`: the run fails when more than this part of its rows, in percent, failed. */
	readonly sharePercent: number;
	readonly includeInputFields: boolean;
	/** Whether the rows that need attention come out as a file too. */
	readonly reportFile: boolean;
	readonly reportFileFormat: 'csv' | 'excel';
	readonly escapeFormulas: boolean;
	/** Whether tokens that the service hands out with a user come out too. */
	readonly returnTokens: boolean;
	readonly output: OutputMode;
	/** Luxon's tokens; `undefined`: only dates that can be read in one way. */
	readonly dateFormat: string | undefined;
	/** Put before national phone numbers. */
	readonly defaultCountryCode: string | undefined;
	readonly requestTimeoutMs: number;
	/** `undefined`: as long as it takes. */
	readonly maximumRunTimeMs: number | undefined;
	/** `undefined`: what the plan allows. */
	readonly batchSize: number | undefined;
	/** `undefined`: what the plan allows. */
	readonly concurrentRequests: number | undefined;
}

/** Reads the collection as n8n stores it: only what the user touched is there, the rest is as shown. */
export function readOptions(stored: IDataObject): Options {
	const value = (name: string) => stored[name] ?? shownDefault(name);
	const number = (name: string) => finite(stored[name]) ?? finite(shownDefault(name)) ?? 0;
	return {
		allowAgentToTakeAway: value('allowAgentToTakeAway') === true,
		failRunWhen: oneOf(['everyRow', 'anyRow', 'share', 'never'], value('failRunWhen')),
		sharePercent: number('sharePercent'),
		includeInputFields: value('includeInputFields') === true,
		reportFile: value('reportFile') === true,
		reportFileFormat: oneOf(['csv', 'excel'], value('reportFileFormat')),
		escapeFormulas: value('escapeFormulas') !== false,
		returnTokens: value('returnTokens') === true,
		output: oneOf(['all', 'attention', 'summary'], value('output')),
		dateFormat: text(value('dateFormat')),
		defaultCountryCode: text(value('defaultCountryCode')),
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

/** A code that an expression made a number of is meant as it reads. */
function text(value: unknown): string | undefined {
	const written = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	return written === '' ? undefined : written;
}

function finite(value: unknown): number | undefined {
	return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** 0 is shown as "no limit of mine". */
function limit(value: number): number | undefined {
	return value > 0 ? Math.max(1, Math.floor(value)) : undefined;
}
