// Exchanges, understood: complete, a job, or refused. Whatever the bytes are, reading never throws.

import type { Call, Exchange, Reading, Refusal } from '../engine/types';
import { decodeJson } from './answer';
import { compileOptional, compilePointer, textOf } from './pointer';
import type { PlanReader } from './plan';
import type { Profile } from './profile';
import { codeText, type RefusalReader } from './refusals';
import type { ResultsReader } from './results';
import { pathPart } from './template';

type Answer = Extract<Exchange, { readonly kind: 'answer' }>;

/** An answer with its body as JSON; `value` is `undefined` and `why` says why where it is none. */
interface Opened {
	readonly answer: Answer;
	readonly value: unknown;
	readonly why: string | undefined;
	readonly requestId: string | undefined;
}

/** What an answer of 2xx means; `undefined` where it is not an answer to the call. */
type Success = (opened: Opened, nowMs: number) => Reading | undefined;

/** Compiles `read` and `readJob` of a call whose answers carry `results`. */
export function compileReading(
	profile: Profile,
	refusals: RefusalReader,
	results: ResultsReader,
	writes: boolean,
): Pick<Call, 'read' | 'readJob'> {
	const open = compileOpen(profile);
	const { jobs } = profile;
	const jobIdOf = compileOptional(jobs?.id);

	const complete: Success = ({ value, requestId }) => {
		const list = results(value);
		return list === undefined ? undefined : { kind: 'complete', results: list, ...withId(requestId) };
	};
	const accepted: Success = ({ answer, value, requestId }, nowMs) => {
		const jobId = jobIdOf(value);
		if (typeof jobId !== 'string' || jobId.length > 512 || pathPart(jobId) === undefined) return undefined;
		const waitMs = refusals.waitMs(answer.headers, nowMs);
		return { kind: 'job', jobId, ...(waitMs === undefined ? {} : { waitMs }), ...withId(requestId) };
	};
	const started: Success = (opened, nowMs) =>
		writes && opened.answer.status === jobs?.status ? accepted(opened, nowMs) : complete(opened, nowMs);

	const readOf =
		(success: Success, absentStatuses: readonly number[] = []): Call['read'] =>
		(exchange, nowMs) =>
			readExchange(exchange, nowMs, { open, success, refusals, absentStatuses, other: unreadable });
	return {
		read: readOf(started),
		readJob: readOf(compileJob(profile, results, refusals), jobs?.goneStatuses),
	};
}

/** Compiles `read` of the call that asks for the plan. A success that is not the plan ends the run: wrong address. */
export function readPlan(profile: Profile, refusals: RefusalReader, plan: PlanReader): Call['read'] {
	const open = compileOpen(profile);
	const { absentStatuses } = profile.limits.discovery;
	const success: Success = ({ value, requestId }) => {
		const read = plan(value);
		return read === undefined
			? undefined
			: { kind: 'complete', results: [], plan: read, ...withId(requestId) };
	};
	const other = (): Refusal => ({
		class: 'stop',
		code: 'not_the_service',
		message: `Something answers at this address, but not as ${profile.name} does. Check Base URL in the credential; it often ends in a version such as /v1.`,
	});
	return (exchange, nowMs) =>
		readExchange(exchange, nowMs, { open, success, refusals, absentStatuses, other });
}

interface Reader {
	readonly open: (answer: Answer) => Opened;
	readonly success: Success;
	readonly refusals: RefusalReader;
	/** Statuses which say that what the request asks about does not exist. */
	readonly absentStatuses: readonly number[];
	/** What a success that is no answer to the call means. */
	readonly other: (why: string | undefined) => Refusal;
}

function readExchange(exchange: Exchange, nowMs: number, reader: Reader): Reading {
	if (exchange.kind !== 'answer') return { kind: 'refused', refusal: unanswered(exchange) };
	const opened = reader.open(exchange);
	const { status, headers } = exchange;
	if (status >= 200 && status < 300) {
		const understood = opened.why === undefined ? reader.success(opened, nowMs) : undefined;
		return understood ?? { kind: 'refused', refusal: reader.other(opened.why), ...withId(opened.requestId) };
	}
	const refusal = reader.refusals.refusal(status, headers, opened.value, nowMs);
	const isAbsent = reader.absentStatuses.includes(status);
	return {
		kind: 'refused',
		refusal: isAbsent ? { ...refusal, class: 'absent' } : refusal,
		...withId(opened.requestId),
	};
}

/** What the state of a job means: it runs, it is done, or it ended with some entries unsettled. */
function compileJob({ jobs }: Profile, results: ResultsReader, refusals: RefusalReader): Success {
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
			const waitMs = refusals.waitMs(answer.headers, nowMs);
			const jobId = textOf(idOf(value), 512) ?? '';
			return { kind: 'job', jobId, ...(waitMs === undefined ? {} : { waitMs }), ...withId(requestId) };
		}
		const settled = { kind: 'complete', results: results(value) ?? [], ...withId(requestId) } as const;
		if (state === 'done') return settled;
		const code = codeText(codeOf(value)) ?? 'job_failed';
		const message =
			textOf(messageOf(value), 500) ?? 'The service gave up on the job that it made of this request.';
		return { ...settled, rest: { status: 'failed', code, message, retryable: false } };
	};
}

function compileOpen(profile: Profile): (answer: Answer) => Opened {
	const header = profile.requestId?.answer.header;
	const idOf = compileOptional(profile.requestId?.answer.at);
	return (answer) => {
		const decoded = decodeJson(answer.body, profile.maxAnswerBytes);
		const value = decoded.ok ? decoded.value : undefined;
		const requestId =
			codeText(idOf(value)) ?? codeText(header === undefined ? undefined : answer.headers[header]);
		return { answer, value, why: decoded.ok ? undefined : decoded.why, requestId };
	};
}

function unreadable(why: string | undefined): Refusal {
	const what = why === undefined ? 'lacks what an answer to this request holds' : `cannot be read: ${why}`;
	return {
		class: 'transient',
		code: 'unreadable_answer',
		message: `The service answered, but the answer ${what}. A proxy may have answered in its place, or the answer was cut off.`,
	};
}

/** Nothing came back, or nothing could be sent. */
function unanswered({ kind, reason }: Exclude<Exchange, Answer>): Refusal {
	switch (kind) {
		case 'lost':
			return {
				class: 'transient',
				code: 'no_answer',
				message: `The request was sent, but no whole answer came back (${reason}).`,
			};
		case 'unreached':
			return {
				class: 'transient',
				code: 'not_connected',
				message: `The service could not be reached (${reason}). Check Base URL in the credential, and that the service runs.`,
			};
		case 'unreachable':
			return { class: 'stop', code: 'unreachable', message: unreachable(reason) };
	}
}

/** A reason that is a sentence says itself what to do. */
function unreachable(reason: string): string {
	if (reason.endsWith('.')) return reason;
	return `The service cannot be reached (${reason}). Check Base URL in the credential and whether this machine may connect to it.`;
}

function withId(requestId: string | undefined): { readonly requestId?: string } {
	return requestId === undefined ? {} : { requestId };
}
