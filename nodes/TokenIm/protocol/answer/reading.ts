// Exchanges, understood: complete, a job, or refused. Whatever the bytes are, reading never throws.

import type { Call, Carried } from '../../engine/call';
import type { EntryAnswer, Exchange, Page, Reading, Refusal } from '../../engine/wire';
import { decodeJson } from './decode';
import type { Success } from '../profile/refusals';
import { compileOptional, compilePointer, textOf } from '../language/pointer';
import type { PlanReader } from './plan';
import type { Profile } from '../profile/profile';
import { codeText, ofOneEntry, type RefusalReader } from './refusals';
import type { ResultsReader } from './results';
import { compileSuccess } from './success';
import { pathPart } from '../language/template';
import { unanswered, unreadable } from './unanswered';

type Answer = Extract<Exchange, { readonly kind: 'answer' }>;

/** An answer with its body as JSON; `value` is `undefined` and `why` says why where it is none. */
interface Opened {
	readonly answer: Answer;
	readonly value: unknown;
	readonly why: string | undefined;
	readonly text?: string;
	readonly requestId: string | undefined;
	readonly carried: Carried | undefined;
}

/** What an answer of success means; `undefined` where it is not an answer to the call. */
type OnSuccess = (opened: Opened, nowMs: number) => Reading | undefined;

/** What an operation's refusals mean where the request was about one entry alone. */
export interface Alone {
	readonly taken?: EntryAnswer;
	readonly absent?: EntryAnswer;
}

export interface ReadingOptions {
	readonly profile: Profile;
	readonly refusals: RefusalReader;
	readonly results: ResultsReader;
	readonly writes: boolean;
	readonly success: Success;
	readonly alone: Alone;
	/** Whether each request is about one entry. */
	readonly isAlone: boolean;
	/** Whether an answer without a body counts. */
	readonly emptyBody: boolean;
}

/** Compiles `read` and `readJob` of a call whose answers carry `results`. */
export function compileReading({
	profile,
	refusals,
	results,
	writes,
	success,
	alone,
	isAlone,
	emptyBody,
}: ReadingOptions): Pick<Call, 'read' | 'readJob'> {
	const open = compileOpen(profile, emptyBody);
	const isSuccess = compileSuccess(success);
	const { jobs } = profile;
	const jobIdOf = compileOptional(jobs?.id);
	const replay = writes ? compileReplay(profile) : () => ({});

	const complete: OnSuccess = ({ answer, value, requestId, carried }) => {
		const found = results({ value, status: answer.status, carried });
		return found === undefined ? undefined : { kind: 'complete', ...found, ...replay(answer), ...withId(requestId) };
	};
	const accepted: OnSuccess = ({ answer, value, requestId }, nowMs) => {
		const jobId = jobIdOf(value);
		if (typeof jobId !== 'string' || jobId.length > 512 || pathPart(jobId) === undefined) return undefined;
		const waitMs = refusals.waitMs(answer.headers, value, nowMs);
		return { kind: 'job', jobId, ...(waitMs === undefined ? {} : { waitMs }), ...replay(answer), ...withId(requestId) };
	};
	const started: OnSuccess = (opened, nowMs) =>
		writes && opened.answer.status === jobs?.status ? accepted(opened, nowMs) : complete(opened, nowMs);
	const shared = { open, refusals, other: unreadable, alone };
	const asked = { ...shared, onSuccess: started, isSuccess, absentStatuses: [], isAlone };
	const asJob = {
		...shared,
		onSuccess: compileJob(profile, results, refusals),
		isSuccess: () => true,
		absentStatuses: jobs?.goneStatuses ?? [],
		alone: {},
		isAlone: false,
	};
	return {
		read: (exchange, nowMs, carried) => readExchange(exchange, nowMs, carried, asked),
		readJob: (exchange, nowMs) => readExchange(exchange, nowMs, undefined, asJob),
	};
}

/** Compiles `read` of the call that asks for the plan. A success that is not the plan ends the run: wrong address. */
export function readPlan(profile: Profile, refusals: RefusalReader, plan: PlanReader): Call['read'] {
	const open = compileOpen(profile, false);
	const absentStatuses = profile.limits.discovery?.absentStatuses ?? [];
	const isSuccess = compileSuccess(profile.success);
	const onSuccess: OnSuccess = ({ value, requestId }) => {
		const read = plan(value);
		return read === undefined ? undefined : { kind: 'complete', results: [], plan: read, ...withId(requestId) };
	};
	const other = (): Refusal => ({
		class: 'stop',
		code: 'not_the_service',
		message: `Something answers at this address, but not as ${profile.name} does. Check Base URL in the credential; it often ends in a version such as /v1.`,
	});
	return (exchange, nowMs) =>
		readExchange(exchange, nowMs, undefined, {
			open,
			onSuccess,
			isSuccess,
			refusals,
			absentStatuses,
			other,
			alone: {},
			isAlone: false,
		});
}

/** Compiles `read` of the call that asks for one page. A success that holds no page is none (transient). */
export function compilePageReading(
	profile: Profile,
	refusals: RefusalReader,
	success: Success,
): (page: (value: unknown) => Page | undefined) => Call['read'] {
	const reader = {
		open: compileOpen(profile, false),
		isSuccess: compileSuccess(success),
		refusals,
		absentStatuses: [],
		other: unreadable,
		alone: {},
		isAlone: false,
	};
	return (pageOf) => {
		const onSuccess: OnSuccess = ({ value, requestId }) => {
			const page = pageOf(value);
			return page === undefined ? undefined : { kind: 'complete', results: [], page, ...withId(requestId) };
		};
		return (exchange, nowMs) => readExchange(exchange, nowMs, undefined, { ...reader, onSuccess });
	};
}

