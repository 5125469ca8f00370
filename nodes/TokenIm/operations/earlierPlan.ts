// Whether limits that were read a while ago are enough for a run.

import { applyCaps } from '../engine/delivery/askForPlan';
import type { Operation } from '../engine/operation';
import { RunLimits } from '../engine/pacing/limits';
import type { RunOptions } from '../engine/run';
import type { PlanReading } from '../engine/wire';

export interface SmallRun extends Pick<RunOptions, 'limits' | 'caps'> {
	readonly operation: Pick<Operation, 'call' | 'idField' | 'repeats'>;
	/** How many rows there are; `undefined` where that is known only when they are read, as those of a file. */
	readonly rows: number | undefined;
	/** Whether each row may take a place in the plan's quota. */
	readonly makesUsers: boolean;
	/** Whether the run tells how things stand rather than changes them. */
	readonly foretells: boolean;
}

/**
 * What an earlier plan must say to be enough: that one request takes all rows, and that there is room for them. What is
 * told of the quota is told by a plan read anew.
 *
 * @returns `undefined` where no earlier plan is enough
 */
export function earlierPlanSuffices(run: SmallRun): ((plan: PlanReading) => boolean) | undefined {
	const { operation, rows, makesUsers, foretells } = run;
	if (rows === undefined || foretells) return undefined;
	// A group brings as many members as its cell lists; the row of a roster is one member.
	const isOneEach = operation.idField === 'userId' || (operation.repeats === 'gather' && rows <= 1);
	if (!isOneEach) return undefined;
	return ({ limits: told, userQuota }) => {
		const limits = new RunLimits({ ...run.limits });
		limits.adopt(told);
		applyCaps(limits, operation.call, run.caps ?? {});
		if (rows > limits.of(operation.call).entries) return false;
		return !makesUsers || userQuota === undefined || userQuota.limit - userQuota.used >= rows;
	};
}
