// A small service for engine tests, scripted request by request, and the calls that speak to it.

import type { Entry } from '../../nodes/TokenIm/engine/types';
import type { Call } from '../../nodes/TokenIm/engine/call';
import type {
	EntryAnswer,
	Exchange,
	PlanReading,
	Reading,
	Refusal,
	WireRequest,
	WireResult,
} from '../../nodes/TokenIm/engine/wire';

/** What a scripted answer may be: an exchange as the calls below read it. */
export type Answer = (
	| {
			readonly results: readonly WireResult[];
			readonly rest?: EntryAnswer;
			readonly plan?: PlanReading;
			readonly replayed?: boolean;
	  }
	| { readonly refusal: Refusal }
	| { readonly job: string; readonly waitMs?: number; readonly replayed?: boolean }
	| { readonly lost: string }
	| { readonly unreached: string }
	/** No answer comes until the request's time-out. */
	| { readonly hang: true }
) & {
	/** It takes so much longer than the others. */
	readonly afterMs?: number;
};

export interface Sent {
	readonly name: string;
	readonly ids: readonly string[];
	readonly key: string | undefined;
	readonly at: number;
	readonly path: string;
	readonly body: string | undefined;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A call whose body is the list of ids and whose answers are scripted. */
export function scriptedCall(name: string, overrides: Partial<Call> = {}): Call {
	const request = (entries: readonly Entry[]): WireRequest => ({
		method: 'POST',
		path: `/${name}`,
		headers: {},
		body: JSON.stringify(entries.map((entry) => entry.id)),
	});
	return {
		name,
		writes: true,
		keyHeader: 'key',
		settlement: 'lookUp',
		limitNames: { entries: 'usersPerRequest' },
		overheadBytes: 0,
		absentMeans: 'failed',
		encode: (entry) => entry.id,
		request,
		jobRequest: (jobId) => ({ method: 'GET', path: `/jobs/${jobId}`, headers: {}, body: undefined }),
		read: readAnswer,
		readJob: readAnswer,
		fold: (id) => id,
		...overrides,
	};
}

export const queryCall = (): Call =>
	scriptedCall('query', {
		writes: false,
		keyHeader: undefined,
		settlement: 'again',
		limitNames: { entries: 'idsPerQuery' },
		absentMeans: 'missing',
	});

export const planCall = (): Call =>
	scriptedCall('limits', { writes: false, keyHeader: undefined, settlement: 'again' });

export function toExchange(answer: Answer): Exchange {
	if ('hang' in answer) return { kind: 'lost', reason: 'no answer came in time' };
	if ('lost' in answer) return { kind: 'lost', reason: answer.lost };
	if ('unreached' in answer) return { kind: 'unreached', reason: answer.unreached };
	return { kind: 'answer', status: 200, headers: {}, body: encoder.encode(JSON.stringify(answer)) };
}

function readAnswer(exchange: Exchange): Reading {
	if (exchange.kind !== 'answer') return refused({ class: 'transient', code: exchange.kind, message: exchange.reason });
	const answer: Answer = JSON.parse(decoder.decode(exchange.body));
	if ('refusal' in answer) return refused(answer.refusal);
	const replayed = 'replayed' in answer ? answer.replayed : undefined;
	if ('job' in answer) return { kind: 'job', jobId: answer.job, waitMs: answer.waitMs, replayed };
	if (!('results' in answer)) return { kind: 'complete', results: [] };
	const { results, rest, plan = { limits: {} } } = answer;
	return { kind: 'complete', results, rest, plan, replayed };
}

function refused(refusal: Refusal): Reading {
	return { kind: 'refused', refusal };
}

/** Users by id; answers creates and queries as the contract does. */
export class People {
	readonly created = new Map<string, number>();
	private readonly answers = new Map<string, Answer>();

	create(
		ids: readonly string[],
		key: string | undefined,
		judge: (id: string) => EntryAnswer | undefined = () => undefined,
	): Answer {
		const replay = key === undefined ? undefined : this.answers.get(key);
		if (replay !== undefined) return replay;
		const answer: Answer = { results: ids.map((id) => ({ id, answer: judge(id) ?? this.createOne(id) })) };
		if (key !== undefined) this.answers.set(key, answer);
		return answer;
	}

	query(ids: readonly string[]): Answer {
		return {
			results: ids.map((id) => ({
				id,
				answer: this.created.has(id) ? { status: 'found', imId: `im-${id}`, record: {} } : { status: 'missing' },
			})),
		};
	}

	private createOne(id: string): EntryAnswer {
		if (this.created.has(id)) return { status: 'exists', imId: `im-${id}` };
		this.created.set(id, (this.created.get(id) ?? 0) + 1);
		return { status: 'created', imId: `im-${id}` };
	}
}
