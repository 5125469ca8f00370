// A batch refused as a whole: the bad rows are found, and what that costs is bounded (law 4).

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Refusal } from '../../../nodes/TokenIm/engine/wire';
import { ids, runRows, type Script } from '../world.mts';

const fault: Refusal = { class: 'entry', code: 'invalid_request', message: 'The request was refused.' };

/** A strict service: one bad entry refuses its whole request. `named` tells how many of them an answer names. */
function strict(bad: ReadonlySet<string>, named = 0): Script {
	return (sent) => {
		if (sent.name !== 'create') return undefined;
		const blamed = sent.ids.flatMap((id, index) =>
			bad.has(id) ? [{ index, code: 'bad_value', message: 'Bad.', field: 'username' }] : [],
		);
		if (blamed.length === 0) return undefined;
		return { refusal: named > 0 ? { ...fault, named: blamed.slice(0, named) } : fault };
	};
}

const extraOf = (ran: Awaited<ReturnType<typeof runRows>>, size: number): number =>
	ran.sentTo('create').length - Math.ceil(ran.verdicts.length / size);

describe('bad rows that nobody names', () => {
	it('cost at most log2(chunk) + 2 extra requests each, in whatever chunks they stand, at whatever concurrency', async () => {
		const scripts = fc.record({
			size: fc.integer({ min: 1, max: 40 }),
			rows: fc.integer({ min: 1, max: 120 }),
			bad: fc.uniqueArray(fc.integer({ min: 1, max: 120 }), { maxLength: 8 }),
			concurrentRequests: fc.integer({ min: 1, max: 5 }),
			latencyMs: fc.constantFrom(0, 20),
		});
		await fc.assert(
			fc.asyncProperty(scripts, async ({ size, rows, bad, concurrentRequests, latencyMs }) => {
				const isBad = new Set(bad.filter((number) => number <= rows).map((number) => `u${number}`));
				const ran = await runRows({
					ids: ids(rows),
					script: strict(isBad),
					limits: { usersPerRequest: size, concurrentRequests },
					latencyMs,
				});
				expect(
					ran.verdicts.filter((verdict) => verdict.status === 'failed').map((verdict) => `u${verdict.row}`),
				).toEqual(ids(rows).filter((id) => isBad.has(id)));
				expect(ran.statuses().created ?? 0).toBe(rows - isBad.size);
				expect(extraOf(ran, size)).toBeLessThanOrEqual(isBad.size * (Math.ceil(Math.log2(size)) + 2));
			}),
			{ numRuns: 300 },
		);
	});

	it('fail each for its own reason: the last of a search goes alone', async () => {
		const script: Script = (sent) => {
			if (sent.name !== 'create' || !sent.ids.includes('u2')) return undefined;
			return { refusal: sent.ids.length === 1 ? { ...fault, code: 'own_code', message: 'Its own reason.' } : fault };
		};
		const ran = await runRows({ ids: ids(2), script });
		expect(ran.verdicts[1]).toMatchObject({
			status: 'failed',
			code: 'own_code',
			message: 'Its own reason.',
			retryable: false,
		});
	});

	it('are found through failures in between, which cost the search nothing but time', async () => {
		const search = strict(new Set(['u37']));
		const script: Script = (sent, number, world) => {
			if (sent.name === 'create' && number % 3 === 0) return { lost: 'reset' };
			return search(sent, number, world);
		};
		const ran = await runRows({ ids: ids(64), script });
		expect(ran.verdicts[36]?.status).toBe('failed');
		expect(ran.statuses()).toEqual({ created: 63, failed: 1 });
	});

	it('are found where parts of the search are too large as well', async () => {
		const search = strict(new Set(['u10', 'u90']));
		const script: Script = (sent, number, world) => {
			if (sent.name === 'create' && number > 1 && sent.ids.length > 20)
				return {
					refusal: { class: 'tooLarge', code: 'too_many_items', message: 'Too many.', limitOf: 'entries', limit: 20 },
				};
			return search(sent, number, world);
		};
		const ran = await runRows({ ids: ids(200), script });
		expect(ran.statuses()).toEqual({ created: 198, failed: 2 });
	});

	it('are found where nothing was accepted yet and a part of the search must itself be searched', async () => {
		const isBad = new Set(['u1', 'u2']);
		const tooLarge: Refusal = {
			class: 'tooLarge',
			code: 'too_many',
			message: 'Too many.',
			limitOf: 'entries',
			limit: 2,
		};
		const script: Script = (sent, number, world) =>
			sent.name === 'create' && number === 2 ? { refusal: tooLarge } : strict(isBad)(sent, number, world);
		const ran = await runRows({ ids: ids(8), script, limits: { concurrentRequests: 1 } });
		expect(ran.statuses()).toEqual({ failed: 2, created: 6 });
	});

	it('are found until the run ends; then the rest is unattempted', async () => {
		const search = strict(new Set(['u1', 'u100']));
		const script: Script = (sent, number, world) =>
			sent.name === 'create' && number === 5
				? { refusal: { ...fault, class: 'stop', code: 'forbidden' } }
				: search(sent, number, world);
		const ran = await runRows({ ids: ids(100), script });
		expect(ran.sentTo('create')).toHaveLength(5);
		expect(ran.verdicts).toHaveLength(100);
		expect(ran.statuses().notAttempted).toBe(100 - (ran.statuses().created ?? 0) - (ran.statuses().failed ?? 0));
	});

	it('are not found where another request ends the run meanwhile: all of theirs are unattempted', async () => {
		const script: Script = ({ name }, number) => {
			if (name !== 'create') return undefined;
			if (number === 2) return { refusal: { ...fault, class: 'stop', code: 'forbidden' }, afterMs: 100 };
			return { refusal: fault, afterMs: number === 1 ? 0 : 500 };
		};
		const ran = await runRows({ ids: ids(200), script, limits: { concurrentRequests: 2 } });
		expect(ran.sentTo('create').map((sent) => sent.ids.length)).toEqual([100, 100, 50]);
		expect(ran.verdicts.map((verdict) => ['code' in verdict && verdict.code, verdict.status])).toEqual(
			ids(200).map(() => ['forbidden', 'notAttempted']),
		);
	});

	it('are each told of once, with the field, where the answer to the row alone names it', async () => {
		const script: Script = (sent) => {
			if (sent.name !== 'create' || !sent.ids.includes('u3')) return undefined;
			return {
				refusal:
					sent.ids.length > 1
						? fault
						: { ...fault, named: [{ index: 0, code: 'bad_phone', message: 'No phone.', field: 'phone' }] },
			};
		};
		const ran = await runRows({ ids: ids(8), script });
		expect(ran.verdicts[2]).toMatchObject({ code: 'bad_phone', message: 'No phone.', field: 'phone' });
	});
});

