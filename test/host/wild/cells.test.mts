// Cells that hold more than their value, less, or something else: nobody is made under a wrong name, id or number.

import { expect, test } from 'vitest';
import { useWild, type Outcome } from './wild.mts';

const wild = useWild();

/** By row: the codes of what is wrong with it, else its status. */
const codesOf = ({ verdicts }: Outcome) =>
	verdicts.map(({ status, issues = [] }) => {
		const codes = [...JSON.stringify(issues).matchAll(/"code":"(\w+)"/g)].map(([, code]) => code);
		return codes.length > 0 ? codes.join() : status;
	});

test('25: the formula around each cell goes', async () => {
	const outcome = await wild.run('25-formula-around-each-cell');
	expect(outcome.users).toEqual([['007', 'Ada Lind']]);
	expect(wild.lab.sandbox.users()[0]).toMatchObject({ email: 'ada@school.example', phone: '+14155550101' });
});

test('26: what spreadsheets and databases write where there is nothing is no name', async () => {
	const outcome = await wild.run('26-error-cells');
	expect(codesOf(outcome)).toEqual(['not_computed', 'not_computed', 'null_text', 'required', 'not_computed']);
	expect(outcome.writes).toBe(0);
});

test('27: numbers as Java writes them are flagged as shortened', async () => {
	const outcome = await wild.run('27-numbers-as-java-writes-them');
	expect(codesOf(outcome)).toEqual(['number_shortened', 'number_shortened', 'number_shortened']);
	expect(outcome.writes).toBe(0);
});

test('29: what nobody sees is taken away, and who has nothing else has no name', async () => {
	const outcome = await wild.run('29-invisible-names');
	expect(codesOf(outcome)).toEqual(['created', 'required', 'created']);
	expect(outcome.users).toEqual([
		['s1', 'Ada'],
		['s3', 'Ada'],
	]);
});

test('30: an offset of hours alone is an offset', async () => {
	const outcome = await wild.run('30-offset-without-minutes');
	expect(codesOf(outcome)).toEqual(['created', 'created']);
	expect(wild.lab.sandbox.users().map(({ registeredAt }) => Date.parse(registeredAt ?? ''))).toEqual([
		Date.UTC(2024, 8, 1, 8, 0, 0, 123),
		Date.UTC(2024, 8, 2, 8),
	]);
});

test('37: a cell with more than one number, or with an extension, makes nobody reachable elsewhere', async () => {
	const outcome = await wild.run('37-phones-with-more', { options: { defaultCountryCode: '+1' } });
	expect(codesOf(outcome)).toEqual([
		'phone_extension',
		'several_phones',
		'several_phones',
		'phone_extension',
		'created',
		'several_phones',
	]);
	expect(wild.lab.sandbox.users().map(({ phone }) => phone)).toEqual(['+442079460000']);
});

test('38: an address loses what stands around it', async () => {
	const outcome = await wild.run('38-addresses-with-more');
	expect(codesOf(outcome)).toEqual(['created', 'created', 'created', 'created']);
	expect(wild.lab.sandbox.users().map(({ email }) => email)).toEqual([
		'ada@school.example',
		'bob@school.example',
		'cem@school.example',
		'dana@school.example',
	]);
});

test('zero bytes in a cell of an item go at its end, and are flagged within it', async () => {
	const outcome = await wild.runItems([
		{ userId: 's1', username: 'Ada\0\0' },
		{ userId: 's2', username: 'B\0ob' },
	]);
	expect(codesOf(outcome)).toEqual(['created', 'control_character']);
	expect(outcome.users).toEqual([['s1', 'Ada']]);
});

test("a school's sheet without country codes is China's by its numbers, and a hint says so", async () => {
	const outcome = await wild.runFile('学号,姓名,手机\ns1,李雷,13800138000\ns2,韩梅梅,13912345678\n');
	expect(codesOf(outcome)).toEqual(['created', 'created']);
	expect(wild.lab.sandbox.users().map(({ phone }) => phone)).toEqual(['+8613800138000', '+8613912345678']);
	expect(outcome.hints.join(' ')).toContain('Phone numbers in "手机" were taken with +86');
});
