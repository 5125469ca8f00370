// Fields as the profile of the credential has them: a service's own ones are read, those it lacks are told.

import type { INodeParameters, ResourceMapperValue } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { statuses } from './lab.mts';
import { useVendors, type VendorRun } from './vendor.mts';

const run = useVendors();
const SECRET = 'Tr0ub4dor&3';

const mapper = (value: Record<string, string>): ResourceMapperValue => ({
	mappingMode: 'defineBelow',
	value,
	matchingColumns: [],
	schema: Object.keys(value).map((id) => ({
		id,
		displayName: id,
		required: false,
		defaultMatch: false,
		display: true,
		type: 'string',
	})),
	attemptToConvertTypes: false,
	convertFieldsToString: true,
});

const passwords = ({ seen }: VendorRun) =>
	seen.filter(({ path }) => path === '/api/register').map(({ body }) => body.password);
const hintsOf = ({ hints }: VendorRun) => hints.map(({ message }) => message).join('\n');

describe('a password', () => {
	test.each<[string, string, INodeParameters]>([
		['a column of its name', 'password', {}],
		['a Chinese column', '初始密码', {}],
		['a chosen column', 'Start', { columns: 'choose', chosenColumns: mapper({ userId: 'userId', password: 'Start' }) }],
		[
			'an expression',
			'Start',
			{ columns: 'set', values: mapper({ userId: '={{ $json.userId }}', password: '={{ $json.Start }}' }) },
		],
	])('comes from %s', async (_what, column, parameters) => {
		const told = await run('ejabberd', { items: [{ userId: 's1', [column]: SECRET }], parameters });
		expect([told.error, statuses(told.outputs[0])]).toEqual([undefined, ['created']]);
		expect(passwords(told)).toEqual([SECRET]);
		expect(JSON.stringify([told.outputs, told.hints])).not.toContain(SECRET);
	});

	test.each([
		['is nested data', { deep: SECRET }],
		['is too long', SECRET.repeat(20)],
	])('that %s is in no message', async (_what, password) => {
		const told = await run('easemob', { items: [{ userId: 's1', password }, { userId: 's2' }] });
		expect(statuses(told.outputs[0])).toEqual(['invalid', 'created']);
		expect(told.outputs[0]?.[0]?.json.issues).toMatchObject([
			{ column: 'password', field: 'password', found: '(hidden)' },
		]);
		expect(JSON.stringify([told.outputs, told.hints])).not.toContain(SECRET);
	});

	test('whose digits a spreadsheet turned into a number is not repeated either', async () => {
		const told = await run('easemob', { items: [{ userId: 's1', password: 1.38e21 }, { userId: 's2' }] });
		expect(JSON.stringify([told.outputs[0]?.[0]?.json.issues, told.hints])).not.toMatch(/1\.38|138000/);
	});

	test('that no row can do without is asked for like any column', async () => {
		const edit = {
			fields: (extra: Record<string, object>) =>
				void (extra.password = { wire: 'password', secret: true, required: 'always' }),
		};
		const told = await run('ejabberd', { items: [{ userId: 's1' }], edit: ({ fields }) => edit.fields(fields.extra) });
		expect(told.error?.message).toBe('No column holds the Password');
		expect(told.seen).toEqual([]);
	});
});

describe('a column of a field that the service lacks', () => {
	test('is not sent, and a hint says so', async () => {
		const told = await run('ejabberd', { items: [{ userId: 's1', 姓名: 'Ada', phone: '1.38E+10', row_number: 2 }] });
		expect(statuses(told.outputs[0])).toEqual(['created']);
		expect(hintsOf(told)).toContain(
			'Not sent, for by its API profile the service has no such field: Username from "姓名", Phone from "phone".',
		);
	});

	test('says so too where somebody chose it for another service', async () => {
		const parameters = { columns: 'choose', chosenColumns: mapper({ userId: 'Nr', email: 'Mail' }) };
		const told = await run('ejabberd', { items: [{ Nr: 's1', Mail: 'no address' }], parameters });
		expect(statuses(told.outputs[0])).toEqual(['created']);
		expect(hintsOf(told)).toContain('no such field: Email from "Mail".');
	});

	test('is not compared by Verify, and a hint says so', async () => {
		const told = await run('matrix-synapse', {
			items: [{ userId: 's1', username: 'Ada', password: SECRET, phone: 'x' }],
			parameters: { operation: 'verify' },
		});
		expect(statuses(told.outputs[0])).toEqual(['missing']);
		expect(hintsOf(told)).toMatch(/Not compared, for the service does not give it back: .*Password.*Phone/s);
	});

	test('is nothing to tell where all columns are used', async () => {
		const told = await run('ejabberd', { items: [{ userId: 's1', password: SECRET }] });
		expect(hintsOf(told)).not.toContain('Not sent');
	});
});

describe('what a sheet must have is what the service cannot do without', () => {
	test('a name, where the service wants one', async () => {
		const without = await run('ejabberd', { items: [{ userId: 's1' }] });
		expect(statuses(without.outputs[0])).toEqual(['created']);
		const wanting = await run('cometchat', { items: [{ userId: 's1' }] });
		expect([wanting.error?.message, wanting.seen.length]).toEqual(['No column holds the Username', 0]);
	});

	test('an owner, where groups have one; also for a roster', async () => {
		const group = await run('ejabberd', {
			items: [{ groupId: 'g1' }],
			parameters: { resource: 'group', operation: 'create' },
		});
		expect(statuses(group.outputs[0])).toEqual(['created']);
		const roster = { resource: 'group', operation: 'create', rows: 'membership', groupBy: 'class', owner: 'none' };
		const items = [
			{ userId: 's1', class: 'c1' },
			{ userId: 's2', class: 'c1' },
		];
		const room = await run('ejabberd', { items, parameters: roster });
		expect([room.error, statuses(room.outputs[0])]).toEqual([undefined, ['added', 'added']]);
		const chat = await run('easemob', { items, parameters: roster });
		expect([chat.error?.message, chat.seen.length]).toEqual(['Groups of Easemob need an owner', 0]);
	});
});
