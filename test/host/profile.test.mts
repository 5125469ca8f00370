// The API profile of the credential, where the node runs and where the editor lists fields.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { expect, test } from 'vitest';
import { getFields } from '../../nodes/TokenIm/host/getFields';
import { statuses, useLab } from './lab.mts';

const lab = useLab();

/** The standard profile without a field, as somebody would paste it into the credential. */
function withoutPhone(): string {
	const text = readFileSync(
		resolve(import.meta.dirname, '../../nodes/TokenIm/protocol/profiles/tokenim-rest-v1.json'),
		'utf8',
	);
	const profile: { fields: { user: Record<string, unknown> } } = JSON.parse(text);
	delete profile.fields.user.phone;
	return JSON.stringify(profile);
}

const credentials = (profileJson: string) => {
	const { baseUrl, apiKey, apiSecret } = lab.sandbox;
	return { baseUrl, apiKey, apiSecret, profile: 'custom', profileJson };
};

test('is what the node speaks by: a field that it lacks is never sent', async () => {
	const items = [{ userId: 's1', username: 'Ada', phone: '+447911123456' }];
	const { outputs, error } = await lab.run({ items, credentials: credentials(withoutPhone()) });
	expect([error, statuses(outputs[0])]).toEqual([undefined, ['created']]);
	expect(lab.sandbox.users()[0]?.phone ?? null).toBe(null);
});

test('that cannot be used is refused with the place of what is wrong, and nothing is sent', async () => {
	const { error } = await lab.run({
		items: [{ userId: 's1', username: 'Ada' }],
		credentials: credentials('{"format": 7}'),
	});
	expect(error?.message).toContain('At format');
	expect(lab.sandbox.requests).toEqual([]);
});

test('decides which fields the editor lists; without a credential it is the standard one', async () => {
	const editor = (getCredentials: () => Promise<object>): ILoadOptionsFunctions =>
		Object.assign(Object.create(null), { getCredentials, getCurrentNodeParameter: () => undefined });
	const listed = async (getCredentials: () => Promise<object>) =>
		(await getFields.call(editor(getCredentials))).fields.map(({ id }) => id);
	expect(await listed(async () => credentials(withoutPhone()))).not.toContain('phone');
	expect(await listed(async () => await Promise.reject(new Error('none selected')))).toContain('phone');
});
