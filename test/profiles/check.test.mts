// What `npm run profile -- check` tells: every mistake at once, what would be sent, and how answers of the documents are read.

import { describe, expect, it } from 'vitest';

import { parseProfile, parseSamples, parseWhole, readProfile } from '../../nodes/TokenIm/protocol/profile/profile';
import { check, examine } from '../../scripts/profile/check.mts';
import { HONEST, LIES_OF_MEMBERS, LIES_OF_USERS } from './heron.mts';
import { profileText } from './world.mts';

function mistakesIn(profile: unknown): string[] {
	const read = parseWhole(typeof profile === 'string' ? profile : JSON.stringify(profile));
	return 'mistakes' in read ? read.mistakes.map(({ path, allowed }) => `${path}: ${allowed}`) : [];
}

/** A deep copy with one change. */
function changed(path: string, value: unknown): object {
	const copy: object = structuredClone(HONEST);
	const keys = path.split('.');
	const last = keys.pop() ?? '';
	const place = keys.reduce<object>((at, key) => Object(Reflect.get(at, key)), copy);
	Reflect.set(place, last, value);
	return copy;
}

describe('what is wrong with a profile', () => {
	it('is told all at once', () => {
		const { readLagMs: _, ...more } = HONEST;
		const { operations } = HONEST;
		expect(
			mistakesIn({
				...more,
				asOf: 'yesterday',
				operations: { ...operations, createUsers: { ...operations.createUsers, method: 'SEND', path: 'x' } },
			}),
		).toEqual([
			expect.stringMatching(/^asOf: /),
			expect.stringMatching(/^readLagMs: this key is required/),
			expect.stringMatching(/^operations\.createUsers\.method: allowed here: GET/),
			expect.stringMatching(/^operations\.createUsers\.path: write the path after the base URL/),
		]);
	});

	it('is told all at once where it is well formed and contradicts itself', () => {
		const { operations } = HONEST;
		const { createUsers, queryUsers } = operations;
		expect(
			mistakesIn({
				...HONEST,
				operations: {
					...operations,
					createUsers: { ...createUsers, path: '/{room}' },
					queryUsers: { ...queryUsers, method: 'GET' },
				},
			}).map((one) => one.split(':')[0]),
		).toEqual(['operations.createUsers.path', 'operations.queryUsers.body.as']);
	});

	it.each([
		['{"format": 1,}', 'line 1, column 14', 'a key in double quotes; no comma stands behind the last one'],
		['{\n\t"format": 1\n\t"name": "x"\n}', 'line 3, column 2', 'a comma or }'],
		['{"a": [1, 2}', 'line 1, column 12', 'a comma or ]'],
		["{'a': 1}", 'line 1, column 2', 'a key in double quotes'],
		['{"a" 1}', 'line 1, column 6', 'a colon behind the key'],
		['{"a": undefined}', 'line 1, column 7', 'a value: a text in double quotes'],
		['{"a": "b\nc"}', 'line 1, column 7', 'a text that ends with double quotes in its line'],
		['{"a": "C:\\d"}', 'line 1, column 7', 'a text that ends with double quotes in its line'],
		['{"a": 1} // done', 'line 1, column 10', 'nothing more'],
		['', 'line 1, column 1', 'a value'],
		['[1, 2', 'line 1, column 6', 'a comma or ]'],
		['{"a": 01}', 'line 1, column 8', 'a comma or }'],
		['['.repeat(5_000), 'line 1, column 102', 'at most 100 brackets'],
	])('has its line and column where it is no JSON: %j', (text, place, expected) => {
		expect(mistakesIn(text)).toEqual([
			expect.stringContaining(`this is no JSON from ${place} on; expected there: ${expected}`),
		]);
	});

	it('says where the members that a request holds would not count', () => {
		const { createGroups } = HONEST.operations;
		expect(mistakesIn(changed('operations.createGroups', { ...createGroups, most: { members: 99 } }))).toEqual([
			expect.stringMatching(/^operations\.createGroups\.limits\.members: a limit such as membersPerRequest/),
		]);
	});

	it('takes a key with $ in a body, and nowhere else', () => {
		const body = { container: 'ids', key: 'filter.id.$in', as: 'queryJson', parameter: 'payload' };
		expect(mistakesIn(changed('operations.queryUsers.body', body))).toEqual([]);
		const lines = check(readProfile(changed('operations.queryUsers.body', body)));
		expect(lines.join('\n')).toContain('payload={"filter"%3A{"id"%3A{"%24in"%3A["s001"%2C"s002"]}}}');
		expect(mistakesIn(changed('fields.user.username.wire', 'a.$b'))).toEqual([expect.stringMatching(/write one key/)]);
		expect(mistakesIn(changed('operations.queryUsers.body.key', 'a.__proto__.$b'))).toEqual([
			expect.stringMatching(/write one key, or several/),
		]);
	});

	it('says that a rate for each group is none where a request is about no group', () => {
		const rates = [{ operations: ['addMembers', 'createUsers'], requests: 1, each: 'group' }];
		expect(mistakesIn(changed('limits.rates', rates))).toEqual([
			'limits.rates.0.each: nothing beside createUsers: such a request is about no single group',
		]);
	});

	it('says for a nested constant that dots are the way', () => {
		expect(mistakesIn(changed('operations.addMembers.body.constants', { data: { type: 1 } }))).toEqual([
			'operations.addMembers.body.constants.data: expected string or number or boolean; what lies deeper is written by its keys joined by dots, such as "data.type": 1',
		]);
		expect(mistakesIn(changed('operations.createUsers.body.each', { data: { type: 1 } }))).toEqual([
			expect.stringContaining('joined by dots'),
		]);
		expect(mistakesIn(changed('authentication.headers', { 'X-A': { b: 1 } }))).toEqual([
			expect.not.stringContaining('joined by dots'),
		]);
	});

	it.each([
		['errors.', 'a dot has no key beside it'],
		['a..b', 'a dot has no key beside it'],
		['$.errors', 'the character $ has no meaning in it'],
		['errors[0', 'the bracket ] is missing'],
		['errors[', 'what stands in the brackets, or ] is missing'],
		['errors.0.id', '0 is no key; the place of a list is written [0]'],
		['errors[0].error-code', 'a key with - in it stands in double quotes there'],
		['errors[?code=1]', 'a comparison is written =='],
		['errors id', 'id stands where nothing more may follow'],
		['', 'nothing stands there'],
		['length(errors)', 'this one calls length'],
		['a[][]', 'this one has 2'],
		['[a,[b,c]]', 'this one has 2'],
		['&a', '(ExpressionReference) is not allowed'],
		['a[::2]', 'no step'],
		['a.constructor.b[0]', 'constructor never stands for a key'],
	])('names what is wrong in the expression %j', (text, reason) => {
		expect(mistakesIn(changed('refusals.code', text)).join('\n')).toContain(reason);
	});
});