describe('bad rows that the answer names', () => {
	it('fail as named, and the others go at once', async () => {
		const ran = await runRows({ ids: ids(300), script: strict(new Set(['u150', 'u160', 'u299']), 10) });
		expect(ran.statuses()).toEqual({ created: 297, failed: 3 });
		expect(ran.verdicts[149]).toMatchObject({
			code: 'bad_value',
			message: 'Bad.',
			field: 'username',
			retryable: false,
		});
		expect(ran.sentTo('create').length).toBeLessThanOrEqual(5);
	});

	it('one at a time cost one request each', async () => {
		const ran = await runRows({
			ids: ids(300),
			script: strict(new Set(['u110', 'u120', 'u130', 'u140']), 1),
			limits: { concurrentRequests: 1 },
		});
		expect(ran.sentTo('create')).toHaveLength(3 + 4);
	});

	it('with places that there are not are searched for as if nobody were named', async () => {
		const script: Script = (sent) =>
			sent.name === 'create' && sent.ids.includes('u5')
				? {
						refusal: {
							...fault,
							named: [-1, 0.5, 1e9, Number.NaN].map((index) => ({ index, code: 'x', message: 'x' })),
						},
					}
				: undefined;
		const ran = await runRows({ ids: ids(8), script });
		expect(ran.statuses()).toEqual({ created: 7, failed: 1 });
		expect(ran.verdicts[4]?.status).toBe('failed');
	});

	it('all of them leave nothing to send', async () => {
		const ran = await runRows({ ids: ids(5), script: strict(new Set(ids(5)), 5) });
		expect(ran.sentTo('create')).toHaveLength(1);
		expect(ran.statuses()).toEqual({ failed: 5 });
	});
});

