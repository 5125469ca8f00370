// A refusal that repeats key or secret: neither gets any further.

import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Exchange } from '../../../nodes/TokenIm/engine/wire';
import { hiding } from '../../../nodes/TokenIm/protocol/auth/hiddenSecrets';
import { withAccess } from '../../../nodes/TokenIm/protocol/auth/access';
import { createProtocol } from '../../../nodes/TokenIm/protocol/calls';
import { defaultProfile } from '../../../nodes/TokenIm/protocol/profiles';

const KEY = 'ak_7f3e9c21';
const SECRET = 'sk_secret_0011';
const data = { baseUrl: 'https://im.example.com/v1', apiKey: ` ${KEY} `, apiSecret: SECRET };
const call = createProtocol(defaultProfile).limits();
const options = { timeoutMs: 1_000, signal: new AbortController().signal };

/** What comes of an answer, and how it is read. */
async function through(status: number, body: object | string, headers = {}, given = data) {
	if (call === undefined) throw new Error('no call');
	const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
	const answer: Exchange = { kind: 'answer', status, headers, body: bytes };
	const exchange = await withAccess(
		defaultProfile,
		given,
		async () => answer,
		() => 0,
	)(call.request([], []), options);
	const reading = call.read(exchange, 0);
	return { exchange, reading, text: exchange.kind === 'answer' ? Buffer.from(exchange.body).toString() : '' };
}

test.each([
	['its code', { code: KEY }, {}],
	['its detail', { code: 'odd', detail: `key ${KEY}, secret ${SECRET}` }, {}],
	['its request id', { code: 'odd', requestId: SECRET }, {}],
	['a header', { code: 'odd' }, { 'x-request-id': KEY }],
])('a refusal that repeats one in %s is told without', async (_where, body, headers) => {
	const { exchange, reading, text } = await through(418, body, headers);
	expect(reading).toMatchObject({ kind: 'refused', refusal: { class: 'stop' } });
	const told = JSON.stringify([exchange, reading, text]);
	expect([told.includes(KEY), told.includes(SECRET)]).toEqual([false, false]);
});

const WRITTEN = 'sk/ä+"secret" & 0011';
const utf16 = (text: string) =>
	[...text].map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
test.each([
	['as JSON with its slashes escaped', JSON.stringify(WRITTEN).slice(1, -1).replaceAll('/', '\\/')],
	['as JSON in ASCII alone', utf16(WRITTEN)],
	['as JSON in ASCII alone, in capitals', utf16(WRITTEN).replace(/[0-9a-f]{4}/g, (hex) => hex.toUpperCase())],
	['as a part of an address', encodeURIComponent(WRITTEN)],
	['as a part of a form', encodeURIComponent(WRITTEN).replaceAll('%20', '+')],
	['as a part of an address, in small letters', encodeURIComponent(WRITTEN).toLowerCase()],
	['as HTML', WRITTEN.replaceAll('&', '&amp;').replaceAll('"', '&quot;')],
	['as HTML, by numbers', WRITTEN.replaceAll('&', '&#38;').replaceAll('"', '&#x22;').replaceAll('/', '&#x2F;')],
	['in Base64', Buffer.from(WRITTEN).toString('base64')],
	['as Basic authentication', Buffer.from(`${KEY}:${WRITTEN}`).toString('base64')],
])('a refusal that repeats the secret %s is told without', async (_how, written) => {
	const given = { ...data, apiSecret: WRITTEN };
	const { reading, text } = await through(418, `{"code":"odd","detail":"at ${written}, at most 80"}`, {}, given);
	expect(text).toBe('{"code":"odd","detail":"at (hidden), at most 80"}');
	expect(reading).toMatchObject({ kind: 'refused', refusal: { code: 'odd' } });
});

test.each([200, 3_000, 8_192])('a secret of %i characters in several lines is hidden whole', (length) => {
	const secret =
		`-----BEGIN PRIVATE KEY-----\n${createHash('shake256', { outputLength: length }).update('a').digest('base64').replace(/.{64}/g, '$&\n')}`.slice(
			0,
			length,
		);
	for (const written of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
		expect(hiding([secret])(`a ${written} b ${written}`)).toBe('a (hidden) b (hidden)');
});

test('what else a refusal says is read as ever', async () => {
	const { reading, text } = await through(403, { code: 'forbidden', detail: `é ${KEY}` }, { 'x-request-id': 'r-1' });
	expect(reading).toMatchObject({ refusal: { code: 'forbidden' }, requestId: 'r-1' });
	expect(text).toContain('é (hidden)');
});

test('an answer that is no refusal stays byte for byte, and so does one that holds a short key by chance', async () => {
	const body = JSON.stringify({ results: [{ userId: KEY }] });
	expect((await through(200, body)).text).toBe(body);
	const { reading } = await through(403, { code: 'forbidden' }, {}, { ...data, apiKey: 'forbid' });
	expect(reading).toMatchObject({ refusal: { code: 'forbidden' } });
});
