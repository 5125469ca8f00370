// What is taken out of texts, and that tidy ones stay as they are.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { cleanCode, cleanText } from '../../../nodes/TokenIm/input/cells/text';

/** Every kind of character that is changed, beside some that are not. */
const odd = fc.string({
	unit: fc.constantFrom(
		'a',
		'1',
		'李',
		'😀',
		' ',
		'\t',
		'\n',
		'\u00A0',
		'\u2003',
		'\u2028',
		'\uFEFF',
		'\u200B',
		'\u200D',
		'\u202C',
		'\u2061',
		'\u3000',
		'Ａ',
		'～',
		'＠',
	),
	maxLength: 6,
});

const withoutMarks = (text: string): string => text.split('\uFEFF').join('').split('\u00A0').join(' ').trim();
const visible = (text: string): string =>
	[...text]
		.filter((one) => !/[\u200B-\u200F\u2060-\u2064\u202A-\u202E\uFEFF]/.test(one))
		.map((one) =>
			one === '\u3000' ? ' ' : /[\uFF01-\uFF5E]/.test(one) ? String.fromCharCode(one.charCodeAt(0) - 0xfee0) : one,
		)
		.join('');

describe('text that sheets deliver', () => {
	it('loses marks, hard spaces and outer white space, wherever they stand, and nothing else', () => {
		fc.assert(
			fc.property(odd, (text) => void expect(cleanText(text)).toBe(withoutMarks(text))),
			{ numRuns: 2_000 },
		);
	});

	it('that is a code also loses what is invisible or merely wide', () => {
		fc.assert(
			fc.property(odd, (text) => void expect(cleanCode(text)).toBe(withoutMarks(visible(text)))),
			{ numRuns: 2_000 },
		);
	});
});
