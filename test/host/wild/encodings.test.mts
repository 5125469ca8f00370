// Names in the wrong script: the right ones, or the question which encoding it is; nobody under a garbled name.

import { expect, test } from 'vitest';
import { useWild } from './wild.mts';

const wild = useWild();
const GARBLED = Buffer.from('d0a1b8d5', 'hex').toString('utf8');

test.each([
	['06-korean-cp949', 'Korean (EUC-KR, CP949)'],
	['07-cyrillic-capitals-cp1251', 'Cyrillic (Windows-1251)'],
	['08-japanese-euc-jp', 'Japanese (EUC-JP)'],
	['10-western-cp1252', 'Likely: Western European (Windows-1252)'],
])('%s: the likely encodings are named and nothing is sent', async (folder, name) => {
	const { users, writes, verdicts } = await wild.run(folder);
	expect(users).toEqual([]);
	expect(writes).toBe(0);
	expect(JSON.stringify(verdicts)).toContain(name);
});

test.each([
	['06-korean-cp949', 'euc-kr', ['김철수', '이영희', '박민수']],
	['07-cyrillic-capitals-cp1251', 'windows-1251', ['ИВАНОВ ИВАН', 'СМИРНОВА АННА', 'КУЗНЕЦОВ ОЛЕГ']],
	['08-japanese-euc-jp', 'euc-jp', ['山田太郎', '佐藤花子']],
	['10-western-cp1252', 'windows-1252', ['José Mora', 'Björn']],
])('%s: the right names, once %s is chosen', async (folder, encoding, names) => {
	const { users } = await wild.run(folder, { fileOptions: { encoding } });
	expect(users.map(([, name]) => name)).toEqual(names);
});

test('09-korean-after-64-kib: that row is told, the others are created', async () => {
	const { users, verdicts } = await wild.run('09-korean-after-64-kib');
	expect(verdicts.filter(({ status }) => status !== 'created')).toMatchObject([
		{ status: 'invalid', reason: expect.stringContaining('encoding') },
	]);
	expect(users.length).toBe(4_000);
	expect(users.every(([, name]) => name.startsWith('Plain Name'))).toBe(true);
});

test('items with lost characters are told with the cause and both cures, the others are created', async () => {
	const { users, verdicts } = await wild.runItems([
		{ userId: 's1', username: GARBLED },
		{ userId: 's2', username: 'Ada' },
		{ userId: 's3', username: 'JosÃ©' },
	]);
	expect(users).toEqual([['s2', 'Ada']]);
	expect(verdicts.map(({ status }) => status)).toEqual(['invalid', 'created', 'invalid']);
	for (const at of [0, 2]) expect(verdicts[at]?.reason).toMatch(/Input: File.*Extract From File/);
});

test('a column whose name has lost characters stops the run before anything is sent', async () => {
	const { users, writes, verdicts } = await wild.runItems([{ userId: 's1', username: 'Ada', [GARBLED]: 'x' }]);
	expect([users, writes]).toEqual([[], 0]);
	expect(JSON.stringify(verdicts)).toContain('Extract From File');
});

test('a file that holds lost characters itself is told by row', async () => {
	const { users, verdicts } = await wild.runFile('userId,username\ns1,A\uFFFDa\ns2,Bob\n');
	expect(users).toEqual([['s2', 'Bob']]);
	expect(verdicts[0]).toMatchObject({ status: 'invalid' });
});
