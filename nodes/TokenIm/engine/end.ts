// The end of a run before its rows are through (laws 7 and 8): why, and what that means for requests in flight.

export interface EndReason {
	/** For people: what happened and what to do. */
	readonly reason: string;
	/** The service's code where it ended the run. */
	readonly code?: string;
}

/** What was read so far may be acted upon; where all rows have to be known first, nothing may (law 14). */
export const ROWS_BROKE_OFF: EndReason = {
	code: 'rows_broke_off',
	reason: 'The rows could not be read to their end.',
};

/**
 * Two steps. Draining: nothing new is sent, requests in flight are awaited. Abandoned: nothing is awaited any more.
 */
export class RunEnd {
	private readonly drain_ = new AbortController();
	private readonly abandon_ = new AbortController();
	private why: EndReason | undefined;
	/** What kept the last request that was not carried out; told where the run ends by the clock. */
	lastFailure: string | undefined;

	/** Why the run ended early; `undefined` while it goes on, and after a run that went through. */
	get reason(): EndReason | undefined {
		return this.why;
	}

	get isDraining(): boolean {
		return this.drain_.signal.aborted;
	}

	/** Up once nothing new may be sent; waits listen to it. */
	get draining(): AbortSignal {
		return this.drain_.signal;
	}

	/** Up once nothing is awaited any more; requests in flight listen to it. */
	get abandoned(): AbortSignal {
		return this.abandon_.signal;
	}

	/**
	 * What is awaited, or `otherwise` as soon as the run is abandoned. Nothing of it is held once it has come: a promise
	 * that lives as long as the run would keep the answers of all requests that were raced with it.
	 */
	async orAbandoned<T>(awaited: Promise<T>, otherwise: T): Promise<T> {
		const { abandoned } = this;
		let giveUp: () => void = () => undefined;
		const given = new Promise<T>((resolve) => {
			giveUp = () => resolve(otherwise);
			if (abandoned.aborted) giveUp();
			else abandoned.addEventListener('abort', giveUp, { once: true });
		});
		try {
			return await Promise.race([awaited, given]);
		} finally {
			abandoned.removeEventListener('abort', giveUp);
		}
	}

	/** Sends nothing new and awaits what is in flight. The first reason stays. */
	drain(why: EndReason): void {
		this.why ??= why;
		this.drain_.abort();
	}

	/** A reason that the clock gives, with what was wrong when it struck. */
	byTheClock({ reason, code }: EndReason): EndReason {
		// A wait that the service asked for says it all.
		if (this.lastFailure === undefined || code === 'asked_to_wait') return { code, reason };
		return { code, reason: `${reason} The last request came back so: ${this.lastFailure}` };
	}

	/** Hands over at once. */
	abandon(why: EndReason): void {
		this.drain(why);
		this.abandon_.abort();
	}

	/** The run is through: wakes whoever still waits. */
	finish(): void {
		this.drain_.abort();
		this.abandon_.abort();
	}
}
