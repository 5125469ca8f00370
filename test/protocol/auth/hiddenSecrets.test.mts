// A refusal that repeats key or secret: neither gets any further.

import { expect, test } from 'vitest';
import type { Exchange } from '../../../nodes/TokenIm/engine/wire';
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
