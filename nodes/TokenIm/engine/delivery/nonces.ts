// Requests that are refused for their nonce: a new one each time, and twice at most.

import type { EndReason } from '../end';
import type { Doubt, Task } from '../types';
import type { Reading, Refusal } from '../wire';

/**
 * Nonces of one request that may be refused. Each is new and random, so the second refusal is not for the nonce: some
 * services answer a wrong signature with the same code, and lock out who sends many.
 */
const MAX_NONCES = 2;

export class Nonces {
	private refused = 0;
	private before: readonly Doubt[] | undefined;
	private last: Refusal | undefined;

	/** @param tasks those of one request */
	constructor(private readonly tasks: readonly Task[]) {}

	/**
	 * What a reading means after those that came before it. The first refusal may answer a copy of a request that was
	 * taken; with the second the run ends, and neither left anything in doubt.
	 */
	judge(reading: Reading): Reading {
		if (reading.kind !== 'refused' || reading.refusal.class !== 'nonce') {
			this.before = undefined;
			this.last = undefined;
			return reading;
		}
		this.refused++;
		this.last = reading.refusal;
		if (this.refused === 1) this.before = this.tasks.map(({ doubt }) => doubt);
		if (this.refused < MAX_NONCES) return reading;
		this.takeDoubtsBack();
		return { ...reading, refusal: wrongSignature(reading.refusal) };
	}

	/** The run ended before the second attempt: where another request found out that the signature is wrong, this one's is. */
	end(why: EndReason | undefined): void {
		if (this.last !== undefined && why?.reason === wrongSignature(this.last).message) this.takeDoubtsBack();
	}

	/** But where something else came in between: what that left open stays so. */
	private takeDoubtsBack(): void {
		this.before?.forEach((doubt, index) => {
			const task = this.tasks[index];
			if (task !== undefined) task.doubt = doubt;
		});
	}
}

function wrongSignature({ code, message }: Refusal): Refusal {
	return {
		class: 'stop',
		code,
		message: `${message} The same request with a new nonce met the same answer, so it is not the nonce that is wrong: check the API secret in the credential, and the clock of the machine that runs n8n.`,
	};
}
