import { describe, expect, it } from 'vitest';

import { createProtocol } from '../../../nodes/TokenIm/protocol/calls';
import { defaultProfile } from '../../../nodes/TokenIm/protocol/profiles';
import { answer, BLAMING, refusalOf } from './answers.mts';

const protocol = createProtocol(defaultProfile);
const NOW = Date.UTC(2026, 0, 1, 0, 0, 0);

const read = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
	refusalOf(protocol.createUsers('keep').read(answer(status, body, headers), NOW));

describe('a refusal of a whole request', () => {
	it.each([
		[400, 'malformed_body', 'stop'],
		[400, 'invalid_request', 'entry'],
		[401, 'invalid_key', 'stop'],
		[401, 'invalid_signature', 'stop'],
		[401, 'clock_skew', 'stop'],
		[401, 'nonce_reused', 'nonce'],
		[402, 'plan_quota_exhausted', 'quota'],
		[403, 'forbidden', 'stop'],
		[404, 'group_not_found', 'absent'],
		[409, 'idempotency_key_in_use', 'busy'],
		[413, 'too_many_items', 'tooLarge'],
		[413, 'too_many_members', 'tooLarge'],
		[413, 'body_too_large', 'tooLarge'],
		[422, 'idempotency_key_mismatch', 'stop'],
		[429, 'rate_limited', 'throttled'],
		[500, 'internal', 'transient'],
		[503, 'unavailable', 'transient'],
	])('%i %s is %s, as the contract has it', (status, code, className) => {
		expect(read(status, { type: 'about:blank', title: 'x', status, code, detail: 'x' })).toMatchObject({
			class: className,
			code,
		});
	});

	it.each([
		[300, 'stop'],
		[301, 'stop'],
		[304, 'stop'],
		[307, 'stop'],
		[308, 'stop'],
		[400, 'stop'],
		[401, 'stop'],
		[402, 'stop'],
		[403, 'stop'],
		[404, 'stop'],
		[405, 'stop'],
		[408, 'transient'],
		[409, 'stop'],
		[410, 'stop'],
		[413, 'tooLarge'],
		[418, 'stop'],
		[422, 'stop'],
		[425, 'transient'],
		[429, 'throttled'],
		[451, 'stop'],
		[500, 'transient'],
		[501, 'transient'],
		[502, 'transient'],
		[504, 'transient'],
		[520, 'transient'],
		[599, 'transient'],
		[100, 'transient'],
		[999, 'transient'],
	])('%i that nobody names is %s', (status, className) => {
		for (const body of ['<html>nginx</html>', '', { code: 'never_heard_of' }, { code: 7 }, []]) {
			expect(read(status, body).class).toBe(className);
		}
		expect(read(status, '<html>').code).toBe(`http_${status}`);
		expect(read(status, { code: 'never_heard_of' }).code).toBe('never_heard_of');
	});

	it.each([
		['too_many_items', 'entries'],
		['too_many_members', 'members'],
		['body_too_large', 'bytes'],
	])('%s says what there was too much of, and the limit', (code, limitOf) => {
		expect(read(413, { code, limit: 50 })).toMatchObject({ limitOf, limit: 50 });
	});

	it.each([undefined, 0, -1, 1.5, '50', null])('a limit of %j is none', (limit) => {
		expect(read(413, { code: 'too_many_items', limit })).not.toHaveProperty('limit');
	});

	it('says what the plan allows and has, where both can be read', () => {
		const code = 'plan_quota_exhausted';
		expect(read(402, { code, quota: { limit: 50, used: 48 } }).quota).toEqual({ limit: 50, used: 48 });
		for (const quota of [
			undefined,
			null,
			{},
			{ limit: 50 },
			{ used: 1 },
			{ limit: '50', used: 1 },
			{ limit: 5, used: -1 },
		])
			expect(read(402, { code, quota })).not.toHaveProperty('quota');
		expect(read(403, { code: 'forbidden', quota: { limit: 50, used: 48 } })).not.toHaveProperty('quota');
	});

	it('for size by a proxy says neither what nor how much', () => {
		const refusal = read(413, '<html>');
		expect(refusal).not.toHaveProperty('limitOf');
		expect(refusal).not.toHaveProperty('limit');
	});

	it.each([
		['seconds', '7', 7_000],
		['a date', 'Thu, 01 Jan 2026 00:01:00 GMT', 60_000],
		['a date that has passed', 'Wed, 31 Dec 2025 00:00:00 GMT', 0],
	])('names the wait as %s', (_what, value, waitMs) => {
		for (const status of [409, 429, 503]) expect(read(status, {}, { 'retry-after': value }).waitMs).toBe(waitMs);
	});

	it.each(['', 'soon', '-1', '1.5', '7 s'])('loses a wait of %j and nothing else', (value) => {
		const refusal = read(429, {}, { 'retry-after': value });
		expect(refusal).toMatchObject({ class: 'throttled' });
		expect(refusal).not.toHaveProperty('waitMs');
	});

	it('names the entries that it blames, as far as they can be read', () => {
		const errors = [
			{ index: 1, field: 'email', code: 'invalid_email', message: 'must be an address' },
			{ index: -1, code: 'x' },
			{ index: '0' },
			null,
			{ index: 3 },
		];
		expect(read(400, { code: 'invalid_request', errors }).named).toEqual([
			{ index: 1, field: 'email', code: 'invalid_email', message: 'must be an address' },
			{ index: 3, code: 'refused', message: 'The service refused this entry and gave no reason.' },
		]);
	});

	it.each([{}, { errors: [] }, { errors: {} }, { errors: 'x' }])('names nobody with %j', (more) => {
		expect(read(400, { code: 'invalid_request', ...more })).not.toHaveProperty('named');
	});
});

describe('the messages of refusals', () => {
	const statuses = Array.from({ length: 400 }, (_, index) => 200 + index).filter((status) => status >= 300);
	const bodies = [...defaultProfile.refusals.table.map(({ code }) => ({ code })), {}];

	it('say what happened and what to do, and blame nobody', () => {
		for (const status of statuses) {
			for (const body of bodies) {
				const { message } = read(status, body);
				expect(message).toMatch(/^[A-Z].*\.$/);
				expect(message).not.toMatch(BLAMING);
			}
		}
	});

	it("never repeat the service's own text, which may hold personal data", () => {
		for (const status of statuses) {
			for (const body of bodies) {
				const text = 'li.lei@example.com';
				const { message } = read(
					status,
					{ ...body, detail: text, title: text, message: text, type: text },
					{ location: `https://${text}/` },
				);
				expect(message).not.toContain(text);
			}
		}
	});
});
