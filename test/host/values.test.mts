// What the editor says of dates and phones, in n8n's own engine.

import { expect, test } from 'vitest';
import { useLab } from './lab.mts';

const lab = useLab();
const ADA = { userId: 's1', username: 'Ada' };

test('dates without an offset are in the time zone of the workflow', async () => {
	await lab.run({ items: [{ ...ADA, registeredAt: '2026/7/2 08:30' }], timeZone: 'Asia/Shanghai' });
	expect(new Date(String(lab.sandbox.users()[0]?.registeredAt)).toISOString()).toBe('2026-07-02T00:30:00.000Z');
});

test('Date Format reads what could be two days', async () => {
	const items = [{ ...ADA, registeredAt: '02/03/2026' }];
	const { outputs } = await lab.run({ items, onError: 'continueRegularOutput' });
	expect(outputs[0]?.[0]?.json).toMatchObject({ status: 'invalid', issues: [{ field: 'registeredAt' }] });
	await lab.run({ items, parameters: { options: { dateFormat: 'dd/MM/yyyy' } }, timeZone: 'UTC' });
	expect(new Date(String(lab.sandbox.users()[0]?.registeredAt)).toISOString()).toBe('2026-03-02T00:00:00.000Z');
});

test('Default Country Code stands before national phones only', async () => {
	const items = [
		{ ...ADA, phone: '138 0000 1111' },
		{ userId: 's2', username: 'Bob', phone: '+44 7911 123456' },
	];
	await lab.run({ items, parameters: { options: { defaultCountryCode: '+86' } } });
	expect(lab.sandbox.users().map(({ phone }) => phone)).toEqual(['+8613800001111', '+447911123456']);
});

test.each([
	[
		'a Date Format that names no day',
		{ parameters: { options: { dateFormat: 'DD/MM/YYYY' } } },
		'The Date Format "DD/MM/YYYY" does not name a day, a month and a year',
	],
	[
		'a workflow in a time zone that is not known',
		{ timeZone: 'Mars/Olympus' },
		'The time zone "Mars/Olympus" is not known',
	],
	[
		'a Default Country Code that is none',
		{ parameters: { options: { defaultCountryCode: 'China' } } },
		'The Default Country Code "China" is none',
	],
])('%s is told before anything is sent', async (_what, settings, message) => {
	const { error } = await lab.run({ items: [{ ...ADA, registeredAt: '2026-09-01' }], ...settings });
	expect(error?.message).toBe(message);
	expect(error?.description).toMatch(/Nothing was sent\.$/);
	expect(lab.writes()).toBe(0);
});
