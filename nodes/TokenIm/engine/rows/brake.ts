// The brake of what takes away (law 14): how many different ids the rows name, counted before the first of them is sent.

import type { EndReason } from '../end';
import type { Operation } from '../operation';
import type { Entry } from '../types';

export class Brake {
	private readonly ids = new Set<string>();

	constructor(private readonly operation: Pick<Operation, 'brake' | 'call'>) {}

	/** Counts what a valid row names, each id once. */
	count(entry: Entry): void {
		const { brake, call } = this.operation;
		if (brake === undefined) return;
		for (const id of brake.idsOf?.(entry) ?? [call.fold(entry.id)]) this.ids.add(id);
	}

	/** Why nothing may be sent, once all rows were counted; nothing where it may. */
	get reason(): EndReason | undefined {
		const { brake } = this.operation;
		if (brake === undefined || !hasBrake(this.operation) || this.ids.size <= brake.most) return undefined;
		const [found, most] = [this.ids.size, brake.most].map((number) => number.toLocaleString('en-US'));
		return {
			code: 'brake',
			reason: `The rows name ${found}, and "${brake.setting}" is ${most}. Nothing was taken away. Look at the rows again; where all of them are meant, raise that number (0: no limit).`,
		};
	}
}

/** Whether all rows have to be counted first; 0 is no limit. */
export function hasBrake({ brake }: Pick<Operation, 'brake'>): boolean {
	return brake !== undefined && brake.most > 0;
}
