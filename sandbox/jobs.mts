/** Jobs: writes that are answered 202 and carried out later. They live in memory: a restart forgets them. */
import { refuse, success, type Outcome } from './outcome.mts';
import { isRecord } from './types.mts';

const lifeMs = 24 * 3_600_000;

/** How one job goes on. Without any field it is done when it is asked for the first time. */
export interface JobScript {
	/** It answers `queued` or `running` so many times before it ends. */
	readonly polls?: number;
	/** Or it ends by itself, so long after it was accepted. */
	readonly endsAfterMs?: number;
	/** `Retry-After` of the 202, in seconds or verbatim. */
	readonly retryAfter?: number | string;
	/** It ends as `failed` after so many entries were carried out. */
	readonly failsAfterEntries?: number;
	/** What holds for every other entry of a failed job. */
	readonly error?: { readonly code: string; readonly message: string; readonly retryable?: boolean };
	/** From this poll on (1 is the first) it answers 404; what was not carried out by then never is. */
	readonly vanishesAtPoll?: number;
}

type Work = (nowMs: number, settleCount: number) => Outcome;

interface Job {
	readonly id: string;
	readonly script: JobScript;
	readonly acceptedMs: number;
	readonly work: Work;
	polls: number;
	ended: Readonly<Record<string, unknown>> | undefined;
}

export interface Jobs {
	/** Takes `work` on; the answer is 202. */
	accept(script: JobScript, nowMs: number, work: Work): Outcome;
	/** How the job stands, for `GET /jobs/{jobId}`. */
	ask(id: string, nowMs: number): Outcome;
	forget(): void;
}

export function createJobs(schedule: (dueMs: number, work: (nowMs: number) => void) => void): Jobs {
	const jobs = new Map<string, Job>();

	return {
		accept(script, nowMs, work) {
			const id = `j-${Math.floor(nowMs).toString(36)}-${jobs.size + 1}`;
			const job: Job = { id, script, acceptedMs: nowMs, work, polls: 0, ended: undefined };
			jobs.set(id, job);
			if (script.endsAfterMs !== undefined) schedule(nowMs + script.endsAfterMs, (dueMs) => end(job, dueMs));
			const accepted = success({ jobId: id, state: 'queued' }, 202);
			if (script.retryAfter === undefined) return accepted;
			return { ...accepted, headers: { 'retry-after': String(script.retryAfter) } };
		},
		ask(id, nowMs) {
			const job = jobs.get(id);
			if (job === undefined || nowMs - job.acceptedMs > lifeMs) return jobNotFound;
			job.polls += 1;
			const { polls = 0, endsAfterMs, vanishesAtPoll = Number.POSITIVE_INFINITY } = job.script;
			if (job.polls >= vanishesAtPoll) return jobNotFound;
			if (endsAfterMs === undefined && job.polls > polls) end(job, nowMs);
			if (job.ended !== undefined) return success({ jobId: id, ...job.ended });
			return success({ jobId: id, state: job.polls === 1 ? 'queued' : 'running' });
		},
		forget: () => jobs.clear(),
	};
}

function end(job: Job, nowMs: number): void {
	if (job.ended !== undefined) return;
	const { failsAfterEntries, error } = job.script;
	const outcome = job.work(nowMs, failsAfterEntries ?? Number.POSITIVE_INFINITY);
	if (outcome.kind === 'refusal') {
		const { code, detail } = outcome;
		job.ended = { state: 'failed', results: [], error: { code, message: detail, retryable: false } };
		return;
	}
	const results = isRecord(outcome.body) ? outcome.body.results : [];
	job.ended =
		failsAfterEntries === undefined
			? { state: 'done', results }
			: { state: 'failed', results, error: { ...(error ?? brokeOff), retryable: error?.retryable ?? false } };
}

const brokeOff = { code: 'job_failed', message: 'The job broke off.' };
const jobNotFound = refuse('job_not_found', 'No such job, or it is too long ago.');
