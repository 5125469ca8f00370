// A service that lists, scripted page by page, on a virtual clock; and the reading of its lists to their end.

import type { Call } from '../../nodes/TokenIm/engine/call';
import { RunContext } from '../../nodes/TokenIm/engine/context';
import { listAll, type ListStep } from '../../nodes/TokenIm/engine/delivery/listAll';
import type { ListCall } from '../../nodes/TokenIm/engine/list';
import { RunLimits } from '../../nodes/TokenIm/engine/pacing/limits';
import type { Cursor, Exchange, Listed, Page, Reading, Refusal } from '../../nodes/TokenIm/engine/wire';
import { VirtualClock } from './clock.mts';
import { scriptedCall } from './service.mts';
import { generator, LIMITS } from './world.mts';

/** What comes of a request for a page. */
export type PageAnswer =
	| { readonly ids: readonly string[]; readonly next?: Cursor }
	| { readonly refusal: Refusal }
	| { readonly lost: true }
	/** Complete, and no page. */
	| { readonly none: true };

export interface Asked {
	readonly cursor: Cursor | undefined;
	readonly size: number | undefined;
	/** Requests so far, this one included. */
	readonly number: number;
	readonly atMs: number;
}

export interface ListWorld {
	readonly answer: (asked: Asked) => PageAnswer;
	readonly limits?: Partial<typeof LIMITS>;
	readonly fold?: (id: string) => string;
	readonly most?: number;
	/** Called between requests, with the context. */
	readonly meanwhile?: (ctx: RunContext, asked: Asked) => void;
	readonly maxRunTimeMs?: number;
}

export interface Read {
	/** Ids in the order in which they came. */
	readonly ids: string[];
	readonly end: Exclude<ListStep, { kind: 'records' }>;
	readonly asked: Asked[];
	readonly tookMs: number;
	readonly breaths: number;
	readonly longest: number;
	readonly ctx: RunContext;
}

/** Reads a scripted list to its end. Throws where it has no end step, two of them, or records after it. */
export async function readList(world: ListWorld): Promise<Read> {
	const clock = new VirtualClock();
	const startedAt = clock.now();
	const asked: Asked[] = [];
	let breaths = 0;
	const ctx: RunContext = new RunContext(
		{
			now: clock.now,
			sleep: clock.sleep,
			random: generator(1),
			breathe: async () => void breaths++,
			log: () => undefined,
			async send(request, { signal }): Promise<Exchange> {
				const [, cursor = '', size = ''] = request.path.split('/');
				const one: Asked = {
					cursor: cursorOf(cursor),
					size: size === '' ? undefined : Number(size),
					number: asked.length + 1,
					atMs: clock.now() - startedAt,
				};
				asked.push(one);
				world.meanwhile?.(ctx, one);
				await clock.sleep(10, signal);
				const answer = world.answer(one);
				if ('lost' in answer) return { kind: 'lost', reason: 'gone' };
				return { kind: 'answer', status: 200, headers: {}, body: new TextEncoder().encode(JSON.stringify(answer)) };
			},
		},
		{ requestTimeoutMs: 60_000, readLagMs: 2_000, maxRunTimeMs: world.maxRunTimeMs },
		new RunLimits({ ...LIMITS, ...world.limits }),
		{ instanceId: 'i', executionId: 'e', nodeId: 'n', runIndex: 0 },
	);
	const steps: ListStep[] = [];
	await clock.run(
		(async () => {
			for await (const step of listAll(ctx, scriptedList(world))) steps.push(step);
		})(),
	);
	ctx.end.finish();
	const end = steps.at(-1);
	const records = steps.slice(0, -1);
	if (end === undefined || end.kind === 'records' || records.some(({ kind }) => kind !== 'records'))
		throw new Error(`One end, as the last step: ${steps.map(({ kind }) => kind).join(', ')}`);
	const slices = records.flatMap((step) => (step.kind === 'records' ? [step.records] : []));
	return {
		ids: slices.flat().map(({ id }) => id),
		end,
		asked,
		tookMs: clock.now() - startedAt,
		breaths,
		longest: Math.max(0, ...slices.map((slice) => slice.length)),
		ctx,
	};
}

/** The list of a script, without its service. */
export function scriptedList({ fold = (id) => id, most }: Pick<ListWorld, 'fold' | 'most'>): ListCall {
	return {
		name: 'list',
		pageSize: { limit: 'usersPerPage', most },
		page: (cursor, size): Call =>
			scriptedCall('page', {
				writes: false,
				keyHeader: undefined,
				settlement: 'again',
				request: () => ({
					method: 'GET',
					path: `/${cursor === undefined ? '' : JSON.stringify(cursor)}/${size ?? ''}`,
					headers: {},
					body: undefined,
				}),
				read: readPage,
			}),
		fold,
	};
}

function cursorOf(text: string): Cursor | undefined {
	if (text === '') return undefined;
	const cursor: unknown = JSON.parse(text);
	return typeof cursor === 'number' ? cursor : String(cursor);
}

function readPage(exchange: Exchange): Reading {
	if (exchange.kind !== 'answer')
		return { kind: 'refused', refusal: { class: 'transient', code: 'no_answer', message: 'No answer came.' } };
	const answer: PageAnswer = JSON.parse(new TextDecoder().decode(exchange.body));
	if ('refusal' in answer) return { kind: 'refused', refusal: answer.refusal };
	return 'ids' in answer ? { kind: 'complete', results: [], page: pageOf(answer) } : { kind: 'complete', results: [] };
}

function pageOf({ ids, next }: { readonly ids: readonly string[]; readonly next?: Cursor }): Page {
	return {
		length: ids.length,
		at: (index): Listed => ({ id: ids[index] ?? '', record: {} }),
		next,
	};
}

/** A list by ids, each page from the id after the cursor on: as the contract has it. */
export function pagesOf(people: () => readonly string[], size: number) {
	return ({ cursor }: Pick<Asked, 'cursor'>): PageAnswer => {
		const rest = [...people()].sort().filter((id) => cursor === undefined || id > String(cursor));
		const ids = rest.slice(0, size);
		return { ids, next: rest.length > size ? ids.at(-1) : undefined };
	};
}
