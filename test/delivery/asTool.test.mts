// The node as a tool of an AI agent: n8n-core makes the tool and calls the node; the agent here calls what it is told to.

import { createRequire } from 'node:module';
import type { IDataObject, INode, INodeExecutionData, INodeType } from 'n8n-workflow';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isRecord } from '../../sandbox/types.mts';
import { hostData } from '../host/engine.mts';
import { nodeThat } from '../host/fakeNode.mts';
import { builtPackage } from '../host/package.mts';
import { openWorld, type World } from './world.mts';

const require = createRequire(import.meta.url);
const {
	Workflow,
	NodeConnectionTypes,
	createRunExecutionData,
}: typeof import('n8n-workflow') = require('n8n-workflow');
const { ExecutionLifecycleHooks, WorkflowExecute }: typeof import('n8n-core') = require('n8n-core');

const ADA = { userId: 'ada', username: 'Ada' };

interface Tool {
	invoke(input: IDataObject): Promise<unknown>;
}

/** An agent that calls its tool with these arguments, one after the other, and puts out the answers as it gets them. */
function agentThat(calls: readonly IDataObject[], isAtOnce: boolean): INodeType {
	const agent = nodeThat(async (host): Promise<INodeExecutionData[]> => {
		const tools: unknown = await host.getInputConnectionData(NodeConnectionTypes.AiTool, 0);
		const tool = Array.isArray(tools) ? tools.find(isTool) : undefined;
		if (tool === undefined) throw new Error('No tool is connected');
		const answer = async (call: IDataObject) => ({ json: { answer: String(await tool.invoke(call)) } });
		if (isAtOnce) return await Promise.all(calls.map(answer));
		const answers: INodeExecutionData[] = [];
		for (const call of calls) answers.push(await answer(call));
		return answers;
	});
	const inputs = [NodeConnectionTypes.Main, { type: NodeConnectionTypes.AiTool }];
	return { ...agent, description: { ...agent.description, inputs } };
}

function isTool(value: unknown): value is Tool {
	return typeof value === 'object' && value !== null && 'invoke' in value;
}

/** n8n adds `Tool` to the name of a node that is usable as a tool, and gives it a tool's output. */
async function asTool(): Promise<INodeType> {
	const { nodeType } = await builtPackage();
	expect(nodeType.description.usableAsTool).toBe(true);
	const { usableAsTool: _, ...description } = nodeType.description;
	return {
		...nodeType,
		execute: nodeType.execute,
		description: { ...description, inputs: [], outputs: [NodeConnectionTypes.AiTool] },
	};
}

interface ToolCalls {
	/** Beside what the model fills in. */
	readonly nodeOptions?: IDataObject;
	readonly isAtOnce?: boolean;
	readonly executionId?: string;
}

/** What the tool answers to each call, as the model would read it. */
async function callTool({ sandbox }: World, calls: readonly IDataObject[], options: ToolCalls = {}) {
	const types: Record<string, INodeType> = { agent: agentThat(calls, options.isAtOnce ?? false), tool: await asTool() };
	const typeOf = (name: string): INodeType => types[name] ?? nodeThat(async () => []);
	const node = (name: string, parameters: INode['parameters'] = {}): INode => ({
		id: `id-${name}`,
		name,
		type: name,
		typeVersion: 1,
		position: [0, 0],
		parameters,
		credentials: name === 'tool' ? { tokenImApi: { id: '1', name: 'TokenIM' } } : undefined,
	});
	// What the model may fill in stands as $fromAI in a setting that takes an expression.
	const dateFormat = `={{ $fromAI('userId') && $fromAI('username') && '' }}`;
	const filled = { options: { ...options.nodeOptions, dateFormat } };
	const nodes = [node('agent'), node('tool', filled)];
	const connections = { tool: { ai_tool: [[{ node: 'agent', type: NodeConnectionTypes.AiTool, index: 0 }]] } };
	const nodeTypes = { getByName: typeOf, getByNameAndVersion: typeOf, getKnownTypes: () => ({}) };
	const about = {
		id: 'w',
		name: 'Tool',
		active: false,
		nodes,
		connections,
		settings: { executionOrder: 'v1' },
	} as const;
	const workflow = new Workflow({ ...about, nodeTypes });
	const now = new Date(0);
	const executionId = options.executionId ?? '1';
	const hooks = new ExecutionLifecycleHooks('manual', executionId, {
		...about,
		isArchived: false,
		createdAt: now,
		updatedAt: now,
		activeVersionId: null,
	});
	const { baseUrl, apiKey, apiSecret } = sandbox;
	const { credentialType } = await builtPackage();
	const host = hostData({ items: [], credentials: { baseUrl, apiKey, apiSecret }, executionId }, hooks, credentialType);
	const [agent] = nodes;
	if (agent === undefined) throw new Error('No agent');
	const start = createRunExecutionData({
		executionData: { nodeExecutionStack: [{ node: agent, data: { main: [[{ json: {} }]] }, source: null }] },
	});
	const run = await new WorkflowExecute(host, 'manual', start).processRunExecutionData(workflow);
	const items = run.data.resultData.runData.agent?.at(-1)?.data?.main?.[0] ?? [];
	return { error: run.data.resultData.error, answers: items.map(({ json }) => readAnswer(String(json.answer))) };
}

