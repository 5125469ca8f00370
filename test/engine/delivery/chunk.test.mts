// Rows into requests: what fits into one (laws 4 and 6).

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
	encodeTask,
	ChunkBuilder,
	cut,
	isOutgrown,
	join,
	pick,
	recut,
	slice,
} from '../../../nodes/TokenIm/engine/delivery/chunk';
import { RunLimits } from '../../../nodes/TokenIm/engine/pacing/limits';
import { newTask } from '../../../nodes/TokenIm/engine/delivery/task';
import type { Task } from '../../../nodes/TokenIm/engine/types';
import type { Limits } from '../../../nodes/TokenIm/engine/wire';
import type { Call } from '../../../nodes/TokenIm/engine/call';
import { scriptedCall } from '../service.mts';
import { LIMITS } from '../world.mts';

const taskOf = (id: string, memberIds?: readonly string[]): Task => newTask({ id, fields: {}, memberIds }, 0);
const limitsOf = (limits: Partial<Limits>): RunLimits => new RunLimits({ ...LIMITS, ...limits });
const call: Call = scriptedCall('create');
const groups: Call = scriptedCall('groups', {
	limitNames: { entries: 'groupsPerRequest', members: 'membersPerRequest' },
	encode: ({ id, memberIds = [] }, most) => `${id}:${memberIds.slice(0, most).join('+')}`,
});
const idsOf = (chunks: ReturnType<typeof cut>): string[][] =>
	chunks.map((chunk) => chunk.tasks.map((task) => task.entry.id));
const members = (count: number): string[] => Array.from({ length: count }, (_, index) => `m${index}`);

describe('chunks', () => {
	const table: ReadonlyArray<
		readonly [why: string, limits: Partial<Limits>, ids: readonly string[], chunks: readonly string[][]]
	> = [
		[
			'by entries: full ones, then the rest',
			{ usersPerRequest: 2 },
			['a', 'b', 'c', 'd', 'e'],
			[['a', 'b'], ['c', 'd'], ['e']],
		],
		['by entries: exactly one full', { usersPerRequest: 3 }, ['a', 'b', 'c'], [['a', 'b', 'c']]],
		['by entries: one each', { usersPerRequest: 1 }, ['a', 'b'], [['a'], ['b']]],
		['a limit of none still lets one go', { usersPerRequest: 0 }, ['a', 'b'], [['a'], ['b']]],
		['nothing makes none', {}, [], []],
		[
			'by bytes, with a comma between two: 5 bytes hold aa,bb',
			{ maxBodyBytes: 5 },
			['aa', 'bb', 'cc'],
			[['aa', 'bb'], ['cc']],
		],
		['by bytes: 4 bytes do not', { maxBodyBytes: 4 }, ['aa', 'bb', 'cc'], [['aa'], ['bb'], ['cc']]],
		['by bytes, not characters: 日 is three', { maxBodyBytes: 7 }, ['日', '本', '語'], [['日', '本'], ['語']]],
		[
			'one that is over the bytes alone goes alone',
			{ maxBodyBytes: 3 },
			['a', 'toolong', 'b'],
			[['a'], ['toolong'], ['b']],
		],
	];
	it.each(table)('%s', (_why, limits, ids, chunks) => {
		expect(
			idsOf(
				cut(
					call,
					ids.map((id) => taskOf(id)),
					limitsOf(limits),
				),
			),
		).toEqual(chunks);
	});

	it('leave room for the body around the entries', () => {
		const framed = scriptedCall('create', { overheadBytes: 3 });
		expect(idsOf(cut(framed, [taskOf('aa'), taskOf('bb')], limitsOf({ maxBodyBytes: 8 })))).toEqual([['aa', 'bb']]);
		expect(idsOf(cut(framed, [taskOf('aa'), taskOf('bb')], limitsOf({ maxBodyBytes: 7 })))).toEqual([['aa'], ['bb']]);
	});

	it('of groups are cut by the members of all of them together', () => {
		const tasks = [
			taskOf('a', members(2)),
			taskOf('b', members(1)),
			taskOf('c', members(1)),
			taskOf('d'),
			taskOf('e', members(3)),
		];
		expect(idsOf(cut(groups, tasks, limitsOf({ membersPerRequest: 3 })))).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
	});

	it('carry of a group with too many members as many as a request holds', () => {
		const [chunk] = cut(groups, [taskOf('g', members(5))], limitsOf({ membersPerRequest: 2 }));
		expect(chunk?.parts).toEqual(['g:m0+m1']);
	});

	it('hold every entry once, in order, under every limit, as full as they can be', () => {
		fc.assert(
			fc.property(
				fc.array(fc.string({ minLength: 1, maxLength: 8 }), { maxLength: 30 }),
				fc.integer({ min: 1, max: 6 }),
				fc.integer({ min: 8, max: 40 }),
				(ids, usersPerRequest, maxBodyBytes) => {
					const chunks = cut(
						call,
						ids.map((id) => taskOf(id)),
						limitsOf({ usersPerRequest, maxBodyBytes }),
					);
					expect(idsOf(chunks).flat()).toEqual(ids);
					chunks.forEach((chunk, index) => {
						const bytes = Buffer.byteLength(chunk.parts.join(','));
						expect(chunk.tasks.length).toBeLessThanOrEqual(usersPerRequest);
						if (chunk.tasks.length > 1) expect(bytes).toBeLessThanOrEqual(maxBodyBytes);
						const next = chunks[index + 1]?.parts[0];
						if (next === undefined) return;
						expect(chunk.tasks.length === usersPerRequest || bytes + 1 + Buffer.byteLength(next) > maxBodyBytes).toBe(
							true,
						);
					});
				},
			),
		);
	});
});

