// What an AI agent may do that calls the node as a tool.

import type { IExecuteFunctions } from 'n8n-workflow';
import type { Operation } from '../engine/operation';
import { eachRow } from '../engine/rows/rowReader';
import { SettingUnclear } from '../operations/parameters';
import type { RowSource } from './rowSource';

/** An agent that sends a sheet through a tool call has misread it; it is told to send less, before anything is written. */
const MOST_OF_A_TOOL_CALL = 50;

/** What a run is about to do that not everybody may have done. */
export interface Asked {
	/** Whether the operation takes people away, … */
	readonly takesAway: boolean;
	/** … and whether the author of the workflow lets an agent do that. */
	readonly mayTakeAway: boolean;
	/** Whether tokens and passwords would be in its results. */
	readonly returnsTokens: boolean;
}

/**
 * @throws SettingUnclear where an AI agent calls the node with more rows than it should, for what it may not do, or would
 *   be told secrets
 */
export async function checkToolCall(
	host: IExecuteFunctions,
	source: RowSource,
	{ takesAway, mayTakeAway, returnsTokens }: Asked,
): Promise<void> {
	if (!isToolCall(host)) return;
	if (takesAway && !mayTakeAway)
		throw new SettingUnclear(
			'An AI agent may not take people away with this tool',
			'Do it in a workflow, or have the author of this one switch the option "Allow an Agent to Take Away" of the node on. Nothing was sent.',
		);
	if (returnsTokens)
		throw new SettingUnclear(
			'An AI agent gets no tokens and no passwords of users',
			'Turn Return Tokens off where the node is a tool: what an agent is told goes to its model, and may be repeated to anybody. Nothing was sent.',
		);
	const seen: number[] = [];
	for await (const { number } of eachRow(source.rows()))
		if (seen.push(number) > MOST_OF_A_TOOL_CALL) throw tooMany('rows');
}

/**
 * Members are people as well: one row may name thousands of them.
 *
 * @throws SettingUnclear where the rows of an agent's call name more than it should
 */
export async function checkMembersOfToolCall(
	host: IExecuteFunctions,
	source: RowSource,
	operation: Pick<Operation, 'prepare'>,
): Promise<void> {
	if (!isToolCall(host)) return;
	let people = 0;
	for await (const row of eachRow(source.rows())) {
		const prepared = operation.prepare(row);
		people += Math.max(1, prepared.ok ? (prepared.entry.memberIds?.length ?? 0) : 0);
		if (people > MOST_OF_A_TOOL_CALL) throw tooMany('rows and members');
	}
}

function tooMany(what: string): SettingUnclear {
	return new SettingUnclear(
		`An AI agent may send at most ${MOST_OF_A_TOOL_CALL} ${what} in one call of this tool`,
		'Call it again with fewer. Whole sheets are for this node in a workflow, not for an agent. Nothing was sent.',
	);
}

/** How many a list may hold of which an AI agent is told; `undefined` where none calls. */
export function mostListed(host: IExecuteFunctions): number | undefined {
	return isToolCall(host) ? MOST_OF_A_TOOL_CALL : undefined;
}

/** Called through the agent's own context, which n8n 1 does not tell, or by n8n's engine on behalf of an agent. */
export function isToolCall(host: IExecuteFunctions): boolean {
	if (typeof host.isToolExecution === 'function' && host.isToolExecution()) return true;
	return host.getNode().rewireOutputLogTo === 'ai_tool';
}
