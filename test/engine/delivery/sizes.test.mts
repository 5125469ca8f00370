// 413 and limits that shrink during a run (law 4).

import { describe, expect, it } from 'vitest';

import type { EntryAnswer, Refusal } from '../../../nodes/TokenIm/engine/wire';
import { scriptedCall } from '../service.mts';
import { ids, runRows, type Script } from '../world.mts';

const tooLarge = (more: Partial<Refusal>): { refusal: Refusal } => ({
	refusal: { class: 'tooLarge', code: 'too_many_items', message: 'Too large.', ...more },
});

/** Refuses requests with more entries than this, and names the limit or does not. */
const allows =
	(most: number, named: boolean): Script =>
	(sent) =>
		sent.name === 'create' && sent.ids.length > most
			? tooLarge(named ? { limitOf: 'entries', limit: most } : {})
			: undefined;
const sizes = (ran: Awaited<ReturnType<typeof runRows>>): number[] =>
	ran.sentTo('create').map((sent) => sent.ids.length);

describe('a request with too many entries', () => {
	it('is cut by the limit that the answer names, and so is all that follows', async () => {
		const ran = await runRows({ ids: ids(300), script: allows(30, true), limits: { concurrentRequests: 1 } });
		expect(sizes(ran).filter((size) => size > 30)).toEqual([100]);
		expect(ran.statuses()).toEqual({ created: 300 });
	});

	it('costs one refusal for each request that was already under way, and no more', async () => {
		const ran = await runRows({ ids: ids(2000), script: allows(30, true), limits: { concurrentRequests: 4 } });
		expect(sizes(ran).filter((size) => size > 30)).toHaveLength(4);
		expect(ran.statuses()).toEqual({ created: 2000 });
	});

	it('is cut in halves where no limit is named, and the lower limit holds', async () => {
		const ran = await runRows({ ids: ids(300), script: allows(30, false), limits: { concurrentRequests: 1 } });
		expect(sizes(ran).filter((size) => size > 30)).toEqual([100, 50]);
		expect(ran.statuses()).toEqual({ created: 300 });
	});

	it('is cut in halves where the limit that is named is none that was broken', async () => {
		const script: Script = (sent) =>
			sent.name === 'create' && sent.ids.length > 30 ? tooLarge({ limitOf: 'entries', limit: 500 }) : undefined;
		const ran = await runRows({ ids: ids(200), script, limits: { concurrentRequests: 1 } });
		expect(sizes(ran).filter((size) => size > 30)).toEqual([100, 50]);
		expect(ran.statuses()).toEqual({ created: 200 });
	});

	it('never ends the run, even where every request but those of one entry is refused', async () => {
		const ran = await runRows({ ids: ids(64), script: allows(1, false) });
		expect(ran.statuses()).toEqual({ created: 64 });
	});

	it('that holds one entry alone fails that row, and no other', async () => {
		const script: Script = (sent) =>
			sent.name === 'create' && sent.ids.includes('u3') ? tooLarge({ limitOf: 'bytes', limit: 1 }) : undefined;
		const ran = await runRows({ ids: ids(4), script, limits: { usersPerRequest: 1 } });
		expect(ran.verdicts[2]).toMatchObject({ status: 'failed', code: 'too_many_items', retryable: false });
		expect(ran.verdicts[0]).toMatchObject({ status: 'created' });
	});
});

describe('a row alone that is too large although an earlier attempt may have arrived', () => {
	it.each([
		[true, { status: 'exists', createdBy: 'unknown' }],
		[false, { status: 'unknown', reason: 'Too large.' }],
	])('is looked up and never sent again (it had arrived: %s)', async (hasArrived, verdict) => {
		const script: Script = (sent, number, { people }) => {
			if (sent.name !== 'create') return undefined;
			if (number > 1) return tooLarge({});
			if (hasArrived) people.create(sent.ids, sent.key);
			return { lost: 'reset' };
		};
		const ran = await runRows({ ids: ids(1), script });
		expect(ran.verdicts[0]).toMatchObject(verdict);
		expect(ran.sentTo('create')).toHaveLength(2);
		expect(ran.sentTo('query')).toHaveLength(1);
	});
});

describe('a request with too many bytes', () => {
	const bytesOf = (body: string | undefined): number => Buffer.byteLength(JSON.parse(body ?? '[]').join(','));

	it('is cut by bytes, and a row that is over them alone is invalid, unsent', async () => {
		const most = 40;
		const script: Script = (sent) =>
			sent.name === 'create' && bytesOf(sent.body) > most ? tooLarge({ limitOf: 'bytes', limit: most }) : undefined;
		const rows = [...ids(50), 'x'.repeat(41), 'y'.repeat(40)];
		const ran = await runRows({ ids: rows, script, limits: { usersPerRequest: 20, concurrentRequests: 1 } });
		expect(ran.sentTo('create').filter((sent) => bytesOf(sent.body) > most)).toHaveLength(1);
		expect(ran.verdicts[50]).toMatchObject({ status: 'invalid', issues: [{ code: 'too_large' }], attempts: 0 });
		expect(ran.statuses()).toEqual({ created: 51, invalid: 1 });
	});

	it('never begins where the plan says so beforehand: the last byte is used, not one more', async () => {
		const ran = await runRows({ ids: ['aaaa', 'bbbb', 'ccccccccc', 'dddddddddd'], limits: { maxBodyBytes: 9 } });
		expect(ran.sentTo('create').map((sent) => sent.ids)).toEqual([['aaaa', 'bbbb'], ['ccccccccc']]);
		expect(ran.verdicts[3]?.status).toBe('invalid');
	});
});

