// The plan's limits, read before anything else is sent.

import type { RunContext } from '../context';
import { sendWithRetries } from './sendWithRetries';
import type { RunLimits } from '../pacing/limits';
import type { Call } from '../call';
import type { PlanReading } from '../wire';

/** Asks for the plan. Where the service has no such endpoint, the profile's limits stand; a refusal ends the run. */
export async function askForPlan(
	ctx: RunContext,
	call: Call | undefined,
): Promise<{ plan?: PlanReading; note?: string }> {
	if (call === undefined) return {};
	const delivered = await sendWithRetries(ctx, call, { tasks: [], parts: [], revision: 0 });
	switch (delivered.kind) {
		case 'complete': {
			const { plan } = delivered;
			if (plan !== undefined) ctx.limits.adopt(plan.limits);
			return { plan };
		}
		case 'refused':
			if (delivered.refusal.class === 'absent') {
				return { note: 'The service does not tell its limits, so the limits of the API profile were used.' };
			}
			ctx.end.drain({ reason: delivered.refusal.message, code: delivered.refusal.code });
			return {};
		case 'ended':
		case 'outgrown':
			return {};
		default:
			ctx.end.drain({ reason: delivered.reason, code: 'service_unavailable' });
			return {};
	}
}

/** Applies what the user set lower than the plan. */
export function applyCaps(
	limits: RunLimits,
	call: Call,
	caps: { entriesPerRequest?: number; concurrentRequests?: number },
): void {
	if (caps.entriesPerRequest !== undefined) limits.lower(call.limitNames.entries, caps.entriesPerRequest);
	if (caps.concurrentRequests !== undefined) limits.lower('concurrentRequests', caps.concurrentRequests);
}
