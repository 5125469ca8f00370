// Validate Only with a look-up, in one sentence: what the run would do, and what that takes.

import type { RunReport } from '../engine/run';
import type { WouldStatus } from '../engine/types';
import { count } from '../engine/count';

/** What the run would do with so many rows, by the status that it would give them. */
const DEEDS: ReadonlyMap<WouldStatus, (rows: string) => string> = new Map([
	['created', (rows) => `create ${rows}`],
	['updated', (rows) => `update ${rows}`],
	['unchanged', (rows) => `leave ${rows} as they are`],
	['exists', (rows) => `find ${rows} that exist`],
	['added', (rows) => `add ${rows}`],
	['removed', (rows) => `remove ${rows}`],
	['suspended', (rows) => `suspend ${rows}`],
	['reactivated', (rows) => `reactivate ${rows}`],
	['deleted', (rows) => `delete ${rows}`],
	['absent', (rows) => `find ${rows} already gone`],
	['missing', (rows) => `miss ${rows}`],
	['failed', (rows) => `fail at ${rows}`],
	['notAttempted', (rows) => `not get to ${rows}`],
]);

/** What is known of the run that was foretold; what is not known is not told. */
export interface PlanFacts extends Pick<RunReport, 'spared' | 'requests' | 'requestsPerSecond' | 'ended'> {
	/** How many more users the plan has room for. */
	readonly userRoom?: number;
}

/** "Nothing was written. Would create 9, leave 9,979 as they are: 52 requests instead of 101, room for 31,000 more". */
export function planHeadline(woulds: ReadonlyMap<WouldStatus, number>, facts: PlanFacts): string {
	const deeds = [...DEEDS].flatMap(([status, deed]) => {
		const rows = woulds.get(status);
		return rows === undefined ? [] : [deed(count(rows))];
	});
	const told = [...requestsOf(facts), ...roomOf(facts)];
	return `Nothing was written. Would ${deeds.join(', ')}${told.length === 0 ? '' : `: ${told.join(', ')}`}`;
}

/** Nothing of a look that broke off: it would be half the truth. */
function requestsOf({ spared, requests, requestsPerSecond, ended }: PlanFacts): string[] {
	if (spared === undefined || ended !== undefined) return [];
	const needed = requests + spared.sent;
	const text = `${count(needed)} ${needed === 1 ? 'request' : 'requests'}`;
	const compared =
		needed < spared.ofAll
			? `${text} instead of ${count(spared.ofAll)}`
			: `${text} (Send at Every Row would take ${count(spared.ofAll)})`;
	if (requestsPerSecond === undefined || requestsPerSecond <= 0) return [compared];
	return [compared, `about ${duration(needed / requestsPerSecond)} at this plan's rate`];
}

function roomOf({ userRoom }: PlanFacts): string[] {
	return userRoom === undefined ? [] : [`room for ${count(userRoom)} more`];
}

function duration(seconds: number): string {
	return seconds > 120 ? `${count(Math.ceil(seconds / 60))} min` : `${Math.ceil(seconds)} s`;
}
