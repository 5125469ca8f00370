// Tokens that answers hand out: read where they were asked for, whatever form the answer has.

import { describe, expect, it } from 'vitest';

import type { Reading } from '../../../nodes/TokenIm/engine/wire';
import { createProtocol } from '../../../nodes/TokenIm/protocol/calls';
import { readProfile } from '../../../nodes/TokenIm/protocol/profile/profile';
import standard from '../../../nodes/TokenIm/protocol/profiles/tokenim-rest-v1.json' with { type: 'json' };
import { answer } from './answers.mts';

const returns = { token: { at: 'auth.token' }, code: { at: 'code' } };
const made = { id: 'u1', ok: true, status: 'created', auth: { token: 't1' }, code: 7 };

const FORMS: ReadonlyArray<readonly [kind: string, form: object, body: object]> = [
	[
		'results',
		{ kind: 'results', at: 'list', id: 'id', status: 'status', words: { created: 'created' }, returns },
		{ list: [made] },
	],
	['lists', { kind: 'lists', done: { at: 'list', id: 'id', returns }, rest: 'unanswered' }, { list: [made] }],
	['map', { kind: 'map', at: 'map', success: 'ok', returns }, { map: { u1: made } }],
	['all', { kind: 'all', id: 'id', returns }, made],
];

function read(form: object, body: object, readsSecrets: boolean): Reading {
	const { createUsers } = standard.operations;
	const operations = { ...standard.operations, createUsers: { ...createUsers, answer: form } };
	const call = createProtocol(readProfile({ ...standard, operations }), { readsSecrets }).createUsers('keep');
	return call.read(answer(200, body), 0, { entries: [{ id: 'u1', fields: {} }], parts: ['{}'] });
}

describe.each(FORMS)('an answer of the form %s', (_kind, form, body) => {
	it('gives its tokens, and no value that is not a text', () => {
		expect(read(form, body, true)).toMatchObject({
			results: [{ id: 'u1', answer: { status: 'created', returned: { token: 't1' } } }],
		});
		expect(JSON.stringify(read(form, body, true))).not.toContain('"code"');
	});

	it('gives none where nobody asked', () => {
		expect(JSON.stringify(read(form, body, false))).not.toContain('t1');
	});

	it('that holds none gives none', () => {
		const text = JSON.stringify(body).replace('"auth"', '"other"');
		expect(JSON.stringify(read(form, JSON.parse(text), true))).not.toContain('returned');
	});
});
