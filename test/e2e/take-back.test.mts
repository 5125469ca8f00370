// A sheet's way in the real n8n: imported, changed, foreseen, applied, verified, and taken back from its own results.

import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { filesFolder } from '../../scripts/lib/n8n-env.mts';
import { verdictsOf } from '../../scripts/lib/verdicts.mts';
import { describeWithN8n } from './describe.mts';
import { openLab, type Lab } from './lab.mts';
import { fileInto } from './workflows.mts';

const PEOPLE = Array.from({ length: 20 }, (_, index) => `s${index + 1}`);
const UPSERT = { resource: 'user', operation: 'batchUpsert', send: 'differs' };

const sheetOf = (ids: readonly string[], emails: Readonly<Record<string, string>> = {}) =>
	`userId,username,email\n${ids.map((id) => `${id},Name of ${id},${emails[id] ?? `${id}@school.example`}`).join('\n')}\n`;
const FIRST = sheetOf(PEOPLE);
const CHANGED = sheetOf([...PEOPLE, 'new'], { s3: 'three@school.example', s7: 'seven@school.example' });

await describeWithN8n('a sheet', () => {
	let lab: Lab;

	beforeAll(async () => {
		lab = await openLab();
		const at = (name: string) => join(filesFolder(lab.settings.userFolder), name);
		const of = (id: string, file: string, parameters: Readonly<Record<string, unknown>>, results?: string) =>
			fileInto(id, at(file), lab.credential, { name: 'TokenIM', parameters }, results && at(results));
		await lab.store(
			[lab.credential],
			[
				of('tokenimTakeApply', 'sheet.csv', UPSERT, 'results.csv'),
				of('tokenimTakePlan1', 'sheet.csv', { ...UPSERT, validateOnly: true }),
				of('tokenimTakeCheck', 'sheet.csv', { resource: 'user', operation: 'verify' }),
				of('tokenimTakeUndo1', 'results.csv', { resource: 'user', operation: 'undo' }),
			],
		);
	});
	afterAll(async () => await lab?.close());

	/** How often the rows of a run came to what. */
	async function run(id: string, sheet?: string): Promise<Readonly<Record<string, number>>> {
		if (sheet !== undefined) await lab.write('sheet.csv', sheet);
		const result = await lab.run(id);
		expect(result.error).toBeUndefined();
		const counts: Record<string, number> = {};
		for (const verdict of verdictsOf(result, 'TokenIM')) {
			const { status, would } = verdict as { readonly status: string; readonly would?: string };
			const told = would === undefined ? status : `would: ${would}`;
			counts[told] = (counts[told] ?? 0) + 1;
		}
		return counts;
	}

	test('is imported, foreseen, applied and verified, and each step says the same', async () => {
		expect(await run('tokenimTakeApply', FIRST)).toEqual({ created: 20 });
		const plan = { 'would: unchanged': 18, 'would: updated': 2, 'would: created': 1 };
		expect(await run('tokenimTakePlan1', CHANGED)).toEqual(plan);
		expect(lab.sandbox.users()).toHaveLength(20);
		expect(await run('tokenimTakeApply')).toEqual({ unchanged: 18, updated: 2, created: 1 });
		expect(await run('tokenimTakeCheck')).toEqual({ found: 21 });
	});

	test('is taken back from the results of the last run, and the service is as it was before', async () => {
		expect(await run('tokenimTakeUndo1')).toEqual({ kept: 18, updated: 2, deleted: 1 });
		expect(await run('tokenimTakeCheck', FIRST)).toEqual({ found: 20 });
		expect(lab.sandbox.users()).toHaveLength(20);
		expect(await run('tokenimTakeUndo1')).toEqual({ kept: 20, absent: 1 });
	});
});