function readAnswer(text: string): unknown {
	const value: unknown = JSON.parse(text);
	return Array.isArray(value) && value.length === 1 ? value[0] : value;
}

const statuses = (answers: readonly unknown[]) => answers.map((answer) => (isRecord(answer) ? answer.status : answer));

describe('as a tool of an agent', () => {
	test('the node answers with the verdict of the person whom the model named', async () => {
		const world = await openWorld(onTestFinished);
		const { answers, error } = await callTool(world, [ADA]);
		expect([error, answers]).toMatchObject([undefined, [{ row: 1, status: 'created', userId: 'ada' }]]);
		expect(world.sandbox.users()).toMatchObject([ADA]);
	});

	test('a second call in one run meets no answer of the first one', async () => {
		const world = await openWorld(onTestFinished);
		const { answers } = await callTool(world, [ADA, ADA, { ...ADA, username: 'Ada L' }]);
		expect(statuses(answers)).toEqual(['created', 'exists', 'exists']);
		const keys = world.writes().map(({ headers }) => headers['idempotency-key']);
		expect([keys.length, new Set(keys).size]).toEqual([3, 3]);
	});

	test('calls at once share no key, and create nobody twice', async () => {
		const world = await openWorld(onTestFinished, { latencyMs: 20 });
		const { answers } = await callTool(world, [ADA, ADA], { isAtOnce: true });
		expect(statuses(answers).sort()).toEqual(['created', 'exists']);
		expect(new Set(world.writes().map(({ headers }) => headers['idempotency-key'])).size).toBe(2);
	});

	test('a row that cannot be is told to the model with how to mend it', async () => {
		const world = await openWorld(onTestFinished);
		const { answers, error } = await callTool(world, [{ userId: 'a b', username: 'A' }], {
			nodeOptions: { failRunWhen: 'never' },
		});
		expect([error, answers]).toMatchObject([
			undefined,
			[{ status: 'invalid', issues: [{ field: 'userId', found: 'a b' }] }],
		]);
		expect(world.writes()).toEqual([]);
	});

	test('a run in which no row succeeded says of each why, without key or secret', async () => {
		const world = await openWorld(onTestFinished);
		world.sandbox.setFaults([{ when: { endpoint: 'users/batch' }, do: { kind: 'quotaExhausted' } }]);
		const { error, answers } = await callTool(world, [ADA]);
		const { apiKey, apiSecret } = world.sandbox;
		expect([error, answers]).toMatchObject([
			undefined,
			[{ status: 'notAttempted', code: 'plan_quota_exhausted', reason: expect.stringMatching(/plan/i) }],
		]);
		for (const marker of [apiKey, apiSecret]) expect(JSON.stringify(answers)).not.toContain(marker);
	});

	test('a run that cannot be carried out says why and what to do in the message, without key, secret or person', async () => {
		const world = await openWorld(onTestFinished);
		const { error } = await callTool(world, [ADA], { nodeOptions: { returnTokens: true } });
		const { apiKey, apiSecret } = world.sandbox;
		expect(error?.message).toMatch(/^An AI agent gets no tokens.* Turn Return Tokens off/);
		const said = JSON.stringify([error, error?.message, error?.stack]);
		for (const marker of [apiKey, apiSecret, 'Ada']) expect(said).not.toContain(marker);
	});
});
