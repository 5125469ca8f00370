// Text that was read in another encoding than it was written in, before it came here.

import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { isMisread } from '../../../nodes/TokenIm/input/cells/misread.ts';
import { readCell } from '../../../nodes/TokenIm/input/cells/values.ts';
import { LANGUAGES } from '../files/names.mts';

const NAMES = [
	'José',
	'Björn',
	'Łukasz',
	'Анна',
	'Άννα',
	'דוד',
	'علي',
	'สมชาย',
	'张三',
	'山田太郎',
	'김철수',
	'Ada 😀',
];

describe('text that was misread', () => {
	it.each(['windows-1252', 'windows-1251', 'windows-1250', 'macintosh', 'latin1'])(
		'is told where UTF-8 was read as %s',
		(label) => {
			for (const name of NAMES) {
				const bytes = Buffer.from(name);
				const text = label === 'latin1' ? bytes.toString('latin1') : new TextDecoder(label).decode(bytes);
				expect([text, isMisread(text)]).toEqual([text, true]);
			}
		},
	);

	it.each([
		['GB18030 read as UTF-8', new TextDecoder().decode(iconv.encode('王小明', 'gb18030'))],
		['a replacement character', 'A\uFFFDa'],
		['two of them read as GBK', '锟斤拷'],
	])('is told for %s', (_, text) => {
		expect(readCell(text, 'text')).toMatchObject({ kind: 'refused', finding: { code: 'characters_lost' } });
		expect(readCell(text, 'id')).toMatchObject({ kind: 'refused', finding: { code: 'characters_lost' } });
		expect(readCell({ class: text }, 'attributes')).toMatchObject({ kind: 'refused' });
		expect(readCell(['s1', text], 'ids')).toMatchObject({ kind: 'refused' });
	});

	it('is not told of any name as people write it, in any case', () => {
		const all = Object.values(LANGUAGES).flatMap(({ given, family }) => [...given, ...family]);
		const wrong = all.flatMap((name) => [name, name.toUpperCase(), name.toLowerCase()]).filter(isMisread);

		expect(all.length).toBeGreaterThan(5_000);
		expect(wrong).toEqual([]);
	});
});
