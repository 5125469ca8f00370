// No pattern that runs on what an outsider writes takes longer than in proportion: names of columns, cells, first lines
// of files. Texts are drawn of the pieces at which such patterns turn back. `npm run test:soak` draws far more of them.

import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { readCell } from '../../nodes/TokenIm/input/cells/values';
import { isMisread } from '../../nodes/TokenIm/input/cells/misread';
import { aliasKeys, columnKey } from '../../nodes/TokenIm/input/cells/text';
import { plainColumn } from '../../nodes/TokenIm/input/columns/chosen';
import { knownColumns } from '../../nodes/TokenIm/input/columns/knownColumns';
import { holdsForeignAttributes, looksLike } from '../../nodes/TokenIm/input/columns/shapes';
import { RecordCutter } from '../../nodes/TokenIm/input/files/csvRecords';
import { findDialect } from '../../nodes/TokenIm/input/files/dialect';
import { foreignText } from '../../nodes/TokenIm/input/files/foreignText';
import { formatOf } from '../../nodes/TokenIm/input/files/format';
import { headerNames } from '../../nodes/TokenIm/input/files/header';
import { Parts } from '../../nodes/TokenIm/input/files/parts';
import { numberFormatOf } from '../../nodes/TokenIm/input/files/workbook/numberFormat';
import { csvLine } from '../../nodes/TokenIm/output/csv';
import { reasonText } from '../../nodes/TokenIm/output/reason';
import { issueInWords } from '../../nodes/TokenIm/output/tallyWords';
import { expectQuick } from '../quick.mts';

const RUNS = Number(process.env.TOKENIM_PROPERTY_RUNS ?? 400);
/** A pattern that is quadratic takes seconds for this many characters. */
const CHARACTERS = 100_000;

const KINDS = ['id', 'ids', 'text', 'url', 'email', 'phone', 'time', 'attributes', 'attribute'] as const;
const SHAPES = ['time', 'phone', 'email', 'url', 'text'] as const;
const VALUES = { defaultCountryCode: '+49', dateFormat: 'dd/MM/yyyy' };

const WAYS: ReadonlyArray<readonly [name: string, way: (text: string) => unknown]> = [
	...KINDS.map((kind) => [`a cell read as ${kind}`, (text: string) => readCell(text, kind, VALUES)] as const),
	...SHAPES.map((kind) => [`a cell looked at as ${kind}`, (text: string) => looksLike(text, kind)] as const),
	['attributes of another tool', holdsForeignAttributes],
	['characters that were lost', isMisread],
	['the key of a column', columnKey],
	['the aliases of a column', aliasKeys],
	['a column that is known', (text) => knownColumns([text])],
	['a header', (text) => headerNames([text, 'x'], 1)],
	['a line of a sheet', (text) => partOf([text])],
	['a total', (text) => partOf(['total', text])],
	['records of a file', (text) => [...recordsOf(text)]],
	['how a file is written', (text) => findDialect(text, {}, undefined)],
	['text that is no table', foreignText],
	['the name of a file', (text) => formatOf('a', text, undefined)],
	['a number format', (text) => numberFormatOf(200, text)],
	['a raw expression', (text) => plainColumn(`=${text}`)],
	['a cell of the report', (text) => csvLine([text], true)],
	[
		'a reason',
		(text) => reasonText({ status: 'unknown', reason: text, row: 1, attempts: 1, requestId: undefined, batch: 1 }),
	],
	['a count of reasons', (text) => issueInWords({ field: `attributes.${text}`, code: 'too_long' })],
];

function partOf(cells: readonly string[]): unknown {
	return new Parts(['a', 'b'], knownColumns).of(cells, { isFirst: true, isApart: true });
}

function recordsOf(text: string) {
	const cutter = new RecordCutter({ delimiter: ',', comment: undefined });
	cutter.push({ text, isDamaged: false });
	return cutter.records(true);
}

const REPEATED = [
	...[
		'.',
		'@',
		'[',
		']',
		'[]',
		' ',
		'\u00a0',
		'\0',
		'\t',
		'-',
		'1',
		'1 ',
		'a',
		'a ',
		'@.',
		'a.',
		'<',
		'>',
		'< ',
		'=',
		'"',
		'""',
	],
	...[
		',',
		';',
		'\r',
		'\n',
		'\r\n',
		'/',
		'+',
		'(',
		'()',
		'_x0001_',
		'_x00',
		'{',
		'{"a":',
		'é',
		'中',
		'\u200b',
		'\ufeff',
		'*',
	],
	...[
		'(必填)',
		'!',
		'#',
		'A',
		"'",
		' [1]',
		'0',
		' or ',
		'~{',
		':',
		'$',
		'&',
		'\\',
		'|',
		'Ã¤',
		'\ud800',
		'# ',
		'#\n',
		'-->',
		'<a>',
	],
];
const BEFORE = [
	'',
	'a',
	'1',
	'=',
	'@',
	'a@',
	'"',
	'[',
	'(',
	'1 row',
	'mailto:',
	'<',
	'+1',
	'="',
	'total',
	'\0',
	'#',
	'2024-01-01T10:00',
];
const AFTER = ['', 'x', ' x', '1', '@', '"', '\n', '!', '>'];

let worst: readonly [ms: number, what: string] = [0, 'nothing'];
afterAll(() => console.info(`The slowest input of ${RUNS}: ${worst[0].toFixed(1)} ms, ${worst[1]}`));

test('no text of 100,000 characters holds the event loop', () => {
	const text = fc.tuple(
		fc.constantFrom(...BEFORE),
		fc.constantFrom(...REPEATED),
		fc.constantFrom('', '', ...REPEATED),
		fc.constantFrom(...AFTER),
	);
	fc.assert(
		fc.property(fc.constantFrom(...WAYS), text, ([name, way], [before, one, two, after]) => {
			const unit = one + two;
			const whole = before + unit.repeat(Math.ceil(CHARACTERS / unit.length)) + after;
			const what = `${name}: ${JSON.stringify([before, unit, after])}`;
			const ms = expectQuick(() => void way(whole), what);
			if (ms > worst[0]) worst = [ms, what];
		}),
		{ numRuns: RUNS },
	);
	expect(worst[0]).toBeGreaterThan(0);
}, 3_600_000);
