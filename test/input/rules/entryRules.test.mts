import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { compileFields, type Mode } from '../../../nodes/TokenIm/input/rules/entryRules';
import { parseProfile } from '../../../nodes/TokenIm/protocol/profile/profile';
import { defaultProfile } from '../../../nodes/TokenIm/protocol/profiles';

const create = compileFields(defaultProfile, 'user', 'create');
const update = compileFields(defaultProfile, 'user', 'update');
const verify = compileFields(defaultProfile, 'user', 'verify');
const group = compileFields(defaultProfile, 'group', 'create');

const own = (field: string) => field;
const user = { userId: 's001', username: 'Li Lei' };
const map = (entries: Readonly<Record<string, unknown>>) => Object.assign(Object.create(null), entries);

describe('a user', () => {
	it('with every field in order is an entry that holds them', () => {
		const values = {
			userId: 's001',
			username: '李雷',
			avatarUrl: 'https://example.com/a.png',
			registeredAt: '2026-09-01T08:00:00+08:00',
			email: 'li.lei@example.com',
			phone: '+8613800138000',
			attributes: map({ class: '3B', year: 2026, boarder: true }),
		};
		expect(create(values, own)).toEqual({ ok: true, entry: { id: 's001', fields: values } });
	});

	it.each([
		['an id of 64 bytes', { userId: 'a'.repeat(64) }],
		['an id with every kind of character', { userId: 'Az09_.@-' }],
		['a name of 64 emoji', { username: '😀'.repeat(64) }],
		['a name of any script', { username: 'Иван עברית 李雷' }],
		['a leap day', { registeredAt: '2024-02-29T23:59:59Z' }],
		['a fraction of a second', { registeredAt: '2024-01-05T00:00:00.123456+05:30' }],
		['an attribute of 512 characters', { attributes: map({ note: '😀'.repeat(512) }) }],
		['20 attributes', { attributes: map(Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`a${n}`, n]))) }],
		['an id that a prototype has', { userId: '__proto__' }],
		['an id that an object has', { userId: 'constructor' }],
		['empty optional fields', { email: '', phone: ' ', avatarUrl: undefined }],
	])('with %s is an entry', (_what, change) => {
		expect(create({ ...user, ...change }, own)).toMatchObject({ ok: true });
	});

	it.each([
		['without id', { userId: undefined }, 'userId', 'required'],
		['with a blank id', { userId: ' ' }, 'userId', 'required'],
		['without name', { username: '' }, 'username', 'required'],
		['with a cleared name', { username: null }, 'username', 'required'],
		['with an id of 65 bytes', { userId: 'a'.repeat(65) }, 'userId', 'too_long'],
		['with an id of another script', { userId: '张三' }, 'userId', 'bad_characters'],
		['with a space in the id', { userId: 'li lei' }, 'userId', 'bad_characters'],
		['with the id .', { userId: '.' }, 'userId', 'not_allowed'],
		['with the id ..', { userId: '..' }, 'userId', 'not_allowed'],
		['with an id that is no text', { userId: 7 }, 'userId', 'not_text'],
		['with a name of 65 characters', { username: '李'.repeat(65) }, 'username', 'too_long'],
		['with half an emoji in the name', { username: 'Li \ud83d' }, 'username', 'broken_character'],
		['with an address without host', { avatarUrl: 'https://' }, 'avatarUrl', 'not_a_url'],
		['with a script as address', { avatarUrl: 'javascript:alert(1)' }, 'avatarUrl', 'not_a_url'],
		['with a line break in the address', { avatarUrl: 'https://example.com/a\n.png' }, 'avatarUrl', 'not_a_url'],
		[
			'with an address of 2,049 characters',
			{ avatarUrl: `https://example.com/${'a'.repeat(2029)}` },
			'avatarUrl',
			'too_long',
		],
		['with a date alone', { registeredAt: '2026-09-01' }, 'registeredAt', 'not_a_time'],
		['with a time without offset', { registeredAt: '2026-09-01T08:00:00' }, 'registeredAt', 'not_a_time'],
		['with a leap second', { registeredAt: '2016-12-31T23:59:60Z' }, 'registeredAt', 'not_a_time'],
		['with 30 February', { registeredAt: '2026-02-30T08:00:00Z' }, 'registeredAt', 'not_a_time'],
		["with a spreadsheet's day number", { registeredAt: '45292' }, 'registeredAt', 'not_a_time'],
		['with two e-mail addresses', { email: 'a@example.com, b@example.com' }, 'email', 'not_an_email'],
		['with a phone without country code', { phone: '13800138000' }, 'phone', 'not_a_phone'],
		['with a phone with spaces', { phone: '+86 138 0013 8000' }, 'phone', 'not_a_phone'],
		['with attributes that are a list', { attributes: ['a'] }, 'attributes', 'not_an_object'],
		['with a nested attribute', { attributes: map({ a: { b: 1 } }) }, 'attributes.a', 'bad_attribute'],
		['with an infinite attribute', { attributes: map({ a: Infinity }) }, 'attributes.a', 'bad_attribute'],
		['with an attribute of 513 characters', { attributes: map({ a: 'x'.repeat(513) }) }, 'attributes.a', 'too_long'],
		['with an attribute without name', { attributes: map({ '': 1 }) }, 'attributes.', 'not_allowed'],
		[
			'with 21 attributes',
			{ attributes: map(Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`a${n}`, n]))) },
			'attributes',
			'too_many_attributes',
		],
	])('%s is refused: %j %s %s', (_what, change, field, code) => {
		expect(create({ ...user, ...change }, own)).toMatchObject({ ok: false, issues: [{ field, code }] });
	});

	it('is told everything that is wrong at once, in the order of the fields', () => {
		const result = create({ userId: 'a b', username: '', email: 'x', phone: '1' }, own);
		expect(result.ok ? [] : result.issues.map(({ field }) => field)).toEqual(['userId', 'username', 'email', 'phone']);
	});

	it('is told of both a wrong character and a wrong length of one value', () => {
		const result = create({ ...user, userId: '张'.repeat(30) }, own);
		expect(result.ok ? [] : result.issues.map(({ code }) => code)).toEqual(['bad_characters', 'too_long']);
	});

	it('is told where in the sheet, what was found, what is expected and what to do', () => {
		const result = create({ ...user, userId: `13800138000 张三 ${'and more '.repeat(20)}` }, () => 'student no');
		expect(result).toMatchObject({
			issues: [
				{
					column: 'student no',
					field: 'userId',
					found: `13800138000 张三 ${'and more '.repeat(9)}and…`,
					expected: 'only these characters: A-Z a-z 0-9 _ . @ -',
					fix: 'Take the space out of column "student no".',
				},
				{ expected: 'at most 64 bytes', fix: 'Shorten the value in column "student no".' },
			],
		});
	});

	it('is told the number of a character that nobody can see', () => {
		const result = create({ ...user, userId: 's​001' }, own);
		expect(result).toMatchObject({
			issues: [{ fix: 'Take the invisible character U+200B out of column "userId".' }],
		});
	});

	it('is told to add a column where no column gave the field', () => {
		expect(create({ userId: 's001' }, () => null)).toMatchObject({
			issues: [
				{
					column: null,
					field: 'username',
					fix: 'Add a column named username, or choose the column that holds it.',
				},
			],
		});
	});

	it('tells of 200,000 bad attributes like of one: none of them overflows the stack', () => {
		const bad = Object.fromEntries(Array.from({ length: 200_000 }, (_, n) => [`a${n}`, []]));
		const prepared = create({ ...user, attributes: map(bad) }, () => null);
		expect(prepared.ok ? 0 : prepared.issues.length).toBe(200_001);
	});

	it('names the column of an attribute, or that of all attributes', () => {
		const bad = { ...user, attributes: map({ class: {} }) };
		const columns = (known: Readonly<Record<string, string>>) => (field: string) => known[field] ?? null;
		expect(create(bad, columns({ 'attributes.class': 'Class' }))).toMatchObject({
			issues: [{ column: 'Class' }],
		});
		expect(create(bad, columns({ attributes: 'Extra' }))).toMatchObject({ issues: [{ column: 'Extra' }] });
	});
});

