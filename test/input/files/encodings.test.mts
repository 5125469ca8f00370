import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from './names.mts';
import { bytesOf, rowsOf } from './reading.mts';

// Made with iconv: no encoder for these is in the runtime.
const GB18030 = bytesOfHex(
	// 学号,姓名,班级\ns1,张三,三年级\ns2,李四,三年级\n
	'd1a7bac52cd0d5c3fb2cb0e0bcb60a73312cd5c5c8fd2cc8fdc4eabcb60a73322cc0eecbc42cc8fdc4eabcb60a',
);
const BIG5 = bytesOfHex(
	// 學號,姓名,班級\ns1,張三,三年級\ns2,李四,三年級\n
	'bec7b8b92ca96da6572caf5aafc50a73312cb169a4542ca454a67eafc50a73322ca7f5a57c2ca454a67eafc50a',
);
const PLAIN = bytesOf(`id,name,class\n${'s0,Ada,3B\n'.repeat(30_000)}`);
const SHEET = 'id,name\ns1,张三\ns2,José 😀\n';

describe('encodings', () => {
	it.each([
		['UTF-8', bytesOf(SHEET), 'utf-8'],
		['UTF-8 with a mark', bytesOf(`\uFEFF${SHEET}`), 'utf-8'],
		['UTF-16LE with a mark', utf16(`\uFEFF${SHEET}`, true), 'utf-16le'],
		['UTF-16BE with a mark', utf16(`\uFEFF${SHEET}`, false), 'utf-16be'],
		['UTF-16LE without one', utf16(SHEET, true), 'utf-16le'],
		['UTF-16BE without one', utf16(SHEET, false), 'utf-16be'],
	])('reads %s, also byte by byte', async (_, bytes, encoding) => {
		for (const chunkBytes of [1, 10_000]) {
			const { rows, facts } = await rowsOf(bytes, {}, { chunkBytes });

			expect(facts).toMatchObject({ encoding, columns: ['id', 'name'] });
			expect(rows.map(({ columns, issues }) => [columns.name, issues])).toEqual([
				['张三', undefined],
				['José 😀', undefined],
			]);
		}
	});

	it.each(['Kúhn', 'Nguyễn', 'Ångström', 'Peña', 'Łucja', 'Şahin', 'Željko'])(
		'takes UTF-8 with a single foreign letter for what it is: %s',
		async (name) => {
			const { rows, facts } = await rowsOf(bytesOf(`id,name\ns1,Ada\ns2,${name}\n`));

			expect([facts?.encoding, rows[1]?.columns.name]).toEqual(['utf-8', name]);
		},
	);

	it('tells GB18030, as Excel saves it in China', async () => {
		const { rows, facts } = await rowsOf(GB18030);

		expect(facts).toMatchObject({ encoding: 'gb18030', columns: ['学号', '姓名', '班级'] });
		expect(rows.map(({ columns }) => columns['姓名'])).toEqual(['张三', '李四']);
	});

	it('tells Big5, as Excel saves it in Taiwan', async () => {
		const { rows, facts } = await rowsOf(BIG5);

		expect(facts).toMatchObject({ encoding: 'big5', columns: ['學號', '姓名', '班級'] });
		expect(rows.map(({ columns }) => columns['姓名'])).toEqual(['張三', '李四']);
	});

	it('decides for UTF-8 where the first such character comes, however late', async () => {
		const { rows, facts } = await rowsOf(concat(PLAIN, bytesOf('s1,张三,x\n')));

		expect(facts?.encoding).toBe('utf-8');
		expect(rows[30_000]).toMatchObject({ number: 30_002, columns: { name: '张三' } });
		expect(rows.flatMap(({ issues }) => issues ?? [])).toEqual([]);
	});

	it.each([
		['gb18030', GB18030.subarray(GB18030.indexOf(0x0a) + 1)],
		['big5', BIG5.subarray(BIG5.indexOf(0x0a) + 1)],
		['euc-kr', bytesOfHex('73312cb1e8c3b6bcf62c780a73322cb9dab9cebcf62c780a')],
		['windows-1252', bytesOfHex('73312c4a6f73e92c780a73322c426af6726e2c780a')],
	])('guesses nothing of %s once rows are on their way: each such row says so', async (_, tail) => {
		const { rows, facts } = await rowsOf(concat(PLAIN, tail, bytesOf('s3,Bob,x\n')));

		expect(facts?.encoding).toBe('unknown');
		expect(rows.slice(30_000).map(({ issues }) => issues?.map(({ code }) => code))).toEqual([
			['characters_unreadable'],
			['characters_unreadable'],
			undefined,
		]);
		expect(rows[30_000]?.issues?.[0]?.fix).toContain('could not be told for certain');
	});

	it('takes the one that was chosen', async () => {
		const { rows } = await rowsOf(bytesOfHex('69640a4d fc6c6c6572 0a'), { encoding: 'windows-1252' });

		expect(rows[0]?.columns).toEqual({ id: 'Müller' });
	});
});

