// What an AI agent may do that calls the node as a tool.

import type { IExecuteFunctions } from 'n8n-workflow';
import { SettingUnclear } from '../operations/parameters';
import type { RowSource } from './rowSource';

/** An agent that sends a sheet through a tool call has misread it; it is told to send less, before anything is written. */
const MOST_ROWS_OF_A_TOOL_CALL = 50;

/** @throws SettingUnclear where an AI agent calls the node with more rows than it should */
export async function checkToolCall(host: IExecuteFunctions, source: RowSource): Promise<void> {
	if (!isToolCall(host)) return;
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
