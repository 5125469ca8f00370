// What the canvas shows under the node, worked out as n8n's editor does.

import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { builtPackage } from './package.mts';

const { Workflow }: typeof import('n8n-workflow') = createRequire(import.meta.url)('n8n-workflow');

test.each<[string, string, string, boolean?]>([
	['user', 'batchCreate', '(validate only) Create', true],
	['user', 'batchUpsert', '(validate only) Create or Update', true],
	['group', 'create', '(validate only) Create', true],
	['group', 'removeMembers', '(validate only) Remove Members', true],
	// Chosen at another operation, and without a meaning here.
	['user', 'verify', 'Verify: User', true],
	['group', 'verify', 'Verify: Group', true],
	['user', 'batchCreate', 'Batch Create: User'],
	['user', 'batchUpsert', 'Batch Create or Update: User'],
	['user', 'deleteEvery', 'Batch Delete: User'],
	['user', 'batchSuspend', 'Batch Suspend: User'],
	['user', 'batchReactivate', 'Batch Reactivate: User'],
	['user', 'undo', 'Undo: User'],
	['user', 'verify', 'Verify: User'],
	['group', 'create', 'Create: Group'],
	['group', 'batchDelete', 'Batch Delete: Group'],
	['group', 'removeMembers', 'Remove Members: Group'],
	['group', 'upsert', 'Create or Update: Group'],
	['group', 'setMembers', 'Set Members: Group'],
	['group', 'addMembers', 'Add Members: Group'],
	['group', 'verify', 'Verify: Group'],
])('%s %s reads "%s"', async (resource, operation, words, validateOnly = false) => {
	const { nodeType } = await builtPackage();
	const node = {
		id: '1',
		name: 'TokenIM',
		type: 'tokenIm',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: { resource, operation, validateOnly },
	};
	const nodeTypes = { getByName: () => nodeType, getByNameAndVersion: () => nodeType, getKnownTypes: () => ({}) };
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	expect(workflow.expression.getSimpleParameterValue(node, nodeType.description.subtitle, 'internal', {})).toBe(words);
});