describe('characters that cannot be read', () => {
	it('are an issue of their row alone', async () => {
		const bytes = concat(bytesOf('id,name\n1,张三\n2,A'), bytesOfHex('e5bc'), bytesOf(`B\n${'3,李四\n'.repeat(20)}`));
		const { rows, facts } = await rowsOf(bytes);

		expect(facts?.encoding).toBe('utf-8');
		expect(rows.map(({ issues }) => issues?.length ?? 0).reduce((sum, count) => sum + count)).toBe(1);
		expect(rows[1]).toMatchObject({
			number: 3,
			columns: { name: 'A\uFFFDB' },
			issues: [
				{ code: 'characters_unreadable', column: 'name', found: 'A\uFFFDB', fix: expect.stringContaining('row 3') },
			],
		});
	});

	it('are told where the wrong encoding was chosen', async () => {
		const { rows } = await rowsOf(concat(bytesOf('id,name\n1,'), bytesOfHex('d5c5c8fd')), { encoding: 'utf-8' });

		expect(rows[0]?.issues?.map(({ code }) => code)).toEqual(['characters_unreadable']);
	});

	it('are told though nothing was known of them until rows were on their way', async () => {
		const head = bytesOf(`id,name\n${'s0,Ada\n'.repeat(30_000)}`);
		const { rows } = await rowsOf(concat(head, bytesOfHex('73312c4ae973650a')));

		expect(rows.at(-1)).toMatchObject({ number: 30_002, issues: [{ code: 'characters_unreadable' }] });
	});

	it('are none where the file itself holds U+FFFD', async () => {
		const { rows } = await rowsOf('id,name\n1,A\uFFFDB\n', {}, { chunkBytes: 1 });

		expect(rows[0]?.issues).toBeUndefined();
	});
});

describe('UTF-8 is certain', () => {
	it.each(['MARÍA LUISA,AGUSTÍN', 'GARCÍA,MARÍA', 'María,Agustín'])(
		'of capitals whose bytes are letters of two languages in Windows-1250: %s',
		async (names) => {
			const rows = names.split(',').map((name, at) => `s${at},${name}`);
			const { rows: read } = await rowsOf(bytesOf(`userId,username\n${rows.join('\n')}\n`));
			expect(read.map(({ columns }) => columns.username)).toEqual(names.split(','));
		},
	);
});

