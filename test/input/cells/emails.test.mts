// An address is freed of what address books put around it, or refused; it never becomes another one.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { email as checked } from '../../../nodes/TokenIm/input/cells/formats';
import { readCell } from '../../../nodes/TokenIm/input/cells/values';

const ADA = 'ada@school.example';

/** What is sent of a cell: the address, or the code by which it is refused. */
const sent = (cell: string) => {
	const read = readCell(cell, 'email');
	if (read.kind !== 'value') return read.kind;
	return checked(String(read.value))?.code ?? read.value;
};

describe('an address with something around it', () => {
	const AROUND = [
		'<ADDRESS>',
		'ADDRESS;',
		'ADDRESS,',
		' ADDRESS ; ',
		';ADDRESS',
		"'ADDRESS'",
		'"ADDRESS"',
		'“ADDRESS”',
		'mailto:ADDRESS',
		'MAILTO: ADDRESS',
		'mailto:ADDRESS?subject=Hello',
		'<mailto:ADDRESS>',
		'Ada Lind <ADDRESS>',
		'"Lind, Ada" <ADDRESS>',
		'Ada Lind<ADDRESS>;',
		"'ADDRESS' <ADDRESS>",
		'="ADDRESS"',
		'ADDRESS；',
		'\u2068ADDRESS\u2069',
	];
	test.each(AROUND)('%s', (around) => {
		expect(sent(around.replaceAll('ADDRESS', ADA))).toBe(ADA);
	});

	test.each([
		"o'brien@school.example",
		'ada+im@school.example',
		'ada@localhost',
		'ada@schüle.example',
		'a_b@x-y.example',
		'阿达@学校.example',
	])('%s is one in all of them', (address) => {
		for (const around of AROUND.filter((text) => !text.includes("'") || !address.includes("'")))
			expect(sent(around.replaceAll('ADDRESS', address))).toBe(address);
	});

	test('never becomes another', () => {
		const part = fc.constantFrom(
			ADA,
			'bob@school.example',
			'<',
			'>',
			';',
			',',
			'"',
			"'",
			' ',
			'mailto:',
			'Ada',
			'?x=1',
			'(',
			')',
		);
		fc.assert(
			fc.property(fc.array(part, { minLength: 1, maxLength: 7 }), (parts) => {
				const cell = parts.join('');
				const addresses = parts.filter((text) => text.includes('@'));
				const result = sent(cell);
				if (result === 'empty' || result === 'not_an_email') return;
				if (result === ADA || result === 'bob@school.example') expect(new Set(addresses)).toEqual(new Set([result]));
				// What stands right beside an address is a part of it.
				const words = cell.split(/[\s<>;,"()]+|mailto:/).map((word) => word.replace(/(@[^?]*)\?.*/, '$1'));
				expect([...words, ...words.map((word) => word.replace(/^'+|'+$/g, ''))]).toContain(result);
			}),
			{ numRuns: 5_000 },
		);
	});
});

describe('what is not one address is refused', () => {
	test.each([
		'ada@school.example; bob@school.example',
		'ada@school.example,bob@school.example',
		'ada@school.example bob@school.example',
		'mailto:bob@school.example?cc=ada@school.example',
		'bob@school.example <ada@school.example>',
		'ada@school.example <bob@school.example>, cem@school.example',
		'[ada@school.example](mailto:ada@school.example)',
		'ada@school.example (home)',
		"'ada@school.example",
		'ada@school.example.',
		'ada@school..example',
		'ada@-school.example',
		'ada(at)school.example',
		'ada@@school.example',
		'@school.example',
		'ada@',
		'<>',
		'mailto:',
		'none',
	])('%s', (cell) => {
		expect(sent(cell)).toBe('not_an_email');
	});
});
