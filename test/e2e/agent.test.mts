// The node as a tool of n8n's own AI Agent: what the model is told of it, what it may do, and what it hears.

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Workflow } from '../../scripts/lib/n8n-cli.mts';
import { describeWithN8n } from './describe.mts';
import { openLab, type Lab } from './lab.mts';
import { startScriptedModel, type Asked, type ScriptedModel } from './scriptedModel.mts';

const MODEL = { id: 'scriptedModel001', name: 'Scripted model', type: 'openAiApi' };

await describeWithN8n('an AI agent with the node as its tool', () => {
	let lab: Lab;
	let model: ScriptedModel;

	beforeAll(async () => {
		[lab, model] = [await openLab(), await startScriptedModel()];
		const { credential } = lab;
		const about = (id: string, operation: string, more: object = {}): Workflow =>
			agentWith(id, { resource: 'user', operation, ...more }, { tokenImApi: credential });
		await lab.store(
			[credential, { ...MODEL, data: { apiKey: 'none', url: model.url } }],
			[
				about('agentCreates0001', 'batchCreate'),
				about('agentDeletes0001', 'deleteEvery'),
				about('agentMayDelete01', 'deleteEvery', { options: { allowAgentToTakeAway: true } }),
			],
		);
	});
	afterAll(async () => {
		await model?.close();
		await lab?.close();
	});

	/** What the model heard of its tool. */
	async function call(workflow: string, rows: unknown): Promise<{ readonly offered: Asked; readonly heard: string }> {
		const before = model.asked.length;
		model.says({ rows });
		await lab.run(workflow);
		const [offered, answered] = model.asked.slice(before);
		if (offered === undefined || answered === undefined) throw new Error('The model was not asked twice.');
		return { offered, heard: String(answered.messages.find(({ role }) => role === 'tool')?.content) };
	}

	const people = (count: number) =>
		Array.from({ length: count }, (_, index) => ({ userId: `s${index}`, username: `N${index}` }));

	test('is told the fields with an example, and hears what became of each row', async () => {
		const { offered, heard } = await call('agentCreates0001', [...people(2), { userId: 'a b', username: 'Bob' }]);
		expect(JSON.stringify(offered.tools?.[0]?.function.parameters)).toMatch(
			/at most 50 rows.*Batch create users: userId \(required\), username \(required\),.* email, phone.*\[\{.*userId.*s001/s,
		);
		expect(JSON.parse(heard)).toMatchObject([
			{ status: 'created', userId: 's0' },
			{ status: 'created', userId: 's1' },
			{ status: 'invalid', userId: 'a b', reason: expect.stringContaining('Take the space out') },
		]);
	});

	test('hears of each row also where all are wrong', async () => {
		const { heard } = await call('agentCreates0001', [{ userId: 'a b', username: 'Bob' }]);
		expect(JSON.parse(heard)).toMatchObject([
			{ status: 'invalid', reason: expect.stringContaining('Take the space out') },
		]);
	});

	test('hears once, with what to do, that it sent more than fifty rows', async () => {
		const { heard } = await call('agentCreates0001', people(51));
		expect(heard.match(/at most 50 rows/g)).toHaveLength(1);
		expect(heard).toContain('Call it again with fewer.');
		expect(lab.sandbox.userCount()).toBe(2);
	});

	test('deletes nobody unless the author of the workflow allowed it', async () => {
		const { heard } = await call('agentDeletes0001', [{ userId: 's0' }]);
		expect(heard.match(/may not take people away/g)).toHaveLength(1);
		expect(heard).toContain('Allow an Agent to Take Away');
		expect(lab.sandbox.userCount()).toBe(2);
		expect(JSON.parse((await call('agentMayDelete01', [{ userId: 's0' }])).heard)).toMatchObject([
			{ status: 'deleted' },
		]);
		expect(lab.sandbox.userCount()).toBe(1);
	});
});

/** Manual Trigger, an agent with the scripted model, and TokenIM as its tool with these parameters. */
function agentWith(id: string, parameters: object, credentials: object): Workflow {
	const node = (name: string, type: string, typeVersion: number, its: object, more: object = {}) => ({
		id: name,
		name,
		type,
		typeVersion,
		position: [0, 0] as const,
		parameters: { ...its },
		...more,
	});
	const chat = '@n8n/n8n-nodes-langchain';
	const model = { model: { __rl: true, mode: 'id', value: 'scripted' }, responsesApiEnabled: false, options: {} };
	return {
		id,
		name: id,
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
			node('Agent', `${chat}.agent`, 3, { promptType: 'define', text: 'Create the new people', options: {} }),
			node('Model', `${chat}.lmChatOpenAi`, 1.3, model, { credentials: { openAiApi: MODEL } }),
			node('People', 'n8n-nodes-tokenim.tokenImTool', 1, parameters, { credentials }),
		],
		connections: {
			Start: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
			Model: { ai_languageModel: [[{ node: 'Agent', type: 'ai_languageModel', index: 0 }]] },
			People: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
		},
		settings: { executionOrder: 'v1' },
	};
}