describe('a limit that is lowered while requests wait at the gate', () => {
	it('is kept by those that have not gone yet', async () => {
		// The first answer closes the gate for all; the second lowers the limit while the others wait before it.
		const script: Script = (sent, number) => {
			if (sent.name !== 'create') return undefined;
			if (number === 1)
				return { refusal: { class: 'throttled', code: 'rate_limited', message: 'Slow.', waitMs: 5_000 } };
			return sent.ids.length > 10 ? tooLarge({ limitOf: 'entries', limit: 10 }) : undefined;
		};
		const ran = await runRows({ ids: ids(400), script, limits: { concurrentRequests: 2 } });
		expect(sizes(ran).filter((size) => size > 10)).toHaveLength(2);
		expect(ran.statuses()).toEqual({ created: 400 });
	});

	it('does not change a request that may have arrived: it goes again as it was, under its key', async () => {
		const script: Script = (sent, number, { people }) => {
			if (sent.name !== 'create') return undefined;
			if (number === 1) {
				people.create(sent.ids, sent.key);
				return { lost: 'reset', afterMs: 1_000 };
			}
			return number === 2 ? tooLarge({ limitOf: 'entries', limit: 10 }) : undefined;
		};
		const ran = await runRows({ ids: ids(200), script, limits: { concurrentRequests: 2 } });
		const first = ran.sentTo('create').filter((sent) => sent.ids[0] === 'u1');
		expect(first.map((sent) => sent.ids.length)).toEqual([100, 100]);
		expect(first[1]?.key).toBe(first[0]?.key);
		expect(ran.statuses()).toEqual({ created: 200 });
	});
});

describe('a request that may have arrived, and is too large when it goes again', () => {
	const refused: EntryAnswer = { status: 'failed', code: 'no', message: 'It is not possible.', retryable: false };

	it('is looked up before its rows go in smaller ones, whose keys are others', async () => {
		const script: Script = (sent, number, { people }) => {
			if (sent.name !== 'create' || number > 2) return undefined;
			if (number === 2) return tooLarge({ limitOf: 'bytes' });
			people.create(sent.ids.slice(0, 3), sent.key);
			return { lost: 'reset' };
		};
		const ran = await runRows({ ids: ids(4), script });
		expect(ran.sentTo('query').map((sent) => sent.ids)).toEqual([ids(4)]);
		expect(ran.sentTo('create').map((sent) => sent.ids)).toEqual([ids(4), ids(4), ['u4']]);
		expect(ran.statuses()).toEqual({ exists: 3, created: 1 });
		expect(ran.verdicts[0]).toMatchObject({ createdBy: 'unknown' });
	});

	it('leaves its smaller requests all their attempts', async () => {
		const script: Script = (sent, number) => {
			if (sent.name !== 'create') return undefined;
			if (number === 2) return tooLarge({ limitOf: 'entries', limit: 2 });
			return number <= 4 ? { lost: 'reset' } : undefined;
		};
		const call = scriptedCall('create', { settlement: 'again' });
		const ran = await runRows({ ids: ids(4), script, call });
		expect(ran.sentTo('create').map((sent) => sent.ids.length)).toEqual([4, 4, 2, 2, 2, 2]);
		expect(ran.statuses()).toEqual({ created: 4 });
	});

	it.each([2, 6])(
		'leaves what its smaller requests are refused for unknown where nothing is looked up: 413 at attempt %i',
		async (at) => {
			const script: Script = (sent, number) => {
				if (sent.name !== 'create') return undefined;
				if (number < at) return { lost: 'reset' };
				return number === at
					? tooLarge({ limitOf: 'entries', limit: 2 })
					: { results: sent.ids.map((id) => ({ id, answer: refused })) };
			};
			const ran = await runRows({ ids: ids(4), script, call: scriptedCall('create', { settlement: 'again' }) });
			expect(ran.statuses()).toEqual({ unknown: 4 });
		},
	);
});

describe('a limit that is lowered where the service knows no keys', () => {
	it('is kept by a request that goes again: nothing is won by sending it as it was', async () => {
		const call = scriptedCall('create', { settlement: 'again', keyHeader: undefined });
		const script: Script = (sent, number) => {
			if (sent.name !== 'create') return undefined;
			if (number === 1) return { lost: 'reset', afterMs: 1_000 };
			return number === 2 ? tooLarge({ limitOf: 'entries', limit: 10 }) : undefined;
		};
		const ran = await runRows({ ids: ids(200), call, script, limits: { concurrentRequests: 2 } });
		expect(sizes(ran).filter((size) => size > 10)).toHaveLength(2);
		expect(ran.statuses()).toEqual({ created: 200 });
	});
});

describe('a limit on members', () => {
	it('is one on entries where the entries are members', async () => {
		const call = scriptedCall('create', { limitNames: { entries: 'membersPerRequest' } });
		const script: Script = (sent) =>
			sent.name === 'create' && sent.ids.length > 30 ? tooLarge({ limitOf: 'members', limit: 30 }) : undefined;
		const ran = await runRows({
			ids: ids(300),
			call,
			script,
			limits: { membersPerRequest: 100, concurrentRequests: 1 },
		});
		expect(sizes(ran).filter((size) => size > 30)).toEqual([100]);
	});
});
