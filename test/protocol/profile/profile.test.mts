import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createProtocol } from '../../../nodes/TokenIm/protocol/calls';
import { ProfileMistake, readProfile } from '../../../nodes/TokenIm/protocol/profile/profile';
import json from '../../../nodes/TokenIm/protocol/profiles/tokenim-rest-v1.json' with { type: 'json' };

/** The default profile with the value at `path` changed; `undefined` takes it away. */
function changed(path: string, value: unknown): unknown {
	const copy: unknown = structuredClone(json);
	const keys = path.split('.');
	const last = keys.pop() ?? '';
	const place = keys.reduce<unknown>(
		(at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : at),
		copy,
	);
	if (typeof place !== 'object' || place === null) throw new Error(`no such place: ${path}`);
	if (value === undefined) Reflect.deleteProperty(place, last);
	else Reflect.defineProperty(place, last, { value, enumerable: true, configurable: true, writable: true });
	return copy;
}

function mistakeOf(document: unknown): ProfileMistake {
	try {
		readProfile(document);
	} catch (error) {
		if (error instanceof ProfileMistake) return error;
		throw error;
	}
	throw new Error('the profile was accepted');
}

describe('a profile', () => {
	it('of TokenIM REST v1 is read, with its defaults filled in', () => {
		expect(readProfile(json)).toMatchObject({
			name: 'TokenIM REST v1',
			readLagMs: 2000,
			maxAnswerBytes: 8 * 1024 * 1024,
		});
	});

	it.each([
		[
			'an unknown key',
			'operations.createUsers.pth',
			'/x',
			'operations.createUsers',
			/unknown key; allowed here: method, path/,
		],
		['an unknown key at the top', 'operatoins', {}, '(top)', /allowed here: \$schema, format, name, source/],
		['a key that is missing', 'operations.queryUsers', undefined, 'operations.queryUsers', /required/],
		['a wrong type', 'readLagMs', '2 s', 'readLagMs', /expected number, found string/],
		[
			'an unknown word',
			'operations.createUsers.method',
			'FETCH',
			'operations.createUsers.method',
			/allowed here: GET, POST/,
		],
		[
			'an unknown class',
			'refusals.table.0.class',
			'retry',
			'refusals.table.0.class',
			/allowed here: throttled, transient/,
		],
		[
			'an unknown step',
			'authentication.computed.signature.steps.1.step',
			'rot13',
			'authentication.computed.signature.steps.1.step',
			/allowed here: template, json, jwt/,
		],
		[
			'another container',
			'operations.queryUsers.body.container',
			'csv',
			'operations.queryUsers.body.container',
			/allowed here: objects, ids, map, single, none/,
		],
		[
			'an ID of the user that is said to be the account',
			'operations.queryUsers.answer.imId',
			{ at: 'userId', isAccount: true },
			'operations.queryUsers.answer.imId.isAccount',
			/false, for this is the user id itself/,
		],
		['a path with a query', 'operations.queryUsers.path', '/users?x=1', 'operations.queryUsers.path', /without query/],
		[
			'a path to another host',
			'operations.queryUsers.path',
			'//evil.example/users',
			'operations.queryUsers.path',
			/starting with one \//,
		],
		[
			'a path that climbs',
			'operations.queryUsers.path',
			'/../admin',
			'operations.queryUsers.path',
			/starting with one \//,
		],
		[
			'a whole address as path',
			'operations.queryUsers.path',
			'https://evil.example',
			'operations.queryUsers.path',
			/starting with one \//,
		],
		[
			'a name with no meaning in a path',
			'operations.queryUsers.path',
			'/u/{groupId}',
			'operations.queryUsers.path',
			/\{groupId\} has no meaning here; \{userId\} are allowed/,
		],
		[
			'a pointer to a prototype',
			'operations.createUsers.answer.at',
			'a.__proto__',
			'operations.createUsers.answer.at',
			/joined by dots|never stands for a key/,
		],
		[
			'a pointer that calls',
			'operations.createUsers.answer.at',
			'sort_by(@, &a)',
			'operations.createUsers.answer.at',
			/not allowed here|only keys/,
		],
		[
			'the prototype as a body key',
			'operations.queryUsers.body.key',
			'__proto__',
			'operations.queryUsers.body.key',
			/one key/,
		],
		['a backward range', 'fields.user.userId.characterSet', 'z-a', 'fields.user.userId.characterSet', /ranges/],
		['an empty character set', 'fields.user.userId.characterSet', '', 'fields.user.userId.characterSet', /ranges/],
		[
			'a limit of 0',
			'limits.defaults.usersPerRequest',
			0,
			'limits.defaults.usersPerRequest',
			/greater than or equal to 1/,
		],
		[
			'a field that nobody knows',
			'fields.user.nickname',
			{ wire: 'n', type: 'text' },
			'fields.user',
			/allowed here: userId, username/,
		],
		[
			'a refusal that fits everything',
			'refusals.table.0',
			{ class: 'stop', say: 'x' },
			'refusals.table.0',
			/status, a code, a text/,
		],
		[
			'a line break in a header',
			'authentication.headers',
			{ 'X-A\r\nX-B': '{apiKey}' },
			'authentication.headers.X-A\r\nX-B',
			/header name/,
		],
		[
			'a line break in a header value',
			'authentication.headers',
			{ 'X-A': 'a\r\nX-B: 1' },
			'authentication.headers.X-A',
			/printable ASCII/,
		],
	])('with %s is refused with the path and what is allowed there', (_what, path, value, where, allowed) => {
		const mistake = mistakeOf(changed(path, value));
		expect(mistake.path).toBe(where);
		expect(mistake.allowed).toMatch(allowed);
		expect(mistake.message).toContain(where);
	});

	it.each([
		['a constant of a body', 'operations.queryUsers.body.constants', { secret: '{apiSecret}' }],
		['a query', 'operations.queryUsers.query', { secret: '{apiSecret}' }],
		['a path', 'operations.queryUsers.path', '/users/{apiSecret}'],
		['the request id', 'requestId.send.value', '{apiSecret}'],
	])('cannot put the secret into %s', (_what, path, value) => {
		expect(mistakeOf(changed(path, value)).allowed).toContain('{apiSecret} has no meaning here');
	});

	it.each([
		[
			'of bytes',
			[
				{ step: 'template', text: 'x' },
				{ step: 'hash', algorithm: 'sha1' },
			],
		],
		['in another order', [{ step: 'hex' }, { step: 'template', text: 'x' }]],
		['of no steps', []],
	])('cannot make a signature %s', (_what, steps) => {
		expect(mistakeOf(changed('authentication.computed.signature.steps', steps)).path).toBe(
			'authentication.computed.signature.steps',
		);
	});

	it.each([null, undefined, 7, 'x', [], {}, JSON.parse('{"__proto__":{"format":1}}')])('is not %j', (document) => {
		expect(() => readProfile(document)).toThrow(ProfileMistake);
	});

	it('with a key taken away, retyped or misspelt is refused with a path, or is another profile that works', () => {
		const places = pathsOf(json, '');
		const junk = fc.oneof(
			fc.constantFrom(undefined, null, true, 0, -1, '', 'x', '{apiSecret}', '__proto__', 'a.b'),
			fc.jsonValue(),
		);
		fc.assert(
			fc.property(fc.constantFrom(...places), junk, (place, value) => {
				const document = changed(place, value);
				try {
					createProtocol(readProfile(document));
				} catch (error) {
					if (!(error instanceof ProfileMistake)) throw error;
					expect(error.path).not.toBe('');
				}
			}),
			{ numRuns: 1000 },
		);
	}, 60_000);
});

function pathsOf(value: unknown, path: string): string[] {
	if (typeof value !== 'object' || value === null) return [path];
	const inner = Object.entries(value).flatMap(([key, item]) => pathsOf(item, path === '' ? key : `${path}.${key}`));
	return path === '' ? inner : [path, ...inner];
}
