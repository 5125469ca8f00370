// A profile of one's own in the credential.

import { describe, expect, it } from 'vitest';

import { TokenImApi } from '../../credentials/TokenImApi.credentials';
import { baseUrlOf, profileOf } from '../../nodes/TokenIm/protocol/auth/credentialData';
import { testCredential } from '../../nodes/TokenIm/protocol/auth/testCredential';
import { ProfileMistake } from '../../nodes/TokenIm/protocol/profile/profile';
import { defaultProfile } from '../../nodes/TokenIm/protocol/profiles';
import { credentialOf, profileText } from '../profiles/world.mts';

const comet = credentialOf('cometchat', { baseUrl: '' }, { appId: '12345', region: 'eu' });

async function tested(
	data: Readonly<Record<string, unknown>>,
	reply: { readonly status?: number; readonly body?: unknown } = {},
) {
	const sent: object[] = [];
	const send = async (options: object) => {
		sent.push(options);
		return {
			kind: 'answer',
			status: reply.status ?? 200,
			headers: {},
			body: Buffer.from(JSON.stringify(reply.body ?? {})),
		} as const;
	};
	return { sent, ...(await testCredential(send, defaultProfile, data, Date.now(), '0'.repeat(32))) };
}

describe('a custom profile', () => {
	it('is compiled once for the same content', () => {
		expect(profileOf(comet)).toBe(profileOf({ ...comet }));
		expect(profileOf({ profile: 'standard' })).toBe(defaultProfile);
		expect(profileOf({})).toBe(defaultProfile);
	});

	it('brings its base URL, which the credential may replace', () => {
		const profile = profileOf(comet);
		expect(baseUrlOf(profile, '')).toBe('https://12345.api-eu.cometchat.io/v3');
		expect(baseUrlOf(profile, 'https://proxy.example.com/{region}')).toBe('https://proxy.example.com/eu');
	});

	it('fills no value into a base URL that was typed but what can be a part of a host', () => {
		const { baseUrl, ...document } = JSON.parse(profileText('cometchat'));
		expect(baseUrl).toContain('{region}');
		const region = { label: 'Region', default: 'evil.example/x' };
		const profileJson = JSON.stringify({ ...document, values: { ...document.values, region } });
		const data = {
			...credentialOf('cometchat', { baseUrl: 'https://{region}.cometchat.io/v3' }, { appId: '1' }),
			profileJson,
		};
		expect(() => profileOf(data)).toThrow(/values\.region.*part of the base URL/s);
		expect(() => profileOf({ ...data, baseUrl: 'https://im.example.com' })).not.toThrow();
	});

	it.each([
		['a value that lacks', credentialOf('cometchat', {}, { appId: '1' }), /values\.region.*add region/],
		[
			'a value that would change the address',
			credentialOf('cometchat', {}, { appId: 'evil.example/', region: 'eu' }),
			/values\.appId/,
		],
		['a value with other characters', credentialOf('cometchat', {}, { appId: '1', region: 'EU' }), /values\.region/],
		['no JSON', { ...comet, profileJson: '{' }, /At \(top\): this is no JSON/],
		['nothing', { ...comet, profileJson: '' }, /paste the JSON/],
		['too much', { ...comet, profileJson: `"${'x'.repeat(300_000)}"` }, /at most 256 KB/],
		[
			'a misspelt key',
			{ ...comet, profileJson: profileText('cometchat').replace('"readLagMs"', '"readLag"') },
			/readLag/,
		],
	])('with %s is refused by profile, test and signing alike', async (_what, data, message) => {
		expect(() => profileOf(data)).toThrow(ProfileMistake);
		const { status, message: said, sent } = await tested(data);
		expect(status).toBe('Error');
		expect(said).toMatch(message);
		expect(sent).toEqual([]);
		await expect(new TokenImApi().authenticate({ ...data }, { url: '/x' })).rejects.toMatchObject({
			name: 'UnusableSecret',
		});
	});

	it('is tested by looking somebody up who need not exist', async () => {
		const { status, sent } = await tested(comet, { status: 404, body: { error: { code: 'ERR_UID_NOT_FOUND' } } });
		expect(status).toBe('OK');
		expect(sent).toMatchObject([
			{
				method: 'GET',
				url: 'https://12345.api-eu.cometchat.io/v3/users/n8n-credential-test',
				headers: { apikey: 'the-key' },
			},
		]);
	});

	it('whose key is refused says so', async () => {
		expect(await tested(comet, { status: 401, body: { error: { code: 'AUTH_ERR' } } })).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('API key'),
		});
	});

	it('signs, also what goes into the query', async () => {
		const data = credentialOf('tencent-chat', { baseUrl: '', apiKey: '1400000000' });
		const { url } = await new TokenImApi().authenticate({ ...data }, { method: 'POST', url: '/v4/x', body: '{}' });
		expect(url).toMatch(
			/^https:\/\/console\.tim\.qq\.com\/v4\/x\?sdkappid=1400000000&identifier=administrator&usersig=[^&]+&random=\d+&contenttype=json$/,
		);
		expect(url).not.toContain('the%20secret');
	});

	it('that hands out tokens is of no use to other nodes, which is said', async () => {
		const data = credentialOf('easemob', { baseUrl: '' }, { host: 'a.example.com', orgName: 'o', appName: 'a' });
		await expect(new TokenImApi().authenticate({ ...data }, { url: '/users/x' })).rejects.toThrow(
			'Use the credential with the TokenIM node',
		);
	});
});
