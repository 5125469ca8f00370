// What every part of a run shares: the ports, the gate, the limits, the end, the counts.

import { RunEnd } from './end';
import { Gate } from './pacing/gate';
import type { RunIdentity } from './delivery/idempotency';
import type { RunLimits } from './pacing/limits';
import { Pace } from './pacing/pace';
import { askedToWaitUntil } from './pacing/silence';
import { RetryBudget } from './pacing/budget';
import { QuotaTurns, roomNamed } from './pacing/quotaTurns';
import { UnnamedRefusals } from './delivery/unnamed';
import type { Standing } from './progress';
import type { Ports } from './types';
import type { Call } from './call';
import type { Exchange, Reading, WireRequest } from './wire';

export interface Settings {
	/** How long one request may take. */
	readonly requestTimeoutMs: number;
	/** *Maximum Run Time*; `undefined` for none. */
	readonly maxRunTimeMs?: number;
	/** How long the query endpoints may lag a write. */
	readonly readLagMs: number;
}

const ABANDONED: Exchange = { kind: 'lost', reason: 'the run ended before an answer came' };

export class RunContext {
	readonly end = new RunEnd();
	readonly budget = new RetryBudget();
	readonly quota = new QuotaTurns(this.end);
	readonly unnamed = new UnnamedRefusals();
	readonly pace: Pace;
	readonly gate: Gate;
	readonly startedAt: number;
	/** Requests sent so far. */
	requests = 0;

	constructor(
		readonly ports: Ports,
		readonly settings: Settings,
		readonly limits: RunLimits,
		readonly identity: RunIdentity,
	) {
		this.startedAt = ports.now();
		const endsAt =
			settings.maxRunTimeMs === undefined ? Number.POSITIVE_INFINITY : this.startedAt + settings.maxRunTimeMs;
		this.pace = new Pace(limits, () => ports.random(), this.startedAt, endsAt);
		this.gate = new Gate(this.pace, this.end, ports);
	}

	/** For the log. */
	get standing(): Standing {
		return { requests: this.requests, isAmiss: this.end.lastFailure !== undefined };
	}

	/** Sends one attempt; comes back at once when the run is abandoned. Never rejects. */
	async transmit(request: WireRequest): Promise<Exchange> {
		this.requests++;
		const { requestTimeoutMs: timeoutMs } = this.settings;
		const sent = this.ports.send(request, { timeoutMs, signal: this.end.abandoned });
		const exchange = await this.end.orAbandoned(sent, ABANDONED);
		if (exchange.kind !== 'unreached') this.pace.connect();
		return exchange;
	}

	/** Waits, or less when the run ends. */
	async pause(delayMs: number): Promise<void> {
		if (delayMs > 0) await this.ports.sleep(delayMs, this.end.draining);
	}

	/**
	 * Waits until a look-up shows what was written before (law 9). Returns whether the run goes on then.
	 *
	 * @param onWait told that only time passes from now on
	 */
	async outwaitReadLag(onWait?: () => void): Promise<boolean> {
		if (this.end.isDraining) return false;
		onWait?.();
		await this.pause(this.settings.readLagMs);
		return !this.end.isDraining;
	}

	/**
	 * The wait before one request is repeated: what the service named, or our own step where that is longer, so that a
	 * wait of 0, or a date that is past by our clock, is no hot loop. A named wait that is too long ends the run.
	 */
	async pauseAtLeast(ownMs: number, namedMs: number | undefined): Promise<void> {
		if (namedMs === undefined || namedMs < ownMs) return await this.pause(ownMs);
		this.endIfTooLong(namedMs);
		this.pace.waitNamed(namedMs, this.ports.now());
		await this.pause(namedMs);
	}

	/**
	 * What a refusal means for every other request: must be known before the next one passes the gate.
	 *
	 * @param isWrite whether it was itself a request that writes: only such a one uses up what is left of a quota
	 */
	heed(call: Call, reading: Reading, isWrite = call.writes): void {
		if (reading.kind !== 'refused') return;
		const { class: className, code, message, waitMs, limitOf = 'entries', limit } = reading.refusal;
		const isFull = className === 'quota' && (!isWrite || roomNamed(reading.refusal) === 0);
		if (className === 'stop' || isFull) this.end.drain({ reason: message, code });
		else if (className === 'quota') this.quota.meet();
		if (className === 'busy' && waitMs !== undefined) this.endIfTooLong(waitMs);
		if (className === 'tooLarge' && limit !== undefined) this.lowerLimit(call, limitOf, limit);
	}

	/** A wait for one request that is longer than the run can take ends it; one for all does so at the gate. */
	endIfTooLong(delayMs: number): void {
		const now = this.ports.now();
		if (this.pace.isTooLong(delayMs, now)) this.end.drain(askedToWaitUntil(now + delayMs));
	}

	/** The limit that a refusal for size is about. */
	lowerLimit(call: Call, limitOf: 'entries' | 'members' | 'bytes', value: number): boolean {
		if (limitOf === 'bytes') return this.limits.lower('maxBodyBytes', value);
		// Where the entries are members themselves, a limit on members is one on entries.
		const { entries, members = entries } = call.limitNames;
		return this.limits.lower(limitOf === 'members' ? members : entries, value);
	}
}