describe('a beginning that the service keeps for itself', () => {
	const synapse = parseProfile(
		readFileSync(join(import.meta.dirname, '../../../examples/profiles/matrix-synapse.json'), 'utf8'),
	);
	const check = compileFields(synapse, 'user', 'create');

	it('is refused with what it is, and stands elsewhere', () => {
		expect(check({ userId: 'ada_1' }, own)).toMatchObject({ ok: true });
		expect(check({ userId: '_ada' }, () => 'Login')).toMatchObject({
			issues: [
				{
					column: 'Login',
					code: 'not_allowed',
					found: '_ada',
					expected: 'a value that does not start with _',
					fix: expect.stringContaining('Take _ away from the start of column "Login"'),
				},
			],
		});
	});
});

describe('attributes', () => {
	it.each(['__proto__', 'constructor', 'toString'])('named %s are data', (name) => {
		const result = create({ ...user, attributes: JSON.parse(`{"${name}":"x"}`) }, own);
		const attributes = result.ok ? result.entry.fields.attributes : undefined;
		expect(JSON.stringify(attributes)).toBe(`{"${name}":"x"}`);
		expect(Object.getPrototypeOf(attributes)).toBeNull();
	});

	it('without value are left out when users are created and take the name away when they are updated', () => {
		const values = { ...user, attributes: map({ a: null, b: 1 }) };
		expect(create(values, own)).toMatchObject({ entry: { fields: { attributes: map({ b: 1 }) } } });
		expect(update(values, own)).toMatchObject({ entry: { fields: { attributes: map({ a: null, b: 1 }) } } });
	});
});

