import { expect, test } from 'vitest';
import { sha256, signatureOf } from '../../sandbox/authentication.mts';
import { createService } from '../../sandbox/service.mts';
import type { ServiceRequest } from '../../sandbox/types.mts';
import { seen, signed } from './client.mts';
import { differences } from './openapi.mts';

const atMs = 1_700_000_000_000;
const key = { apiKey: 'k', apiSecret: 's3cr3t' };

function refusalOf(request: ServiceRequest, service = createService({ ...key, now: () => atMs })) {
	const answer = seen(service.handle(request));
	expect(differences(request.method, request.path, answer)).toEqual([]);
	return [answer.status, answer.body];
}

const refused = (code: string) => [401, expect.objectContaining({ code, status: 401 })];

test('the signature is that of the contract’s test vector', () => {
	const signature = signatureOf('s3cr3t', {
		method: 'POST',
		path: '/v1/users/query',
		timestamp: '1700000000',
		nonce: '00112233445566778899aabbccddeeff',
		bodyHash: sha256(new TextEncoder().encode('{"userIds":["u1"]}')),
	});
	expect(signature).toBe('5e4014afe760513e34e85fc2e98ab69e62daf25e3e837efbfbfd75667d11952e');
});

test('an unknown key is refused', () => {
	expect(refusalOf(signed({ ...key, apiKey: 'other' }, atMs, 'GET', '/v1/limits'))).toEqual(refused('invalid_key'));
});

test.each([
	['made with another secret', signed({ ...key, apiSecret: 'other' }, atMs, 'GET', '/v1/limits')],
	['of another path', { ...signed(key, atMs, 'GET', '/v1/limits'), path: '/v1/limits?x=1' }],
	['of another method', { ...signed(key, atMs, 'POST', '/v1/limits'), method: 'GET' }],
	['of another body', { ...signed(key, atMs, 'POST', '/v1/users/query', { userIds: [] }), body: new Uint8Array(2) }],
	['that is missing', signed(key, atMs, 'GET', '/v1/limits', undefined, { 'x-tokenim-signature': '' })],
	['with a nonce that is too short', signed(key, atMs, 'GET', '/v1/limits', undefined, { 'x-tokenim-nonce': 'abc' })],
	[
		'with a timestamp that is no number',
		signed(key, atMs, 'GET', '/v1/limits', undefined, { 'x-tokenim-timestamp': 'x' }),
	],
])('a signature %s is refused', (_, request) => {
	expect(refusalOf(request)).toEqual(refused('invalid_signature'));
});

test('the query is part of what is signed', () => {
	const service = createService({ ...key, now: () => atMs });
	expect(refusalOf(signed(key, atMs, 'GET', '/v1/limits?a=b'), service)[0]).toBe(200);
});

test.each([
	[300, 200],
	[-300, 200],
	[301, 401],
	[-301, 401],
])('a clock that is %i s off gets %i', (seconds, status) => {
	const [given, body] = refusalOf(signed(key, atMs + seconds * 1000, 'GET', '/v1/limits'));
	expect(given).toBe(status);
	if (status === 401) expect(body).toMatchObject({ code: 'clock_skew' });
});

test('a nonce is taken once within 600 s, and again after that', () => {
	let nowMs = atMs;
	const service = createService({ ...key, now: () => nowMs });
	const first = signed(key, nowMs, 'GET', '/v1/limits');
	expect(refusalOf(first, service)[0]).toBe(200);
	expect(refusalOf(first, service)).toEqual(refused('nonce_reused'));
	nowMs += 300_000;
	expect(refusalOf(first, service)).toEqual(refused('nonce_reused'));
	nowMs += 300_001;
	const nonce = first.headers['x-tokenim-nonce'] ?? '';
	const timestamp = String(Math.floor(nowMs / 1000));
	const signature = signatureOf(key.apiSecret, {
		method: 'GET',
		path: '/v1/limits',
		timestamp,
		nonce,
		bodyHash: sha256(first.body),
	});
	const headers = { ...first.headers, 'x-tokenim-timestamp': timestamp, 'x-tokenim-signature': signature };
	expect(refusalOf({ ...first, headers }, service)[0]).toBe(200);
});

test('a wrong signature does not use its nonce up', () => {
	const service = createService({ ...key, now: () => atMs });
	const good = signed(key, atMs, 'GET', '/v1/limits');
	const bad = { ...good, headers: { ...good.headers, 'x-tokenim-signature': '0'.repeat(64) } };
	expect(refusalOf(bad, service)).toEqual(refused('invalid_signature'));
	expect(refusalOf(good, service)[0]).toBe(200);
});

test('header names may be written in any case', () => {
	const request = signed(key, atMs, 'GET', '/v1/limits');
	const headers = Object.fromEntries(
		Object.entries(request.headers).map(([name, value]) => [name.toUpperCase(), value]),
	);
	expect(refusalOf({ ...request, headers })[0]).toBe(200);
});

test('the request id is echoed in the header and in a refusal, and made where it is missing or too long', () => {
	const service = createService({ ...key, now: () => atMs });
	const idOf = (id?: string) => {
		const headers: Record<string, string> = id === undefined ? {} : { 'x-request-id': id };
		const answer = seen(service.handle(signed(key, atMs, 'POST', '/v1/users/query', 'x', headers)));
		expect(answer.body).toMatchObject({ requestId: answer.headers['x-request-id'] });
		return answer.headers['x-request-id'];
	};
	expect(idOf('mine')).toBe('mine');
	expect(idOf('m'.repeat(64))).toBe('m'.repeat(64));
	expect(idOf('m'.repeat(65))).toMatch(/^r-\d+$/);
	expect(idOf()).toMatch(/^r-\d+$/);
});
