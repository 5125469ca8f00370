// Progress while n8n works. n8n tells nothing before it has finished, so the service is asked how far things are.

import { classesOf, type Student } from '../lib/roster.mts';
import { count, many, say } from '../lib/terminal.mts';
import { ask, type Limits, type ServiceAccess } from '../lib/tokenim-client.mts';

const ASK_EVERY_MS = 1_000;
const SAY_AT_LEAST_EVERY_MS = 10_000;

/** Says how many people and groups the service holds while `work` runs. */
export async function withProgress<T>(access: ServiceAccess, roster: readonly Student[], work: Promise<T>): Promise<T> {
	const startedAt = Date.now();
	const groupIds = classesOf(roster).map((classroom) => classroom.groupId);
	let last = '';
	let lastAt = startedAt;
	let asking = false;
	const look = async () => {
		if (asking) return;
		asking = true;
		const now = await soFar(access, roster.length, groupIds).catch(() => undefined);
		asking = false;
		if (now === undefined || (now === last && Date.now() - lastAt < SAY_AT_LEAST_EVERY_MS)) return;
		last = now;
		lastAt = Date.now();
		say(`  ${String(Math.round((lastAt - startedAt) / 1000)).padStart(4)} s: ${now}`);
	};
	const timer = setInterval(() => void look(), ASK_EVERY_MS);
	try {
		return await work;
	} finally {
		clearInterval(timer);
	}
}

async function soFar(access: ServiceAccess, students: number, groupIds: readonly string[]): Promise<string> {
	const { quota, limits } = await ask<Limits>(access, 'GET', '/limits');
	const people = `the service holds ${count(quota.users.used)} of ${many(students, 'person', 'people')}`;
	if (quota.users.used < students) return people;
	const asked = groupIds.slice(0, limits.idsPerQuery);
	const { groups } = await ask<{ groups: unknown[] }>(access, 'POST', '/groups/query', { groupIds: asked });
	return `${people} and ${count(groups.length)} of ${many(asked.length, 'group')}`;
}
