import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { endpoints } from '../../sandbox/routes.mts';
import { isRecord } from '../../sandbox/types.mts';
import { contract, contractFile, schemaDifferences } from './openapi.mts';

interface Example {
	readonly place: string[];
	readonly example: unknown;
}

/** Every `example` beside a `schema`, wherever it stands. */
function examplesIn(value: unknown, place: string[] = []): Example[] {
	if (!isRecord(value)) return [];
	const own = 'example' in value && 'schema' in value ? [{ place: [...place, 'schema'], example: value.example }] : [];
	return [...own, ...Object.entries(value).flatMap(([name, part]) => examplesIn(part, [...place, name]))];
}

const examples = examplesIn(contract);

test.each(examples.map(({ place, example }) => [place.join(' '), place, example] as const))(
	'the example at %s is as its schema says',
	(_, place, example) => {
		expect(schemaDifferences(place, example)).toEqual([]);
	},
);

test('there is an example for each endpoint’s answer', () => {
	const answered = examples.filter(({ place }) => place.includes('200') && place[0] === 'paths');
	expect(answered).toHaveLength(Object.keys(endpoints).length);
});

test('every $ref leads somewhere', () => {
	const text = readFileSync(contractFile, 'utf8');
	const refs = new Set([...text.matchAll(/\$ref: '#\/([^']+)'/g)].map(([, ref]) => ref ?? ''));
	expect(refs.size).toBeGreaterThan(30);
	for (const ref of refs) {
		const found = ref.split('/').reduce<unknown>((at, part) => (isRecord(at) ? at[part] : undefined), contract);
		expect([ref, isRecord(found)]).toEqual([ref, true]);
	}
});

test.each([
	'invalid_key',
	'invalid_signature',
	'clock_skew',
	'nonce_reused',
	'forbidden',
	'malformed_body',
	'invalid_request',
	'plan_quota_exhausted',
	'idempotency_key_in_use',
	'too_many_items',
	'too_many_members',
	'body_too_large',
	'idempotency_key_mismatch',
	'rate_limited',
	'internal',
	'group_not_found',
	'job_not_found',
	'cursor_expired',
])('the file names the code %s', (code) => {
	expect(readFileSync(contractFile, 'utf8')).toMatch(new RegExp(`\\b(const|enum): .*\\b${code}\\b`));
});
