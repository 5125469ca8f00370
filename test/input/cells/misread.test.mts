// Text that was read in another encoding than it was written in, before it came here.

import iconv from 'iconv-lite';
import { afterEach, describe, expect, it, vi } from 'vitest';
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

	it('is not told of double names, in capitals or not, whatever stands between their parts', () => {
		const wrong = Object.values(LANGUAGES).flatMap(({ family }) =>
			family.flatMap((name, at) => {
				const other = family[(at + 1) % family.length] ?? '';
				return ['–', '—', '-', '’', '‘', ' ', '·', '“', '”', ''].flatMap((between) =>
					[
						`${name}${between}${other}`,
						`${name}${between}${other}`.toUpperCase(),
						`${name.toUpperCase()}${between}s`,
					].filter(isMisread),
				);
			}),
		);
		expect(wrong).toEqual([]);
	});

	it.each([
		...['Лі', 'ЛІ', 'Сі', 'СІ', 'Ші', 'ШІ', 'Ці', 'Брюс Лі', 'Ян Ші', 'Ё'],
		...[
			'WĘŻYK ANNA',
			'KSIĘŻAK JAN',
			'CIĘŻKI PIOTR',
			'CIĘŹKI',
			'MARKOVIĆŠARAC',
			'JOSÉ–MARIA',
			'JOSÉ’S',
			'KOÇ’UN',
			'KOÇ–YILMAZ',
		],
		...['Əliyev', 'Məmmədov', 'Țurcanu', 'NGUYỄN THỊ HƯƠNG', 'Lý Thơ', 'Žižka', 'ÖZGÜÇ', 'KĘSY', 'RZĘŚNY', 'GĘŚ'],
	])('is not told of %s', (name) => {
		expect(isMisread(name)).toBe(false);
	});
});

describe('a cell of text that was misread', () => {
	it.each(['张三', '张伟', 'à la carte', '김철수', 'Voilà'])(
		'is told where a byte of it became a no-break space: %s',
		(name) => {
			const text = iconv.decode(Buffer.from(name), 'win1252');
			expect(text).toContain('\u00A0');
			for (const kind of ['text', 'id', 'attribute'] as const)
				expect(readCell(text, kind)).toMatchObject({ kind: 'refused', finding: { code: 'characters_lost' } });
		},
	);

	it('is none where somebody wrote a no-break space', () => {
		for (const text of ['Ada\u00A0Lind', '\u00A0José', 'Jean\u00A0: é', 'Ã\u00A0'.slice(1)])
			expect(readCell(text, 'text')).not.toMatchObject({ kind: 'refused' });
	});

	it.each(['??', '?????', '??? ??', '? ?'])('is lost where nothing but question marks is left: %s', (text) => {
		expect(readCell(text, 'text')).toMatchObject({ kind: 'refused', finding: { code: 'characters_lost' } });
	});

	it.each(['?', 'Who?', 'Who??', '¿Qué?'])('is what somebody wrote: %s', (text) => {
		expect(readCell(text, 'text')).toEqual({ kind: 'value', value: text });
	});
});

describe('on Node.js 20, which reads Windows-1252 in one go as Latin-1', () => {
	afterEach(() => void vi.unstubAllGlobals());

	it('text that was misread is told all the same', async () => {
		const Known = TextDecoder;
		class OfNode20 extends Known {
			override decode(...[bytes, options]: Parameters<InstanceType<typeof Known>['decode']>): string {
				const isBroken = this.encoding === 'windows-1252' && options?.stream !== true && bytes instanceof Uint8Array;
				return isBroken ? Buffer.from(bytes).toString('latin1') : super.decode(bytes, options);
			}
		}
		vi.stubGlobal('TextDecoder', OfNode20);
		vi.resetModules();
		const fresh = await import('../../../nodes/TokenIm/input/cells/misread.ts');
		for (const name of ['Иван', '张三', 'Łukasz', 'สมชาย'])
			expect(fresh.isMisread(iconv.decode(Buffer.from(name), 'win1252'))).toBe(true);
	});
});
