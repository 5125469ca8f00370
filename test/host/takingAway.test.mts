// What takes people away, in n8n's own engine: Batch Delete and Undo.

import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { statuses, useLab } from './lab.mts';

const lab = useLab();
const people = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_, index) => ({ userId: `s${index}`, username: `N${index}` }));
const DELETE: INodeParameters = { operation: 'deleteEvery' };
const UNDO: INodeParameters = { operation: 'undo' };

describe('Batch Delete', () => {
	test('saved under its old value is refused, and both new ones are named', async () => {
		await lab.run({ items: people(1) });
		for (const deleteWhich of ['created', 'every']) {
			const parameters = { operation: 'batchDelete', deleteWhich };
			const { error } = await lab.run({ items: [{ userId: 's0', status: 'created' }], parameters });
			expect(error?.message).toBe('"batchDelete" is not an operation of the resource "user"');
			expect(error?.description).toMatch(/Choose Undo .* or Batch Delete .*Nothing was sent\.$/);
		}
		expect(lab.sandbox.userCount()).toBe(1);
	});

	test('of more than a hundred people deletes nobody, says both numbers, and is told what to do', async () => {
		await lab.run({ items: people(101) });
		const writes = lab.writes();
		const { error } = await lab.run({ items: people(101), parameters: DELETE });
		expect(error?.message).toBe('The rows name 101, and "Delete at Most" is 100.');
		expect(error?.description).toContain('0: no limit');
		expect([lab.writes(), lab.sandbox.userCount()]).toEqual([writes, 101]);
		const tried = await lab.run({
			items: people(101),
			parameters: { ...DELETE, validateOnly: true },
			onError: 'continueRegularOutput',
		});
		expect(tried.outputs[0]?.[0]?.json).toMatchObject({ status: 'notAttempted', code: 'brake', userId: 's0' });
		const meant = await lab.run({ items: people(101), parameters: { ...DELETE, deleteAtMost: 0 } });
		expect(new Set(statuses(meant.outputs[0]))).toEqual(new Set(['deleted']));
	});

	test('counts people, not rows, and no row that is wrong', async () => {
		await lab.run({ items: people(2) });
		const items = [...people(2), ...people(2), { userId: 'a b' }];
		const { outputs } = await lab.run({ items, parameters: { ...DELETE, deleteAtMost: 2 } });
		expect(statuses(outputs[0])).toEqual(['deleted', 'deleted', 'deleted', 'deleted', 'invalid']);
	});

	test.each([-1, 1.5, '100'])('with a brake of %j is refused', async (deleteAtMost) => {
		const { error } = await lab.run({ items: people(1), parameters: { ...DELETE, deleteAtMost } });
		expect(error?.message).toBe('"Delete at Most" is no whole number from 0 on');
		expect(lab.sandbox.requests).toEqual([]);
	});
});

describe('Undo', () => {
	test('believes no status of a CRM', async () => {
		await lab.run({ items: [{ userId: 'vip1', username: 'Ada' }] });
		const items = [{ userId: 'vip1', email: 'ada@example.com', status: 'created' }];
		const { outputs, hints } = await lab.run({ items, parameters: UNDO });
		expect(outputs[0]?.[0]?.json).toMatchObject({ status: 'kept', userId: 'vip1' });
		expect(outputs[0]?.[0]?.json.reason).toContain('no imId');
		expect(hints[0]?.message).toBe('1 kept');
		expect(lab.sandbox.userCount()).toBe(1);
	});

	test('has no brake but its proof', async () => {
		const { outputs } = await lab.run({ items: people(150) });
		const items = outputs[0]?.map(({ json }) => json) ?? [];
		const undone = await lab.run({ items, parameters: UNDO });
		expect(new Set(statuses(undone.outputs[0]))).toEqual(new Set(['deleted']));
		expect(lab.sandbox.userCount()).toBe(0);
	});
});
