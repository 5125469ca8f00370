import { describe, expect, test } from 'vitest';
import { plainColumn, type Choice } from '../../../nodes/TokenIm/input/columns/chosen';
import { mapColumns } from '../../../nodes/TokenIm/input/columns/columns';
import { USER_FIELDS } from '../../../nodes/TokenIm/input/columns/fields';

const breathe = async () => {};
const row = (columns: Record<string, unknown>) => ({ number: 1, item: 0, columns });
const users = (choices: Record<string, Choice>, emptyCells: 'leave' | 'clear' = 'leave') =>
	mapColumns(USER_FIELDS, { required: ['userId'], choices: new Map(Object.entries(choices)), emptyCells });

describe('Choose Columns', () => {
	test('a column is read for the field that it was chosen for, whatever its name says', () => {
		const map = users({
			userId: { column: 'email' },
			username: { column: 'userId' },
			'attributes.year': { column: 'Year' },
		});
		const { values, columnOf } = map.map(row({ email: ' s1 ', userId: 'Ada', Year: 2026, phone: '1' }));
		expect({ ...values }).toEqual({ userId: 's1', username: 'Ada', attributes: { year: 2026 } });
		expect([columnOf('userId'), columnOf('attributes.year'), columnOf('phone')]).toEqual(['email', 'Year', null]);
	});

	test('a required field without a choice stops the run', () => {
		expect(() => users({ username: { column: 'A' } })).toThrow('No column is chosen for the User ID');
	});

	test('two required fields without a choice are named together', () => {
		expect(() => mapColumns(USER_FIELDS, { required: ['userId', 'username'], choices: new Map() })).toThrow(
			'No columns are chosen for the User ID and the Username',
		);
	});

	test('a chosen column that no row has stops the run and is named', async () => {
		const map = users({ userId: { column: 'Nmae' } });
		await expect(map.check([row({ Name: 'A' })], breathe)).rejects.toMatchObject({
			message: 'The column "Nmae", chosen for the User ID, is in no row',
			description: expect.stringContaining('Columns found: "Name"'),
		});
	});

	test('the report names what was chosen', () => {
		const map = users({ userId: { column: 'A' }, username: { value: () => 'x' } });
		map.map(row({ A: '1', B: '2' }));
		expect(map.report()).toEqual({
			used: [{ column: 'A', field: 'userId', label: 'User ID' }],
			leftOut: [],
			unfit: [],
			contested: [],
			ignored: ['B'],
		});
	});

	test('an empty cell clears, a column that this row lacks does not', () => {
		const map = users({ userId: { column: 'A' }, email: { column: 'B' } }, 'clear');
		expect(map.map(row({ A: '1', B: '' })).values.email).toBe(null);
		expect('email' in map.map(row({ A: '1' })).values).toBe(false);
	});

	test.each(['__proto__', 'constructor', '..'])('%s is a column like any other', (column) => {
		const map = users({ userId: { column } });
		expect(map.map(row({})).values.userId).toBe(undefined);
		expect(map.map(row(Object.fromEntries([[column, 's1']]))).values.userId).toBe('s1');
	});
});

describe('Set Each Value', () => {
	test('a value computed for the row is cleaned and read like a cell', () => {
		const map = users({
			userId: { value: ({ columns }) => `s-${String(columns.n)} ` },
			registeredAt: { value: () => '2026/7/2' },
		});
		const { values, columnOf } = map.map(row({ n: 7 }));
		expect({ ...values }).toEqual({ userId: 's-7', registeredAt: '2026-07-02T00:00:00Z' });
		expect(columnOf('userId')).toBe(null);
	});
});

describe('plain column reads', () => {
	test.each([
		['={{ $json.email }}', 'email'],
		['={{$json.email}}', 'email'],
		["={{ $json['E mail'] }}", 'E mail'],
		['={{ $json["学号"] }}', '学号'],
		['={{ $json.学号 }}', '学号'],
		["={{ $json['__proto__'] }}", '__proto__'],
		['={{ $json.a; }}', 'a'],
	])('%s reads %s', (raw, column) => {
		expect(plainColumn(raw)).toBe(column);
	});

	test.each([
		'email',
		'$json.email',
		'{{ $json.email }}',
		'={{ $json.a.b }}',
		'={{ $json.a + 1 }}',
		'={{ $json["a"]["b"] }}',
		'={{ $json[a] }}',
		"={{ $json['it\\'s'] }}",
		'={{ $json.a }} {{ $json.b }}',
		'=x{{ $json.a }}',
		'={{ $json.a }}x',
		'={{ $node.a }}',
		'={{ $json["a\'] }}',
		'=',
		'',
	])('%s computes', (raw) => {
		expect(plainColumn(raw)).toBe(undefined);
	});
});
