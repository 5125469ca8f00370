// The brake of what takes away (law 14): how many different ids the rows name, counted before the first of them is sent.
// A row that cannot be read counts as any number: nobody knows whom it names, nor what was lost behind it.

import { count } from '../count';
import type { EndReason } from '../end';
import type { Operation } from '../operation';
import type { Entry, Row } from '../types';
import { IdSet } from './idTable';

export class Brake {
	private readonly ids = new IdSet();
	private unread = 0;
	private firstUnread = 0;

	constructor(private readonly operation: Pick<Operation, 'brake' | 'call'>) {}

	/** Notes a row, before anything is made of it. */
	note({ issues = [], number }: Row): void {
		if (issues.length === 0) return;
		if (this.unread === 0) this.firstUnread = number;
		this.unread++;
	}

	/** Counts what a valid row names, each id once. */
	count(entry: Entry): void {
		const { brake, call } = this.operation;
		if (brake === undefined || brake === 'proof' || brake.most === 0) return;
		for (const id of brake.idsOf?.(entry) ?? [call.fold(entry.id)]) this.ids.add(id);
	}

	/** Why nothing may be sent, once all rows were counted; nothing where it may. */
	get reason(): EndReason | undefined {
		const { brake } = this.operation;
		if (brake === undefined) return undefined;
		if (this.unread > 0) return unreadable(this.unread, this.firstUnread);
		if (brake === 'proof' || this.ids.size <= brake.most) return undefined;
		const [found, most] = [this.ids.size, brake.most].map(count);
		return {
			code: 'brake',
			reason: `The rows name ${found}, and "${brake.setting}" is ${most}. Nothing was taken away. Look at the rows again; where all of them are meant, raise that number (0: no limit).`,
		};
	}
}

/** Whether all rows have to be read first, to their end. */
export function hasBrake({ brake }: Pick<Operation, 'brake'>): boolean {
	return brake !== undefined;
}

function unreadable(rows: number, first: number): EndReason {
	const which = rows === 1 ? `Row ${count(first)}` : `${count(rows)} rows, the first of them row ${count(first)},`;
	return {
		code: 'rows_unreadable',
		reason: `${which} could not be read. Nothing was taken away, for a file that is damaged or cut off may not say what was meant. What is wrong stands at each of these rows: fetch the file again, mend them or take them out, and run again.`,
	};
}