interface Reader {
	readonly open: (answer: Answer, carried: Carried | undefined) => Opened;
	readonly isSuccess: (status: number, value: unknown) => boolean;
	readonly onSuccess: OnSuccess;
	readonly refusals: RefusalReader;
	/** Statuses which say that what the request asks about does not exist. */
	readonly absentStatuses: readonly number[];
	/** What a success that is no answer to the call means. */
	readonly other: (why: string | undefined) => Refusal;
	readonly alone: Alone;
	readonly isAlone: boolean;
}

function readExchange(exchange: Exchange, nowMs: number, carried: Carried | undefined, reader: Reader): Reading {
	if (exchange.kind !== 'answer') return { kind: 'refused', refusal: unanswered(exchange) };
	const opened = reader.open(exchange, carried);
	const { status, headers } = exchange;
	const { value, text, requestId } = opened;
	const refusedAnswer = { status, headers, value, text };
	if (status >= 200 && status < 300) {
		if (opened.why === undefined && reader.isSuccess(status, value)) {
			const understood = reader.onSuccess(opened, nowMs);
			if (understood !== undefined) return understood;
		}
		const inside = reader.isSuccess(status, value) ? undefined : reader.refusals.refusalInside(refusedAnswer, nowMs);
		const refusal = blamed(inside ?? reader.other(opened.why));
		return settledAlone(refusal, opened, reader) ?? { kind: 'refused', refusal, ...withId(requestId) };
	}
	const found = reader.refusals.refusal(refusedAnswer, nowMs);
	const isAbsent = reader.absentStatuses.includes(status);
	const refusal: Refusal = isAbsent ? { ...found, class: 'absent' } : blamed(found);
	return settledAlone(refusal, opened, reader) ?? { kind: 'refused', refusal, ...withId(requestId) };

	function blamed(given: Refusal): Refusal {
		return reader.isAlone ? ofOneEntry(given) : given;
	}
}

/** A refusal that answers for the one entry that the request was about. */
function settledAlone(
	{ class: className }: Refusal,
	{ carried, requestId }: Opened,
	{ alone }: Reader,
): Reading | undefined {
	if (carried?.entries.length !== 1) return undefined;
	const rest = className === 'taken' ? alone.taken : className === 'absent' ? alone.absent : undefined;
	return rest === undefined ? undefined : { kind: 'complete', results: [], rest, ...withId(requestId) };
}

/** What the state of a job means: it runs, it is done, or it ended with some entries unsettled. */
function compileJob({ jobs }: Profile, results: ResultsReader, refusals: RefusalReader): OnSuccess {
	if (jobs === undefined) return () => undefined;
	const stateOf = compilePointer(jobs.state);
	const idOf = compilePointer(jobs.id);
	const codeOf = compilePointer(jobs.error.code);
	const messageOf = compilePointer(jobs.error.message);
	const words = new Map(Object.entries(jobs.words));
	return ({ answer, value, requestId }, nowMs) => {
		const word = stateOf(value);
		const state = typeof word === 'string' ? words.get(word) : undefined;
		if (state === undefined) return undefined;
		if (state === 'running') {
			const waitMs = refusals.waitMs(answer.headers, value, nowMs);
			const jobId = textOf(idOf(value), 512) ?? '';
			return { kind: 'job', jobId, ...(waitMs === undefined ? {} : { waitMs }), ...withId(requestId) };
		}
		const found = results({ value, status: answer.status, carried: undefined }) ?? { results: [] };
		const settled = { kind: 'complete', ...found, ...withId(requestId) } as const;
		if (state === 'done') return settled;
		const code = codeText(codeOf(value)) ?? 'job_failed';
		const message = textOf(messageOf(value), 500) ?? 'The service gave up on the job that it made of this request.';
		return { ...settled, rest: { status: 'failed', code, message, retryable: false } };
	};
}

function compileOpen(profile: Profile, emptyBody: boolean): (answer: Answer, carried: Carried | undefined) => Opened {
	const header = profile.requestId?.answer.header;
	const idOf = compileOptional(profile.requestId?.answer.at);
	return (answer, carried) => {
		const isEmpty = emptyBody && answer.body.byteLength === 0;
		const decoded = isEmpty ? { ok: true as const, value: undefined } : decodeJson(answer.body, profile.maxAnswerBytes);
		const value = decoded.ok ? decoded.value : undefined;
		const requestId = codeText(idOf(value)) ?? codeText(header === undefined ? undefined : answer.headers[header]);
		const why = decoded.ok ? {} : { text: decoded.text };
		return { answer, carried, value, why: decoded.ok ? undefined : decoded.why, ...why, requestId };
	};
}

function compileReplay({ idempotency }: Profile): (answer: Answer) => { readonly replayed?: boolean } {
	const header = idempotency?.replayed;
	return header === undefined ? () => ({}) : ({ headers }) => ({ replayed: headers[header]?.trim() === 'true' });
}

function withId(requestId: string | undefined): { readonly requestId?: string } {
	return requestId === undefined ? {} : { requestId };
}