describe('an update', () => {
	it('needs the id only', () => {
		expect(update({ userId: 's001' }, own)).toEqual({
			ok: true,
			entry: { id: 's001', fields: { userId: 's001' } },
		});
	});

	it('clears an optional field with null', () => {
		expect(update({ userId: 's001', phone: null }, own)).toMatchObject({
			entry: { fields: { phone: null } },
		});
	});

	it.each(['userId', 'username'])('cannot clear %s', (field) => {
		const result = update({ ...user, [field]: null }, own);
		expect(result).toMatchObject({
			ok: false,
			issues: [{ field, code: field === 'userId' ? 'required' : 'cannot_clear' }],
		});
	});
});

describe('Verify and Delete', () => {
	it('Verify takes fields as they are, for comparing, but not a bad id', () => {
		expect(verify({ userId: 's001', phone: '138' }, own)).toMatchObject({
			ok: true,
			entry: { fields: { phone: '138' } },
		});
		expect(verify({ userId: '..', phone: '138' }, own)).toMatchObject({ ok: false });
	});

	it('Delete looks at the id only', () => {
		const remove = compileFields(defaultProfile, 'user', 'delete');
		expect(remove({ userId: 's001', phone: 'x' }, own)).toEqual({
			ok: true,
			entry: { id: 's001', fields: { userId: 's001' } },
		});
	});
});

describe('a group', () => {
	const values = { groupId: 'g1', name: 'Class 3B', ownerId: 't1' };

	it('keeps its members apart from its fields, each once, in order', () => {
		const result = group({ ...values, memberIds: ['s2', 's1', 's2', ' ', 's1'] }, own);
		expect(result).toEqual({ ok: true, entry: { id: 'g1', fields: values, memberIds: ['s2', 's1'] } });
	});

	it('may have no members', () => {
		expect(group({ ...values, memberIds: [] }, own)).toEqual({
			ok: true,
			entry: { id: 'g1', fields: values },
		});
	});

	it('checks owner and members by the rules of user ids, and counts the members that are bad', () => {
		const result = group({ ...values, ownerId: 't 1', memberIds: ['s1', 's 2', 's/3', 's4'] }, own);
		expect(result).toMatchObject({
			issues: [
				{ field: 'ownerId', code: 'bad_characters' },
				{
					field: 'memberIds',
					found: 's 2',
					fix: 'Write commas between the ids in column "memberIds": s001, s002. If it is one id, take out of it what does not belong there. 1 more of the ids there cannot be used either.',
				},
			],
		});
	});

	it('needs members where members are added, and nothing else beside its id', () => {
		const members = compileFields(defaultProfile, 'group', 'members');
		expect(members({ groupId: 'g1', memberIds: ['s1'] }, own)).toMatchObject({
			ok: true,
			entry: { memberIds: ['s1'] },
		});
		expect(members({ groupId: 'g1' }, own)).toMatchObject({
			ok: false,
			issues: [{ field: 'memberIds', code: 'required' }],
		});
	});
});

describe('any values', () => {
	const modes: readonly Mode[] = ['create', 'update', 'verify', 'delete', 'members'];

	it('are an entry or issues, never a throw, and messages hold no line break and no word that blames', () => {
		const anything = fc.dictionary(
			fc.constantFrom(
				'userId',
				'username',
				'avatarUrl',
				'registeredAt',
				'email',
				'phone',
				'attributes',
				'groupId',
				'memberIds',
				'__proto__',
			),
			fc.oneof(
				fc.string({ unit: 'binary' }),
				fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true }),
			),
		);
		fc.assert(
			fc.property(
				anything,
				fc.constantFrom(...modes),
				fc.constantFrom('user' as const, 'group' as const),
				(values, mode, kind) => {
					const result = compileFields(defaultProfile, kind, mode)(values, own);
					if (result.ok) expect(typeof result.entry.id).toBe('string');
					else expect(result.issues.length).toBeGreaterThan(0);
					for (const { found, fix, expected } of result.ok ? [] : result.issues) {
						expect([...found].length).toBeLessThanOrEqual(100);
						expect(`${expected} ${fix}`).not.toMatch(/\b(error|problem|failure|mistake)/i);
						expect(found).not.toMatch(/[\r\n]/);
					}
				},
			),
			{ numRuns: 500 },
		);
	});
});
