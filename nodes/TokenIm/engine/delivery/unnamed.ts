// Refusals whose code the profile does not name, of requests about one entry: the fault of that entry while others are
// accepted, and of the service where it refuses them all (laws 4 and 7). This is for requests that no row of the run goes
// by itself, such as look-ups and members; for the others `refusedOutright.ts` has a further batch to try.

import type { Call } from '../call';
import type { EndReason } from '../end';
import type { Refusal } from '../wire';

/** Requests of one kind in a row, all refused with one code, before the service itself is suspected. */
const SUSPECT_AFTER = 11;

interface Seen {
	/** Something was accepted: from then on refusals are the fault of entries. */
	accepted: boolean;
	refused: number;
	code: string | undefined;
}

export class UnnamedRefusals {
	private readonly seen = new Map<string, Seen>();

	/** A complete answer to such a call was read. */
	accept(call: Call): void {
		this.of(call).accepted = true;
	}

	/** One was refused. Returns why the run must end, if it must. */
	refuse(call: Call, { code, message }: Refusal): EndReason | undefined {
		const seen = this.of(call);
		seen.refused = seen.code === code ? seen.refused + 1 : 1;
		seen.code = code;
		if (seen.accepted || seen.refused < SUSPECT_AFTER) return undefined;
		return {
			code,
			reason: `The service refused every request to ${call.name}: ${message} ${seen.refused} met the same answer and none was accepted, so the cause is not in single entries.`,
		};
	}

	private of({ name }: Call): Seen {
		const known = this.seen.get(name);
		if (known !== undefined) return known;
		const seen = { accepted: false, refused: 0, code: undefined };
		this.seen.set(name, seen);
		return seen;
	}
}
