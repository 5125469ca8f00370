import { describe, expect, it } from 'vitest';

import { parseCharacterSet } from '../../../nodes/TokenIm/protocol/language/characters';
import { compilePointer, idTextOf } from '../../../nodes/TokenIm/protocol/language/pointer';
import { fill, pathPart } from '../../../nodes/TokenIm/protocol/language/template';

describe("the service's own id", () => {
	it.each([
		['im_1', 'im_1'],
		[17, '17'],
		[-3, '-3'],
		[Number.MAX_SAFE_INTEGER, '9007199254740991'],
	])('is %j', (value, text) => expect(idTextOf(value)).toBe(text));

	it.each([2 ** 53, JSON.parse('9007199254740993'), -(2 ** 53), 1e300, 1.5, true, null])(
		'is not %j: two accounts may have the same number once it is read',
		(value) => expect(idTextOf(value)).toBe(undefined),
	);
});

describe('a pointer', () => {
	it.each([
		['a', { a: 1 }, 1],
		['a.b.c', { a: { b: { c: null } } }, null],
		['a.b', { a: 'text' }, undefined],
		['a.b', null, undefined],
		['a', [1], undefined],
		['length', [1], undefined],
		['length', 'text', undefined],
		['a.length', { a: [1] }, undefined],
		['constructor', {}, undefined],
		['toString', { a: 1 }, undefined],
		['__proto__', {}, undefined],
		['__proto__.polluted', JSON.parse('{"a":1}'), undefined],
	])('%s of %j is %j', (pointer, value, expected) => {
		expect(compilePointer(pointer)(value)).toBe(expected);
	});
});

describe('a character set', () => {
	it.each([
		['A-Za-z0-9_.@-', 'Az09_.@-', undefined],
		['A-Za-z0-9_.@-', 'a b', ' '],
		['A-Za-z0-9_.@-', 'a张', '张'],
		['-a', 'a-', undefined],
		['a-', 'a-', undefined],
		['a-c-', 'abc-', undefined],
		['一-鿿', '张三', undefined],
		['一-鿿', '张a', 'a'],
		['😀-😎', '😁', undefined],
		['a', '😀', '😀'],
		['.*+?^$()[]{}|\\', 'a', 'a'],
	])('%s: the first character outside in %j is %j', (set, text, outside) => {
		expect(parseCharacterSet(set)?.firstOutside(text)).toBe(outside);
	});

	it.each(['', 'z-a', '9-0'])('is not %j', (set) => {
		expect(parseCharacterSet(set)).toBeUndefined();
	});

	it('is shown as people read it', () => {
		expect(parseCharacterSet('A-Za-z0-9_.@-')?.shown).toBe('A-Z a-z 0-9 _ . @ -');
	});
});

describe('a template', () => {
	it('fills the names that have values, once, and takes values for nothing but text', () => {
		expect(fill('{a}/{b}/{c}', { a: '{b}', b: '$&' })).toBe('{b}/$&/{c}');
		expect(fill('{toString}{__proto__}', {})).toBe('{toString}{__proto__}');
	});

	it.each([
		['g1', 'g1'],
		['a/b?c#d', 'a%2Fb%3Fc%23d'],
		['...', '...'],
		['', undefined],
		['.', undefined],
		['..', undefined],
		['\ud800', undefined],
	])('has %j as a part of a path as %j', (text, part) => {
		expect(pathPart(text)).toBe(part);
	});
});
