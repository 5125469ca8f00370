// Empty Cells: Clear clears where something stands and is empty, whatever gives the value: nothing that is not there.

import type { INodeParameters } from 'n8n-workflow';
import { beforeEach, describe, expect, test } from 'vitest';
import { useLab } from './lab.mts';

const lab = useLab();
const MAIL = 'ada@example.com';
const UPSERT = { operation: 'batchUpsert', emptyCells: 'clear', columns: 'set' };
const set = (value: object, more: INodeParameters = {}): INodeParameters => ({
	...UPSERT,
	values: { mappingMode: 'defineBelow', value: { userId: '={{ $json.id }}', username: '={{ $json.n }}', ...value } },
	...more,
});
const attribute = (value: string): INodeParameters =>
	set({}, { attributes: { attribute: [{ name: 'class', value }] } });

beforeEach(async () => {
	await lab.run({ items: [{ userId: 's1', username: 'Ada', email: MAIL, attributes: { class: '3B' } }] });
});

const after = async (item: object, parameters: INodeParameters) => {
	const { outputs, error } = await lab.run({ items: [{ id: 's1', n: 'Ada', ...item }], parameters });
	const [user] = lab.sandbox.users();
	return {
		error: error?.message,
		status: outputs[0]?.[0]?.json.status,
		email: user?.email,
		attributes: user?.attributes,
	};
};

describe('Set Each Value with Empty Cells: Clear', () => {
	test.each([
		['a property that is not there', { contact: { mail: MAIL } }, '={{ $json.contact.mial }}'],
		['what is made of one', {}, '={{ $json.mail?.toLowerCase() }}'],
		['a property of one', { contact: {} }, '={{ $json.contact.mail }}'],
	])('leaves what an expression over %s would give', async (_, item, email) => {
		expect(await after(item, set({ email }))).toEqual({
			error: undefined,
			status: 'unchanged',
			email: MAIL,
			attributes: { class: '3B' },
		});
	});

	test.each(['={{ $json.c.x }}', '={{ $json.c?.x }}'])('leaves an attribute of %s', async (value) => {
		expect(await after({ c: {} }, attribute(value))).toMatchObject({
			status: 'unchanged',
			attributes: { class: '3B' },
		});
	});

	test.each([
		['null', { mail: null }, '={{ $json.mail }}'],
		['an empty text', { mail: '' }, '={{ $json.mail }}'],
		['null in an object', { contact: { mail: null } }, '={{ $json.contact.mail }}'],
	])('clears where there is %s', async (_, item, email) => {
		expect(await after(item, set({ email }))).toMatchObject({ status: 'updated', email: null });
	});
});
