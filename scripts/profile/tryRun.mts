// One run of the node's own engine against a live service, as `try` needs it.

import { randomBytes } from 'node:crypto';

import { RunContext } from '../../nodes/TokenIm/engine/context';
import { RunLimits } from '../../nodes/TokenIm/engine/pacing/limits';
import { run } from '../../nodes/TokenIm/engine/run';
import type { Ports, Verdict } from '../../nodes/TokenIm/engine/types';
import type { Exchange } from '../../nodes/TokenIm/engine/wire';
import { chooseOperation } from '../../nodes/TokenIm/operations/choose';
import { createProtocol, Unsupported } from '../../nodes/TokenIm/protocol/calls';
import type { Profile } from '../../nodes/TokenIm/protocol/profile/profile';
import { createPorts, type Credential } from './live.mts';
import type { CallStep, Told, TryIds } from './tryCalls.mts';

/** One step may take so long: services that ask to wait are waited for. */
const LONGEST_STEP_MS = 120_000;

export interface Asked {
	/** What the editor would say. */
	readonly parameters: Readonly<Record<string, unknown>>;
	readonly rows: ReadonlyArray<Readonly<Record<string, unknown>>>;
	readonly longestMs?: number;
}

export type Ran =
	| {
			readonly kind: 'ran';
			readonly verdicts: readonly Verdict[];
			/** Why it ended early. */
			readonly ended: string | undefined;
			/** What the service answered, in order, the request for a token not among it. */
			readonly answers: readonly string[];
	  }
	/** The service does not have it, by its profile. */
	| { readonly kind: 'unsupported'; readonly why: string };

/** Runs one operation and gives its verdicts. */
export async function runOnce(
	profile: Profile,
	credential: Credential,
	{ parameters, rows, longestMs = LONGEST_STEP_MS }: Asked,
): Promise<Ran> {
	const verdicts: Verdict[] = [];
	const answers: string[] = [];
	const ports = noting(createPorts(profile, credential), answers);
	try {
		const protocol = createProtocol(profile);
		const chosen = chooseOperation((name, fallback) => parameters[name] ?? fallback);
		const { operation } = chosen.ready(profile, protocol);
		const { ended } = await run({
			rows: rows.map((columns, index) => ({ number: index + 1, item: index, columns })),
			operation,
			planCall: protocol.limits(),
			limits: protocol.defaultLimits,
			settings: { requestTimeoutMs: 30_000, readLagMs: protocol.readLagMs, maxRunTimeMs: longestMs },
			identity: { instanceId: 'try', executionId: randomBytes(8).toString('hex'), nodeId: 'try', runIndex: 0 },
			sink: (verdict) => verdicts.push(verdict),
			ports,
		});
		return { kind: 'ran', verdicts, ended: ended?.reason, answers };
	} catch (error) {
		if (error instanceof Unsupported) return { kind: 'unsupported', why: error.why };
		throw error;
	}
}

/** As {@link runOnce}, for what is no row's. */
export async function callOnce(
	profile: Profile,
	credential: Credential,
	step: CallStep,
	ids: TryIds,
): Promise<
	(Told & { readonly kind: 'ran'; readonly answers: readonly string[] }) | Extract<Ran, { kind: 'unsupported' }>
> {
	const protocol = createProtocol(profile);
	const answers: string[] = [];
	const ctx = new RunContext(
		noting(createPorts(profile, credential), answers),
		{ requestTimeoutMs: 30_000, readLagMs: protocol.readLagMs, maxRunTimeMs: LONGEST_STEP_MS },
		new RunLimits(protocol.defaultLimits),
		{ instanceId: 'try', executionId: randomBytes(8).toString('hex'), nodeId: 'try', runIndex: 0 },
	);
	const overdue = setTimeout(() => ctx.end.drain({ reason: 'This step took too long.' }), LONGEST_STEP_MS);
	try {
		await ctx.pause(protocol.readLagMs);
		return { kind: 'ran', ...(await step.carryOut(ctx, protocol, ids)), answers };
	} catch (error) {
		if (error instanceof Unsupported) return { kind: 'unsupported', why: error.why };
		throw error;
	} finally {
		clearTimeout(overdue);
	}
}

function noting(ports: Ports, answers: string[]): Ports {
	return {
		...ports,
		async send(request, options) {
			const answer = await ports.send(request, options);
			answers.push(`${request.method} ${request.path} ${answerText(answer)}`);
			return answer;
		},
	};
}

function answerText(answer: Exchange): string {
	if (answer.kind !== 'answer') return `was not answered (${answer.reason})`;
	const text = new TextDecoder().decode(answer.body.subarray(0, 600)).replace(/\s+/g, ' ');
	return `was answered with HTTP ${answer.status} ${text}${answer.body.byteLength > 600 ? '…' : ''}`;
}
