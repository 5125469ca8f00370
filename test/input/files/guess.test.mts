// What makes an encoding certain, one piece of evidence at a time; without any one of them it is a question.

import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { guessEncoding } from '../../../nodes/TokenIm/input/files/encoding.ts';

const gb = (text: string): Buffer => iconv.encode(text, 'gb18030');
const guess = async (...parts: readonly Uint8Array[]) =>
	await guessEncoding(Buffer.concat(parts), async () => undefined);

test('one emoji is enough for UTF-8', async () => {
	expect(await guess(Buffer.from('s1,😀\n'))).toEqual({ kind: 'certain', encoding: 'utf-8' });
});

test('a known name of a column is enough for Chinese', async () => {
	expect(await guess(gb('姓名,b\ns1,王小明\n'))).toEqual({ kind: 'certain', encoding: 'gb18030' });
});

test('but not where two encodings make a known name of the header', async () => {
	const { kind } = await guess(gb('姓名'), Buffer.from(','), iconv.encode('姓名', 'big5'), gb('\ns1,王小明\n'));
	expect(kind).toBe('unclear');
});

test('nor where what stands below it is no text', async () => {
	const { kind } = await guess(gb('姓名,b\ns1,'), Buffer.alloc(40, 0xff), Buffer.from('\n'));
	expect(kind).toBe('unclear');
});

/** As chance makes them of everyday characters: no other encoding reads names of it, and few are frequent in names. */
const RARE =
	'臭毋 捡铸雄 万卓 诅衣敲 谨顶录 庸慎 搬满百 迭谢 件艾 朱詹 墟惑 厄胎 问训静 楼题胳 离鱼历 勋廊 称硼皱 连译 谢六兴 葱夺 隔县返 审难松 兜影 虐聋态 翁逻 樱埔 筹港 蒋樊 弛釉 豢掂';

test('characters that are hardly in names are no evidence of Chinese', async () => {
	const lines = RARE.split(' ').map((name, at) => `s${at},${name}\n`);
	expect((await guess(gb(lines.join('')))).kind).toBe('unclear');
});
