import { describe, expect, test } from 'vitest';
import { exchangeOfError } from '../../nodes/TokenIm/host/transportErrors';

/** As n8n throws it: the error of the HTTP client as the cause of its own. */
function thrown(error: object): Error {
	return Object.assign(new Error('The service did not answer'), { name: 'NodeApiError', cause: error });
}

const coded = (code: string, more: object = {}) => Object.assign(new Error(code), { code }, more);

describe('whether a request was sent', () => {
	test.each(['ECONNREFUSED', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN', 'EADDRNOTAVAIL'])(
		'%s: not this time',
		(code) => {
			expect(exchangeOfError(thrown(coded(code))).kind).toBe('unreached');
		},
	);

	test.each([
		['ENOTFOUND', 'no host of that name'],
		['ERR_INVALID_URL', 'not a URL'],
		['CERT_HAS_EXPIRED', 'CERT_HAS_EXPIRED'],
		['DEPTH_ZERO_SELF_SIGNED_CERT', 'not trusted'],
		['SELF_SIGNED_CERT_IN_CHAIN', 'not trusted'],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'not trusted'],
		['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'not trusted'],
		['ERR_TLS_CERT_ALTNAME_INVALID', 'not trusted'],
		['ERR_SSL_WRONG_VERSION_NUMBER', 'does not speak HTTPS'],
	])('%s: never with these settings', (code, says) => {
		expect(exchangeOfError(thrown(coded(code)))).toMatchObject({
			kind: 'unreachable',
			reason: expect.stringContaining(says),
		});
	});

	test.each([
		'ECONNRESET',
		'EPIPE',
		'ECONNABORTED',
		'ETIMEDOUT',
		'ERR_CANCELED',
		'ERR_BAD_RESPONSE',
		'EPROTO',
		'Z_DATA_ERROR',
		'ENOSUCHCODE',
		'__proto__',
		'constructor',
	])('%s: perhaps', (code) => {
		expect(exchangeOfError(thrown(coded(code))).kind).toBe('lost');
	});

	test('a connection that was not taken in time: not this time', () => {
		expect(exchangeOfError(thrown(coded('ETIMEDOUT', { syscall: 'connect' }))).kind).toBe('unreached');
	});

	test('all addresses of the host refused: not this time', () => {
		const all = new AggregateError([coded('ECONNREFUSED'), coded('EHOSTUNREACH')]);
		expect(exchangeOfError(thrown(all)).kind).toBe('unreached');
	});

	test.each([undefined, null, 'text', 7, new Error('x'), { cause: { cause: null } }])('%s: perhaps', (error) => {
		expect(exchangeOfError(error).kind).toBe('lost');
	});

	test('an error that is its own cause is read all the same', () => {
		const error = coded('ECONNRESET');
		expect(exchangeOfError(Object.assign(error, { cause: error })).kind).toBe('lost');
	});

	test('what n8n or the credential refuses beforehand says why', () => {
		const unusable = Object.assign(new Error('The API key is empty.'), { name: 'UnusableSecret' });
		expect(exchangeOfError(thrown(unusable))).toEqual({ kind: 'unreachable', reason: 'The API key is empty.' });
	});
});

test('a reason names no secret and no address', () => {
	const error = coded('ECONNRESET', {
		config: { headers: { 'X-TokenIM-Key': 'key-1' }, url: 'https://im.example.com/v1' },
	});
	expect(JSON.stringify(exchangeOfError(thrown(error)))).not.toMatch(/key-1|example/);
});