describe('what is not certain is asked', () => {
	it.each([
		['Korean', iconv.encode('id,name\ns1,김철수\ns2,이영희\n', 'cp949'), 'Korean (EUC-KR, CP949)'],
		['Cyrillic capitals', iconv.encode('id,name\ns1,ИВАНОВ ИВАН\ns2,СМИРНОВА АННА\n', 'windows1251'), 'Windows-1251'],
		['Japanese', iconv.encode('id,name\ns1,山田太郎\ns2,鈴木花子\n', 'eucjp'), 'Japanese (EUC-JP)'],
		['Greek capitals', iconv.encode('id,name\ns1,ΓΙΩΡΓΟΣ\ns2,ΜΑΡΙΑ\n', 'windows1253'), 'Greek (Windows-1253)'],
		['KOI8', iconv.encode('id,name\ns1,Иванов Иван\n', 'koi8r'), 'Cyrillic (KOI8-R)'],
		['Thai', iconv.encode('id,name\ns1,สมชาย\n', 'windows874'), 'Thai (Windows-874, TIS-620)'],
		[
			'Western',
			iconv.encode('id,name\ns1,José Mora\ns2,Björn\n', 'windows1252'),
			'Likely: Western European (Windows-1252)',
		],
		['a Chinese name alone', iconv.encode('id,name\ns1,张三\n', 'gb18030'), 'Simplified Chinese (GB18030'],
		['a name that is valid UTF-8 too', iconv.encode('id,name\ns1,小谢\n', 'gb18030'), 'Simplified Chinese (GB18030'],
		['escapes to Japanese', bytesOf('id,name\ns1,\x1B$B;3ED\x1B(B\n'), 'Japanese (ISO-2022-JP)'],
	])('%s, with the likely ones named and no cell', async (_, bytes, name) => {
		const asked = rowsOf(Uint8Array.from(bytes));

		await expect(asked).rejects.toThrow('could not be told for certain');
		await expect(asked).rejects.toMatchObject({ description: expect.stringContaining(name) });
		await expect(asked).rejects.toMatchObject({ description: expect.stringMatching(/^[\x20-\x7E]*$/) });
	});

	it('with UTF-8 among the likely ones where most of it is UTF-8', async () => {
		const mixed = concat(bytesOf('id,name\ns1,Zoë\ns2,Björn\ns3,Åsa\n'), bytesOfHex('73342c4a6f73e90a'));

		await expect(rowsOf(mixed)).rejects.toMatchObject({
			description: expect.stringContaining('Likely: Unicode (UTF-8)'),
		});
	});

	it.each([
		['cp437', 's1;José Müller\ns2;Zoë Brontë\ns3;François Élan\n'],
		['cp850', 's1;José Müller\ns2;Zoë Brontë\ns3;François Élan\n'],
		['cp850', 's1;Jürgen Groß\ns2;Søren Ås\n'],
		['cp852', 's1;Őry Gábor\ns2;Szűcs Zsófia\n'],
		['cp852', 's1;Łukasz Żak\ns2;Małgorzata Wójcik\n'],
	])('and no wrong one is likely where a sheet was saved as CSV (MS-DOS): %s', async (page, rows) => {
		const asked = rowsOf(Uint8Array.from(iconv.encode(`userId;username\n${rows}`, page)));

		await expect(asked).rejects.toMatchObject({
			description: expect.stringMatching(/^(?!.*Likely).*CSV \(MS-DOS\).*save the sheet as "CSV UTF-8"/),
		});
	});

	it('with four of them at most, and none that is far less likely', async () => {
		const western = Uint8Array.from(iconv.encode('id,name\ns1,José Mora\ns2,Björn Ek\ns3,Zoë\n', 'windows1252'));
		const description = await rowsOf(western).then(
			() => 'no question',
			(error: { readonly description: string }) => error.description,
		);
		const named = /Likely: ([^.]*)/.exec(description)?.[1]?.split('; ') ?? [];

		expect(named[0]).toBe('Western European (Windows-1252)');
		expect(named.length).toBeLessThanOrEqual(4);
		expect(named.join()).not.toMatch(/Chinese|Korean|Japanese/);
	});

	it.each([
		['behind the first 64 KiB, which end in its first name', 65_500, 0],
		['behind its first name and many rows of ASCII', 20, 1_000],
	])('but not Chinese whose evidence stands %s', async (_what, from, between) => {
		const names = '王芳,李娜,张伟,刘洋,陈静,杨秀英,赵敏,黄丽,周强,吴磊,徐军,孙洋'.split(',');
		const head = `id,name\n${'s0,Ada\n'.repeat(Math.ceil((from - 8) / 7))}`;
		const sheet = `${head}s,张三\n${'s0,Ada\n'.repeat(between)}${names.map((name) => `s,${name}\n`).join('')}`;
		const { facts } = await rowsOf(Uint8Array.from(iconv.encode(sheet, 'gb18030')));

		expect(facts?.encoding).toBe('gb18030');
	});

	it.each([
		['few characters', '王芳,李娜,张伟,刘洋,陈静'],
		['the same characters again and again', Array(15).fill('张三').join()],
		['characters of which few are frequent in names', '楔歇,蝎鞋,挟携,邪王,胁谐,械卸,蟹李,泄泻,屑张,腥猩,惺锌,汹刘'],
	])('Chinese of %s', async (_, names) => {
		const sheet = `id,name\n${names.replaceAll(',', '\n,')}\n`.replaceAll('\n', '\ns');
		await expect(rowsOf(Uint8Array.from(iconv.encode(sheet, 'gb18030')))).rejects.toMatchObject({
			description: expect.stringContaining('Simplified Chinese (GB18030'),
		});
	});

	it.each([
		['', 0],
		[', a tenth of them written in Chinese characters', 1],
	])('Korean names whose bytes are frequent characters of Chinese names too%s', async (_, times) => {
		const hanja = Array(times).fill(['金', '李', '朴', '崔', '鄭', '姜', '趙', '尹', '張', '林']).flat();
		const chinese = new Set([...LANGUAGES.simplified.given, ...LANGUAGES.simplified.family].join(''));
		const korean = new Set([...LANGUAGES.korean.given, ...LANGUAGES.korean.family].join(''));
		const both = [...korean].filter((letter) => chinese.has(iconv.decode(iconv.encode(letter, 'cp949'), 'gb18030')));
		const names = both.flatMap((one) => both.slice(0, 8).map((other) => one + other));
		const sheet = `id,name\n${[...names, ...hanja].map((name, at) => `${at},${name}\n`).join('')}`;

		expect(both.length).toBeGreaterThan(8);
		await expect(rowsOf(Uint8Array.from(iconv.encode(sheet, 'cp949')))).rejects.toMatchObject({
			description: expect.stringContaining('Korean (EUC-KR, CP949)'),
		});
	});

	it('many Chinese characters of which most are in no names', async () => {
		const words =
			'搪瓷,癌症,肮脏,翱翔,拌嘴,蹦跳,鄙视,鞭挞,憋闷,濒危,捕捞,残骸,馋嘴,嘲笑,惩罚,踌躇,蠢材,歹徒,叼走,碉堡,跌倒,赌博,腭裂,妨碍';
		const sheet = `id,name\n${words
			.split(',')
			.map((word) => `s1,张${word}\n`)
			.join('')}`;

		await expect(rowsOf(Uint8Array.from(iconv.encode(sheet, 'gb18030')))).rejects.toThrow('could not be told');
	});

	it.each([
		['UTF-32', bytesOfHex('fffe0000 69000000 64000000'), 'UTF-32'],
		['UTF-7', bytesOf('+/v8-id,name\ns1,Jos+AOk-\n'), 'UTF-7'],
		['HZ', bytesOf('id,name\ns1,~{VEHy~}\n'), 'HZ (Simplified Chinese)'],
		['ISO-2022-KR', bytesOf('\x1B$)Cid,name\n1,\x0E1hC6<v\x0F\n'), 'ISO-2022-KR (Korean)'],
	])('%s cannot be read, and the message says what it is', async (_, bytes, name) => {
		await expect(rowsOf(bytes)).rejects.toThrow(`The file is in ${name}`);
	});

	it('a character for which Node.js has only a private one cannot be read', async () => {
		// 煊 among Hong Kong's additions to Big5.
		const { rows } = await rowsOf(Uint8Array.from(iconv.encode('學號,姓名\ns1,張煊\ns2,李四\n', 'big5hkscs')));

		expect(rows.map(({ issues }) => issues?.map(({ code }) => code))).toEqual([['characters_unreadable'], undefined]);
	});

	it('UTF-16 without a mark is told where class after class holds 一, whose low byte is zero', async () => {
		const { facts, rows } = await rowsOf(utf16(`id,class\n${'1,三年一班\n'.repeat(30)}`, true));

		expect(facts?.encoding).toBe('utf-16le');
		expect(rows[0]?.columns.class).toBe('三年一班');
	});
});

function bytesOfHex(hex: string): Uint8Array {
	return Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
}

function utf16(text: string, isLittle: boolean): Uint8Array {
	const bytes = Buffer.from(text, 'utf16le');
	return Uint8Array.from(isLittle ? bytes : bytes.swap16());
}

function concat(...parts: readonly Uint8Array[]): Uint8Array {
	return Uint8Array.from(Buffer.concat(parts));
}
