// What an AI agent may do that calls the node as a tool.

import type { IExecuteFunctions } from 'n8n-workflow';
import { SettingUnclear } from '../operations/parameters';
import type { RowSource } from './rowSource';

/** An agent that sends a sheet through a tool call has misread it; it is told to send less, before anything is written. */
const MOST_ROWS_OF_A_TOOL_CALL = 50;

/** What a run is about to do that not everybody may have done. */
export interface Asked {
	/** Whether tokens and passwords would be in its results. */
	readonly returnsTokens: boolean;
}

/** @throws SettingUnclear where an AI agent calls the node with more rows than it should, or would be told secrets */
export async function checkToolCall(
	host: IExecuteFunctions,
	source: RowSource,
	{ returnsTokens }: Asked,
): Promise<void> {
	if (!isToolCall(host)) return;
	if (returnsTokens)
		throw new SettingUnclear(
			'An AI agent gets no tokens and no passwords of users',
			'Turn Return Tokens off where the node is a tool: what an agent is told goes to its model, and may be repeated to anybody. Nothing was sent.',
		);
	const seen: number[] = [];
	for await (const { number } of source.rows())
		if (seen.push(number) > MOST_ROWS_OF_A_TOOL_CALL)
			throw new SettingUnclear(
				`An AI agent may send at most ${MOST_ROWS_OF_A_TOOL_CALL} rows in one call of this tool`,
				'Call it again with fewer rows. Whole sheets are for this node in a workflow, not for an agent. Nothing was sent.',
			);
}

/** Called through the agent's own context, which n8n 1 does not tell, or by n8n's engine on behalf of an agent. */
function isToolCall(host: IExecuteFunctions): boolean {
	if (typeof host.isToolExecution === 'function' && host.isToolExecution()) return true;
	return host.getNode().rewireOutputLogTo === 'ai_tool';
}