describe('what is shown of a profile', () => {
	it('is what ids may hold', () => {
		const lines = check(parseProfile(profileText('matrix-synapse')));
		expect(lines).toContain(
			'User ids: only a-z 0-9 . _ = / + -; 1 to 200 bytes; not starting with _; A and a are one id; sent as @s001:domain',
		);
		expect(check(parseProfile(profileText('easemob'))).join('\n')).toContain(
			'Group ids: the service makes its own for each; those of rows: ',
		);
	});

	it('is each header, with what is constant in it, and no secret', () => {
		const headers = {
			'Stream-Auth-Type': 'jwt',
			Authorization: 'Token {apiKey}:{sign}',
			'X-App': 'school',
			'X-Region': '{region}',
		};
		const lines = check(
			readProfile({
				...HONEST,
				values: { region: { label: 'Region' } },
				authentication: {
					headers,
					query: { v: '2', key: '{apiKey}' },
					computed: {
						sign: {
							steps: [{ step: 'template', text: '{nonce}' }, { step: 'hmac', algorithm: 'sha1' }, { step: 'hex' }],
						},
					},
				},
				requestId: { send: { header: 'X-Trace', value: 'n8n-{nonce}' } },
			}),
		);
		expect(lines).toEqual(
			expect.arrayContaining([
				'  Stream-Auth-Type: jwt',
				'  Authorization: Token (apiKey):(sign)',
				'  X-App: school',
				'  X-Region: region',
				'  X-Trace: n8n-(nonce)',
				'  POST https://im.example.com/people/import?v=2&key=(apiKey)',
			]),
		);
	});

	it.each([
		['[a-z0-9]+', true],
		['^a-z', true],
		['\\w', true],
		['a-z{1,32}', true],
		['a-z0-9_.@-', false],
		['A-Za-z0-9+/=', false],
		['!-~', false],
	])('warns of the set of characters %s where it was meant as a pattern: %s', (characterSet, warns) => {
		const lines = check(readProfile(changed('fields.user.userId.characterSet', characterSet))).join('\n');
		const warning = 'Warning: fields.user.userId.characterSet looks like a regular expression';
		expect(lines.includes(warning)).toBe(warns);
	});
});

