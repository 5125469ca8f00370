import { search } from 'jmespath';
import { describe, expect, it } from 'vitest';

import { compileExpression } from '../../../nodes/TokenIm/protocol/language/jmespath';
import { mistakeOfExpression } from '../../../nodes/TokenIm/protocol/language/jmespathTree';
import { expectQuick } from '../../quick.mts';

const document = {
	data: [{ id: 'a', ok: true, tags: ['x', 'y'] }, { id: 'b', ok: false, tags: ['z'] }, { id: 'c' }],
	map: { u1: { n: 1 }, u2: { n: 2 } },
	total: 3,
};

describe('an expression', () => {
	it.each([
		'data[0].id',
		'data[-1].id',
		'data[].id',
		'data[*].tags[]',
		'data[?ok].id',
		"data[?id=='b'] | [0].tags",
		'data[1:].id',
		'map.*.n',
		'[total, data[0].id]',
		'{n: total, first: data[0].id}',
		'missing || total',
		'total && map.u1.n',
		'!missing',
		'keys(map)',
		'not_null(missing, total)',
		'@.total',
		'data[?!ok].id',
		'total > `2`',
	])('%s finds what the library finds', (text) => {
		expect(mistakeOfExpression(text)).toBeUndefined();
		expect(compileExpression(text)(document) ?? null).toEqual(search(document, text));
	});

	it.each([
		'[a,[b,c]]',
		'a[][]',
		'sort_by(@, &a)',
		'to_string(@)',
		'map(&a, @)',
		'a.__proto__',
		'"constructor".x',
		'a[',
		'a b',
		'',
		'('.repeat(100),
		'a'.repeat(201),
	])('%j is refused', (text) => {
		expect(mistakeOfExpression(text)).toEqual(expect.any(String));
	});

	it('that would visit too much finds nothing, and is quick', () => {
		const wide = { list: Array.from({ length: 500_000 }, (_, index) => [index, [index]]) };
		for (const text of [
			'list[*][*][*]',
			'list[?[0]].a',
			'list[] | [*]',
			'[@.list[*],@.list[*],@.list[*]]',
			'list[*].[a,b,c,d,e,f]',
		]) {
			const read = compileExpression(text);
			expect(read(wide)).toBeUndefined();
			expectQuick(() => read(wide));
		}
	});
});
