// Where the time of an import goes, from what n8n noted of its nodes.

import { parse } from 'flatted';
import { isRecord } from '../../sandbox/types.mts';
import type { Postgres } from './postgres.mts';
import { IMPORT_WORKFLOW_ID } from './workflows.mts';

export interface NodeTime {
	readonly node: string;
	readonly ms: number;
}

/** Of the nodes of the import that ended last, in the order in which they ran. */
export async function nodeTimes(postgres: Postgres): Promise<NodeTime[]> {
	const stored = await postgres.value(
		`select data from execution_data where "executionId" = (select max(id) from execution_entity where "workflowId" = '${IMPORT_WORKFLOW_ID}' and status = 'success')`,
	);
	return timesOf(stored);
}

/** @param stored the data of an execution, as n8n keeps it */
export function timesOf(stored: string): NodeTime[] {
	const data: unknown = parse(stored);
	const runData = isRecord(data) && isRecord(data.resultData) ? data.resultData.runData : undefined;
	if (!isRecord(runData)) throw new Error('n8n kept no run data of the import.');
	return Object.entries(runData).map(([node, runs]) => ({
		node,
		ms: Array.isArray(runs)
			? runs.reduce((sum: number, run: unknown) => sum + (isRecord(run) ? Number(run.executionTime) : 0), 0)
			: 0,
	}));
}