describe('a lowered limit', () => {
	it('cuts a chunk anew, and one that still fits stays as it is', () => {
		const limits = limitsOf({ usersPerRequest: 4 });
		const [big] = cut(
			call,
			['a', 'b', 'c', 'd'].map((id) => taskOf(id)),
			limits,
		);
		const [small] = cut(
			call,
			['e', 'f'].map((id) => taskOf(id)),
			limits,
		);
		if (big === undefined || small === undefined) throw new Error('no chunks');
		expect(recut(call, big, limits)).toEqual([big]);
		limits.lower('usersPerRequest', 2);
		expect(idsOf(recut(call, big, limits))).toEqual([
			['a', 'b'],
			['c', 'd'],
		]);
		expect([isOutgrown(call, big, limits), isOutgrown(call, small, limits)]).toEqual([true, false]);
	});

	it('takes members out of a group that stays alone', () => {
		const limits = limitsOf({ membersPerRequest: 4 });
		const [chunk] = cut(groups, [taskOf('g', members(4))], limits);
		if (chunk === undefined) throw new Error('no chunk');
		limits.lower('membersPerRequest', 3);
		expect(isOutgrown(groups, chunk, limits)).toBe(true);
		expect(recut(groups, chunk, limits)[0]?.parts).toEqual(['g:m0+m1+m2']);
	});

	it('that came while a chunk was filled is not forgotten: the chunk is as old as its oldest entry', () => {
		const limits = limitsOf({ usersPerRequest: 4 });
		const builder = new ChunkBuilder();
		for (const id of ['a', 'b', 'c'])
			builder.add(encodeTask(call, taskOf(id), limits.of(call), limits.revision), limits.of(call));
		limits.lower('usersPerRequest', 2);
		builder.add(encodeTask(call, taskOf('d'), limits.of(call), limits.revision), limits.of(call));
		expect(idsOf(recut(call, builder.take(), limits))).toEqual([
			['a', 'b'],
			['c', 'd'],
		]);
		builder.add(encodeTask(call, taskOf('e'), limits.of(call), limits.revision), limits.of(call));
		expect(builder.take().revision).toBe(limits.revision);
	});

	it.each([
		['lower', 50, true],
		['the same', 100, false],
		['higher', 200, false],
		['none', 0, false],
	])('that is %s than the known one', (_why, value, lowers) => {
		const limits = limitsOf({});
		expect(limits.lower('usersPerRequest', value)).toBe(lowers);
		expect(limits.of(call).entries).toBe(lowers ? value : 100);
		expect(limits.revision).toBe(lowers ? 1 : 0);
	});

	it('where the plan named none counts', () => {
		const limits = limitsOf({ requestsPerSecond: undefined });
		expect(limits.lower('requestsPerSecond', 5)).toBe(true);
		expect(limits.requestsPerSecond).toBe(5);
	});
});

describe('limits', () => {
	it('that the plan leaves out stay', () => {
		const limits = limitsOf({});
		limits.adopt({ usersPerRequest: 7 });
		expect(limits.of(call)).toEqual({ entries: 7, members: undefined, bytes: LIMITS.maxBodyBytes });
		expect(limits.of(groups)).toEqual({ entries: 20, members: 200, bytes: LIMITS.maxBodyBytes });
		expect(limits.maxBodyBytes).toBe(LIMITS.maxBodyBytes);
	});

	it.each([
		[0, 1],
		[3, 3],
		[1e9, 64],
	])('of %i requests at once mean %i', (named, meant) => {
		expect(limitsOf({ concurrentRequests: named }).concurrentRequests).toBe(meant);
	});
});

describe('parts of a chunk', () => {
	const [chunk] = cut(
		call,
		['a', 'b', 'c', 'd'].map((id) => taskOf(id)),
		limitsOf({}),
	);
	if (chunk === undefined) throw new Error('no chunk');

	it('keep each task with its own encoding', () => {
		const pieces = [
			slice(chunk, 1, 3),
			slice(chunk, 2),
			pick(chunk, (task) => task.entry.id > 'b'),
			pick(chunk, (_, index) => index === 0),
		];
		expect(pieces.map((piece) => piece.parts)).toEqual([['b', 'c'], ['c', 'd'], ['c', 'd'], ['a']]);
		for (const piece of pieces) expect(piece.tasks.map((task) => task.entry.id)).toEqual(piece.parts);
	});

	it('join in the order given', () => {
		const joined = join(slice(chunk, 2), slice(chunk, 0, 1));
		expect(joined.parts).toEqual(['c', 'd', 'a']);
		expect(idsOf([joined])).toEqual([['c', 'd', 'a']]);
	});
});
