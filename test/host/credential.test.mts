// The credential's test as n8n runs it.

import type { ICredentialDataDecryptedObject, INodeCredentialTestResult } from 'n8n-workflow';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { testCredential } from './credentialTest.mts';

let sandbox: Sandbox;
beforeEach(async () => void (sandbox = await startSandbox()));
afterEach(async () => await sandbox.close());

async function testOf(changed: ICredentialDataDecryptedObject = {}): Promise<INodeCredentialTestResult> {
	const { baseUrl, apiKey, apiSecret } = sandbox;
	return await testCredential({ baseUrl, apiKey, apiSecret, ...changed });
}

test('a right credential is connected', async () => {
	expect(await testOf()).toEqual({
		status: 'OK',
		message: `Connected to TokenIM REST v1 at 127.0.0.1:${sandbox.port}, plan standard.`,
	});
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
