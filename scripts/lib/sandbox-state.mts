// How far things are in the sandbox, from its own controls beside the contract: asking costs nothing of the plan's pace.

import type { ServiceAccess } from './tokenim-client.mts';

export interface SandboxState {
	readonly users: number;
	readonly groups: number;
	/** Requests under `/v1` since the sandbox was started; it remembers the last 1,000. */
	readonly requests: number;
}

/** @throws Error where the sandbox does not answer */
export async function sandboxState({ baseUrl, apiKey }: ServiceAccess): Promise<SandboxState> {
	const answer = await fetch(new URL('/sandbox/state', baseUrl), { headers: { 'X-TokenIM-Key': apiKey } });
	if (!answer.ok) throw new Error(`The sandbox answered ${answer.status}.`);
	return (await answer.json()) as SandboxState;
}
