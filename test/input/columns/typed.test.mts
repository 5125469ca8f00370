import fc from 'fast-check';
import { expect, test } from 'vitest';
import { typedColumns } from '../../../nodes/TokenIm/input/columns/typed';

const PURPOSE = 'entered as Group By';
const typed = (name: string) => typedColumns([{ name, purpose: PURPOSE }]);

const CHANGES: ReadonlyArray<(name: string) => string> = [
	(name) => name.toUpperCase(),
	(name) => ` ${name} `,
	(name) => `\uFEFF${name}`,
	(name) => name.normalize('NFD'),
	(name) => name.replace(/ /g, '\u00A0'),
	(name) => name.replace(/ /g, '_'),
	(name) => name.replace(/ /g, ''),
	(name) => `${name.slice(0, 1)}\u200B${name.slice(1)}`,
	(name) => name.replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
];

test('a name that was typed finds its column however either of them is written', () => {
	const change = fc.array(fc.constantFrom(...CHANGES), { maxLength: 3 });
	fc.assert(
		fc.property(fc.constantFrom('class', 'class name', 'élève no', '班级'), change, change, (name, inSheet, byHand) => {
			const column = inSheet.reduce<string>((text, alter) => alter(text), name);
			const entered = byHand.reduce<string>((text, alter) => alter(text), name);
			const columns = ['userId', column, 'other'];
			expect(typed(entered).among(columns)).toEqual([column]);
			expect(() => typed(entered).check(columns)).not.toThrow();
		}),
	);
});

test('to the letter comes first; markers of templates do not matter', () => {
	expect(typed('class').among(['Class', 'class'])).toEqual(['class']);
	expect(typed('班级').among(['班级(必填)'])).toEqual(['班级(必填)']);
	expect(typed('class').among(['class (required)', 'CLASS'])).toEqual(['CLASS']);
});

test.each(['Klasse', '', '-', '__proto__'])(
	'%j, which no row has, is one message with the columns that there are',
	(name) => {
		expect(() => typed(name).check(['userId', 'class'])).toThrow(`The column "${name}", ${PURPOSE}, is in no row`);
	},
);

test.each([[['Class', 'CLASS']], [['class', 'class [2]']]])('of %j none is guessed', (columns) => {
	expect(() => typed('class').check(columns)).toThrow('Two columns hold the name "class"');
});