describe('a service that refuses every request as a whole', () => {
	it('is found out by ten rows alone and one more batch', async () => {
		const ran = await runRows({
			ids: ids(1000),
			script: strict(new Set(ids(1000))),
			limits: { concurrentRequests: 1 },
		});
		expect(ran.statuses()).toEqual({ failed: 10, notAttempted: 990 });
		expect(ran.report.ended?.reason).toContain('10 rows sent alone and a further batch met the same answer');
	});

	it('is not suspected once anything at all was accepted', async () => {
		const bad = new Set(ids(300).slice(100, 200));
		const ran = await runRows({ ids: ids(300), script: strict(bad), limits: { concurrentRequests: 1 } });
		expect(ran.statuses()).toEqual({ created: 200, failed: 100 });
	});

	it('is not suspected where the codes differ', async () => {
		const script: Script = (sent, number) =>
			sent.name === 'create' ? { refusal: { ...fault, code: `code_${number}` } } : undefined;
		const ran = await runRows({ ids: ids(40), script, limits: { usersPerRequest: 4, concurrentRequests: 1 } });
		expect(ran.statuses()).toEqual({ failed: 40 });
	});

	it('is not suspected where the next batch is refused for another reason', async () => {
		const script: Script = (sent) => {
			const number = Number(sent.ids[0]?.slice(1));
			if (sent.name !== 'create' || number > 20) return undefined;
			return { refusal: { ...fault, code: number <= 10 ? 'one_code' : 'other_code' } };
		};
		const ran = await runRows({ ids: ids(50), script, limits: { usersPerRequest: 10, concurrentRequests: 1 } });
		expect(ran.statuses()).toEqual({ failed: 20, created: 30 });
		expect(ran.report.ended).toBeUndefined();
	});

	it('is not suspected where the next batch fails in another way', async () => {
		const search = strict(new Set(ids(10)));
		const script: Script = (sent, number, world) =>
			sent.name === 'create' &&
			sent.ids.includes('u11') &&
			world.sent.filter(({ ids: all }) => all.includes('u11')).length === 1
				? { lost: 'reset' }
				: search(sent, number, world);
		const ran = await runRows({ ids: ids(30), script, limits: { usersPerRequest: 10, concurrentRequests: 1 } });
		expect(ran.statuses()).toEqual({ failed: 10, created: 20 });
	});

	it('is not suspected where there is no further batch to try', async () => {
		const ran = await runRows({ ids: ids(30), script: strict(new Set(ids(30))) });
		expect(ran.statuses()).toEqual({ failed: 30 });
		expect(ran.report.ended).toBeUndefined();
	});

	it('is not suspected for entries that fail inside its answers', async () => {
		const script: Script = (sent, _number, { people }) =>
			sent.name === 'create'
				? people.create(sent.ids, sent.key, () => ({ status: 'failed', code: 'no', message: 'No.', retryable: false }))
				: undefined;
		const ran = await runRows({ ids: ids(1000), script });
		expect(ran.statuses()).toEqual({ failed: 1000 });
		expect(ran.sentTo('create')).toHaveLength(10);
	});
});
