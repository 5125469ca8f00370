// The laws themselves, tried on lies: a law that finds nothing wrong with them would hold for anything.

import { describe, expect, it } from 'vitest';

import { untruths, type Told } from './truths.mts';

const nobody = { before: new Set<string>(), after: new Map<string, string>() };
const ann = { before: new Set<string>(), after: new Map([['ann', 'im1']]) };
const annBefore = { before: new Set(['ann']), after: new Map([['ann', 'im1']]) };
const told = (status: Told['status'], more: Partial<Told> = {}): Told[] => [{ status, userId: 'ann', ...more }];

describe('what verdicts may say', () => {
	it.each<[string, Told[], typeof nobody & { isBelated?: boolean }]>([
		['created, and there', told('created', { imId: 'im1' }), ann],
		['exists, and was there before', told('exists'), annBefore],
		['exists, by who knows whom', told('exists', { createdBy: 'unknown' }), ann],
		['unknown, and there', told('unknown'), ann],
		['unknown, and not there', told('unknown'), nobody],
		['failed, and not there', told('failed'), nobody],
		['failed, and there, but perhaps after it was looked up', told('failed'), { ...ann, isBelated: true }],
		['not attempted in one row, created in another', [...told('notAttempted'), ...told('created')], ann],
	])('%s', (_what, verdicts, holds) => {
		expect(untruths(verdicts, holds)).toEqual([]);
	});
});

describe('what they may not', () => {
	it.each<[string, Told[], typeof nobody, string]>([
		['claim somebody', told('created'), nobody, 'ann is created, but not there'],
		['compare with somebody who is not there', told('unchanged'), nobody, 'ann is unchanged, but not there'],
		['give another id of the service', told('created', { imId: 'im2' }), ann, 'ann is im1, not im2'],
		['create who was there', told('created'), annBefore, 'ann was there before, so nobody created it'],
		['create somebody twice', [...told('created'), ...told('created')], ann, 'ann was created twice'],
		[
			'call an own person one that existed',
			told('exists'),
			ann,
			'ann was not there before, so this run may have created it',
		],
		['deny somebody', told('failed'), ann, 'ann was created, and every row of it says otherwise'],
		['forget somebody', [], ann, 'ann was created, and every row of it says otherwise'],
	])('%s', (_what, verdicts, holds, lie) => {
		expect(untruths(verdicts, holds)).toEqual([lie]);
	});
});
