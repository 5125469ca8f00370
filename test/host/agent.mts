// An AI agent's side of n8n's engine: a node that asks the engine to run its tool, and hears what the tool answered.

import { createRequire } from 'node:module';
import type {
	EngineResponse,
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	INodeParameters,
	INodeType,
} from 'n8n-workflow';
import { hostData } from './engine.mts';
import { nodeThat } from './fakeNode.mts';
import { builtPackage } from './package.mts';

const require = createRequire(import.meta.url);
const {
	Workflow,
	NodeConnectionTypes,
	createRunExecutionData,
}: typeof import('n8n-workflow') = require('n8n-workflow');
const { ExecutionLifecycleHooks, WorkflowExecute }: typeof import('n8n-core') = require('n8n-core');

export interface AgentCall {
	readonly parameters: INodeParameters;
	readonly credentials: ICredentialDataDecryptedObject;
	/** What the model filled in, by the names that `$fromAI` gives. */
	readonly input: IDataObject;
}

/** What the agent hears: the items of the tool. */
export async function callThroughEngine(call: AgentCall): Promise<readonly IDataObject[]> {
	const { nodeType, credentialType } = await builtPackage();
	// What n8n makes of a node that is usable as a tool (its package `cli`, tool-generation).
	const tool: INodeType = {
		execute: nodeType.execute,
		description: { ...nodeType.description, inputs: [], outputs: [NodeConnectionTypes.AiTool] },
	};
	const types: Record<string, INodeType> = { agent: agentThat(call.input), tool };
	const typeOf = (name: string): INodeType => types[name] ?? nodeThat(async (host) => host.getInputData());
	const credentials: INode['credentials'] = { tokenImApi: { id: '1', name: 'TokenIM' } };
	const nodes = [nodeOf('start'), nodeOf('agent'), { ...nodeOf('tool'), parameters: call.parameters, credentials }];
	const about = { id: 'w', name: 'Tool', active: false, nodes, settings: { executionOrder: 'v1' } } as const;
	const connections = {
		start: { main: [[{ node: 'agent', type: NodeConnectionTypes.Main, index: 0 }]] },
		tool: { ai_tool: [[{ node: 'agent', type: NodeConnectionTypes.AiTool, index: 0 }]] },
	};
	const nodeTypes = { getByName: typeOf, getByNameAndVersion: typeOf, getKnownTypes: () => ({}) };
	const workflow = new Workflow({ ...about, connections, nodeTypes });
	const now = new Date(0);
	const exported = { ...about, connections, isArchived: false, createdAt: now, updatedAt: now, activeVersionId: null };
	const hooks = new ExecutionLifecycleHooks('manual', '1', exported);
	const host = hostData({ items: [], credentials: call.credentials }, hooks, credentialType);
	const start = createRunExecutionData({
		executionData: {
			nodeExecutionStack: [{ node: nodeOf('start'), data: { main: [[{ json: { chat: 'hello' } }]] }, source: null }],
		},
	});
	const run = await new WorkflowExecute(host, 'manual', start).processRunExecutionData(workflow);
	if (run.data.resultData.error !== undefined) throw run.data.resultData.error;
	const items = run.data.resultData.runData.agent?.at(-1)?.data?.main?.[0] ?? [];
	return items.map(({ json }) => json);
}

function nodeOf(name: string): INode {
	return { id: `id-${name}`, name, type: name, typeVersion: 1, position: [0, 0], parameters: {} };
}

function agentThat(input: IDataObject): INodeType {
	const { description } = nodeThat(async () => []);
	return {
		description: { ...description, inputs: [NodeConnectionTypes.Main, { type: NodeConnectionTypes.AiTool }] },
		async execute(response?: EngineResponse) {
			const answers = response?.actionResponses ?? [];
			if (answers.length > 0) return [answers.flatMap(({ data }) => data.data?.ai_tool?.[0] ?? [])];
			const action = {
				actionType: 'ExecutionNodeAction',
				nodeName: 'tool',
				input,
				type: NodeConnectionTypes.AiTool,
				id: 'call-1',
				metadata: {},
			} as const;
			return { actions: [action], metadata: {} };
		},
	};
}
