// Progress while n8n works. n8n tells nothing before it has finished, so the sandbox is asked how far things are.

import { sandboxState } from '../lib/sandbox-state.mts';
import { count, many, say } from '../lib/terminal.mts';
import type { ServiceAccess } from '../lib/tokenim-client.mts';

const ASK_EVERY_MS = 1_000;
const SAY_AT_LEAST_EVERY_MS = 10_000;

/** Says what the sandbox holds, whenever that has changed, while `work` runs. */
export async function withProgress<T>(access: ServiceAccess, work: Promise<T>): Promise<T> {
	const startedAt = Date.now();
	const before = (await sandboxState(access)).requests;
	let last = '';
	let lastAt = startedAt;
	const look = async () => {
		const { users, groups, requests } = await sandboxState(access);
		const now = `${many(users, 'person', 'people')} and ${many(groups, 'group')} in the service, ${count(requests - before)} requests so far`;
		if (now === last && Date.now() - lastAt < SAY_AT_LEAST_EVERY_MS) return;
		last = now;
		lastAt = Date.now();
		say(`${String(Math.round((lastAt - startedAt) / 1000)).padStart(6)} s: ${now}`);
	};
	const timer = setInterval(() => void look().catch(() => undefined), ASK_EVERY_MS);
	try {
		return await work;
	} finally {
		clearInterval(timer);
	}
}
