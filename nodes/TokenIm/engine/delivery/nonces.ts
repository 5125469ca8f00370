// Requests that are refused for their nonce: a new one each time, and twice at most.

import type { Reading, Refusal } from '../wire';

/**
 * Nonces of one request that may be refused. Each is new and random, so the second refusal is not for the nonce: some
 * services answer a wrong signature with the same code, and lock out who sends many.
 */
const MAX_NONCES = 2;

/** Those of one request. */
export class Nonces {
	private refused = 0;

	/**
	 * What a reading means after those that came before it: the second refusal ends the run. What the first left open
	 * stays so, for it may have answered a copy of a request that was carried out.
	 */
	judge(reading: Reading): Reading {
		if (reading.kind !== 'refused' || reading.refusal.class !== 'nonce' || ++this.refused < MAX_NONCES) return reading;
		return { ...reading, refusal: wrongSignature(reading.refusal) };
	}
}

function wrongSignature({ code, message }: Refusal): Refusal {
	return {
		class: 'stop',
		code,
		message: `${message} The same request with a new nonce met the same answer, so it is not the nonce that is wrong: check the API secret in the credential, and the clock of the machine that runs n8n.`,
	};
}