describe('an answer of the documents', () => {
	const partial = {
		operation: 'createUsers',
		what: 'one exists',
		body: { code: 0, errors: [{ id: 's001', why: 'exists' }] },
		ids: ['s001', 's002'],
		means: { s001: 'exists', s002: 'created' },
	};
	const nobody = {
		operation: 'addMembers',
		body: { code: 0, errors: [{ id: 's002', why: 'nobody' }] },
		means: { s001: 'added', s002: 'failed' },
	};

	it('that an honest profile reads as it is meant is shown, and no more', () => {
		const { lines, contradictions } = examine(readProfile({ ...HONEST, samples: [partial, nobody] }));
		expect(contradictions).toEqual([]);
		expect(lines).toContain(
			'  the document shows (one exists): HTTP 200 {"code":0,"errors":[{"id":"s001","why":"exists"}]}',
		);
		expect(lines).toContain('    → s001: exists');
	});

	it('tells a profile that reads a partial import as done', () => {
		const { lines, contradictions } = examine(readProfile({ ...LIES_OF_USERS, samples: [partial, nobody] }));
		expect(contradictions).toEqual(['createUsers, one exists: s001 is exists, but the profile reads created']);
		expect(lines.join('\n')).toContain('Warning: the list at errors is not read, for all entries share one fate');
	});

	it('tells a profile that reads members who were not added as added', () => {
		const { contradictions } = examine(readProfile({ ...LIES_OF_MEMBERS, samples: [partial, nobody] }));
		expect(contradictions).toEqual(['addMembers: s002 is failed, but the profile reads added']);
	});

	it('warns of a list that nothing reads without being told what it means', () => {
		const { means: _, ...unexplained } = partial;
		const { lines, contradictions } = examine(readProfile({ ...LIES_OF_USERS, samples: [unexplained] }));
		expect(contradictions).toEqual([]);
		expect(lines.join('\n')).toContain('Does it name entries that were refused?');
	});

	it('may be a refusal, of the class that it means', () => {
		const refusal = { operation: 'queryUsers', status: 429, body: { code: 9 }, means: 'throttled' };
		expect(examine(readProfile({ ...HONEST, samples: [refusal] })).contradictions).toEqual([]);
		expect(examine(readProfile({ ...HONEST, samples: [{ ...refusal, means: 'stop' }] })).contradictions).toEqual([
			'queryUsers: it means a refusal of class stop, but the profile reads a refusal of class throttled',
		]);
		expect(examine(readProfile({ ...HONEST, samples: [{ ...partial, status: 500 }] })).contradictions).toEqual([
			'createUsers, one exists: it says what became of entries, but the profile reads a refusal of class transient',
		]);
	});

	it('has expressions read too, which no made-up answer can', () => {
		const answer = { kind: 'lookup', found: "people[?state=='on'].user", id: 'id' };
		const profile = changed('operations.queryUsers.answer', answer);
		const people = [
			{ state: 'on', user: { id: 's001' } },
			{ state: 'off', user: { id: 's002' } },
		];
		const sample = { operation: 'queryUsers', body: { code: 0, people }, means: { s001: 'found', s002: 'missing' } };
		expect(check(readProfile(profile)).join('\n')).toContain('none can be made up; give one of the document');
		const { lines, contradictions } = examine(readProfile({ ...profile, samples: [sample] }));
		expect(contradictions).toEqual([]);
		expect(lines.join('\n')).toMatch(/ {4}→ s001: found/);
		expect(lines.join('\n')).not.toContain('none can be made up');
	});

	it('may be no JSON', () => {
		const sample = { operation: 'createUsers', status: 502, text: '<html>', means: 'transient' };
		expect(examine(readProfile({ ...HONEST, samples: [sample] })).contradictions).toEqual([]);
	});

	it('is refused with its place where it is misspelt', () => {
		expect(() => parseSamples('[{"operation":"createUser"}]')).toThrow(/At 0\.operation: allowed here: createUsers/);
		expect(() => parseSamples('[')).toThrow(/no JSON from line 1, column 2/);
	});
});
