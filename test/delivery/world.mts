// A service with faults, reached over HTTP by the built node in n8n's own engine, and what each of them says afterwards.

import type { IDataObject, INodeExecutionData, INodeType } from 'n8n-workflow';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/server.mts';
import { isRecord } from '../../sandbox/types.mts';
import { runWorkflow, type WorkflowOptions, type WorkflowResult } from '../host/engine.mts';
import { builtPackage } from '../host/package.mts';

export type Verdict = Readonly<Record<string, unknown>>;

export interface World {
	readonly sandbox: Sandbox;
	/** Runs the node once; *On Error* is at Continue where nothing else is said. */
	run(items: readonly IDataObject[], options?: Omit<Partial<WorkflowOptions>, 'items'>): Promise<WorkflowResult>;
	/** The writes of users that have arrived so far. */
	writes(): Sandbox['requests'];
}

/** A sandbox of the test's own, without a rate, and the node before it. */
export async function openWorld(
	atTheEnd: (close: () => Promise<void>) => void,
	options: SandboxOptions = {},
): Promise<World> {
	const sandbox = await startSandbox({ plan: 'unpaced', ...options });
	atTheEnd(() => sandbox.close());
	const { baseUrl, apiKey, apiSecret } = sandbox;
	return {
		sandbox,
		run: (items, rest = {}) =>
			runWorkflow({ items, credentials: { baseUrl, apiKey, apiSecret }, onError: 'continueRegularOutput', ...rest }),
		writes: () => sandbox.requests.filter(({ endpoint }) => endpoint === 'users/batch'),
	};
}

/** So many people: `p1`, `p2`, … */
export function people(count: number): Array<{ readonly userId: string; readonly username: string }> {
	return Array.from({ length: count }, (_, index) => ({ userId: `p${index + 1}`, username: `Person ${index + 1}` }));
}

/** The verdicts of a run in row order, wherever its items came out. */
export function verdictsOf({ outputs }: Pick<WorkflowResult, 'outputs'>): Verdict[] {
	return outputs
		.flat()
		.map(({ json }): Verdict => (isRecord(json.error) ? json.error : json))
		.sort((one, other) => Number(one.row) - Number(other.row));
}

/** `created`, or `exists?` where nobody knows who created it. */
export function statusesOf(result: Pick<WorkflowResult, 'outputs'>): string[] {
	return verdictsOf(result).map(({ status, createdBy }) => `${String(status)}${createdBy === 'unknown' ? '?' : ''}`);
}

export function countsOf(result: Pick<WorkflowResult, 'outputs'>): Record<string, number> {
	const counts = new Map<string, number>();
	for (const status of statusesOf(result)) counts.set(status, (counts.get(status) ?? 0) + 1);
	return Object.fromEntries(counts);
}

/** The node, and what it gave back even where n8n throws that away. */
export async function watchedNode(): Promise<{
	readonly nodeType: INodeType;
	readonly returned: Promise<readonly INodeExecutionData[]>;
}> {
	const { nodeType } = await builtPackage();
	let resolve: (items: readonly INodeExecutionData[]) => void = () => undefined;
	const returned = new Promise<readonly INodeExecutionData[]>((settle) => (resolve = settle));
	const execute: INodeType['execute'] = async function () {
		const outputs = (await nodeType.execute?.call(this)) ?? [[]];
		if (Array.isArray(outputs)) resolve(outputs[0] ?? []);
		return outputs;
	};
	return { nodeType: { ...nodeType, description: nodeType.description, execute }, returned };
}
