// The credential test with each of the example profiles, as n8n runs it, against the scripted service.

import { afterEach, describe, expect, test } from 'vitest';
import { baseUrlOf, profileOf } from '../../nodes/TokenIm/protocol/auth/credentialData';
import { serve, type Served } from '../profiles/serve.mts';
import { VENDORS } from '../profiles/services.mts';
import { testCredential } from './credentialTest.mts';

let served: Served | undefined;
afterEach(async () => await served?.close());

describe.each(VENDORS)('the credential of $name', ({ credential, world }) => {
	const run = async (changed: object) => {
		served = await serve(world().service);
		const { pathname } = new URL(baseUrlOf(profileOf(credential), credential.baseUrl));
		return await testCredential({ ...credential, baseUrl: `${served.url}${pathname.replace(/\/$/, '')}`, ...changed });
	};

	test('is connected', async () => {
		expect(await run({})).toEqual({ status: 'OK', message: expect.stringMatching(/^Connected to \S/) });
		expect(served?.seen.length).toBeGreaterThan(0);
	});

	test('is refused where key or secret is wrong', async () => {
		const secret = credential.apiSecret === '' ? { apiKey: 'wr0ng' } : { apiSecret: 'wr0ng' };
		const { status, message } = await run(secret);
		expect(status).toBe('Error');
		// What the documents do not say of a wrong secret is told by its code.
		expect(message).toMatch(/credential|key|secret|Its code was 403\.$/i);
		expect(message).not.toContain('wr0ng');
	});

	test('may leave a value empty that has a default', async () => {
		const { entries } = credential.profileValues;
		const names = Object.entries(profileOf(credential).values).flatMap(([name, value]) =>
			value.default === undefined || entries.some((entry) => entry.name === name) ? [] : [{ name, value: '' }],
		);
		expect(await run({ profileValues: { entries: [...entries, ...names] } })).toMatchObject({ status: 'OK' });
	});
});
