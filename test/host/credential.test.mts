// The credential's test as n8n runs it: through the node that the credential names, with n8n's own request helper.

import { createRequire } from 'node:module';
import type { ICredentialDataDecryptedObject, INodeCredentialTestResult } from 'n8n-workflow';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { hostData } from './engine.mts';
import { builtPackage } from './package.mts';

const require = createRequire(import.meta.url);
const { CredentialTestContext }: typeof import('n8n-core') = require('n8n-core');

let sandbox: Sandbox;
beforeEach(async () => void (sandbox = await startSandbox()));
afterEach(async () => await sandbox.close());

async function testOf(changed: ICredentialDataDecryptedObject = {}): Promise<INodeCredentialTestResult> {
	const { nodeType, credentialType } = await builtPackage();
	const tested = nodeType.description.credentials?.find(({ name }) => name === credentialType.name)?.testedBy;
	const run = typeof tested === 'string' ? nodeType.methods?.credentialTest?.[tested] : undefined;
	if (run === undefined) throw new Error('The node does not test the credential');
	const { baseUrl, apiKey, apiSecret } = sandbox;
	const context = new CredentialTestContext(hostData({ items: [] }, undefined, credentialType));
	return await run.call(context, {
		id: '1',
		name: 'TokenIM',
		type: credentialType.name,
		data: { baseUrl, apiKey, apiSecret, ...changed },
	});
}

test('a right credential is connected', async () => {
	expect(await testOf()).toEqual({ status: 'OK', message: 'Connected to TokenIM REST v1, plan standard.' });
});

test('a wrong secret, a wrong key, a host that is not there and a key without permission are told apart', async () => {
	const told = [
		await testOf({ apiSecret: 'wrong' }),
		await testOf({ apiKey: 'wrong' }),
		await testOf({ baseUrl: 'http://127.0.0.1:1/v1' }),
	];
	sandbox.setPermissions(['users:read']);
	told.push(await testOf());
	expect(told.map(({ status }) => status)).toEqual(['Error', 'Error', 'Error', 'Error']);
	expect(told.map(({ message }) => message)).toEqual([
		expect.stringMatching(/secret/i),
		expect.stringMatching(/key/i),
		expect.stringMatching(/refused the connection/i),
		expect.stringMatching(/not allowed to create users/i),
	]);
	expect(new Set(told.map(({ message }) => message)).size).toBe(4);
});

test('its messages hold neither key nor secret', async () => {
	const { message } = await testOf({ apiKey: 'a-key-of-mine', apiSecret: 'a-secret-of-mine' });
	expect(message).not.toMatch(/of-mine/);
});
