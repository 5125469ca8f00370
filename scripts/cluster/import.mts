// One import over the cluster: the roster goes in as CSV, the verdicts come back as CSV, and both are held against the service.

import { request } from 'node:http';
import { parse } from 'csv-parse/sync';
import type { Sandbox } from '../../sandbox/server.mts';

const HOUR_MS = 3_600_000;

/** The first line of the file is its header. */
const FIRST_ROW = 2;

export interface Person {
	readonly userId: string;
	readonly username: string;
	readonly email: string;
}

export interface Verdict {
	readonly row: string;
	readonly status: string;
	readonly userId: string;
	readonly imId: string;
	readonly createdBy?: string;
}

/** So many people, made up. */
export function roster(size: number): Person[] {
	return Array.from({ length: size }, (_, index) => {
		const userId = `s${String(index + 1).padStart(7, '0')}`;
		return { userId, username: `学生 ${index + 1}`, email: `${userId}@school.example` };
	});
}

/**
 * Sends the roster, waits for all verdicts.
 * @throws Error where n8n answers anything but a CSV file
 */
export async function importRoster(
	url: string,
	headers: Readonly<Record<string, string>>,
	people: readonly Person[],
): Promise<Verdict[]> {
	const body = [
		'userId,username,email',
		...people.map(({ userId, username, email }) => `${userId},${username},${email}`),
		'',
	].join('\n');
	const { status, text } = await post(
		`${url}/webhook/tokenim-import`,
		{ ...headers, 'content-type': 'text/csv' },
		body,
	);
	if (status !== 200) throw new Error(`The import answered ${status}: ${text.slice(0, 500)}`);
	return parse(text, { columns: true, bom: true });
}

/** Not `fetch`: that gives up after five minutes without a first byte. */
async function post(
	url: string,
	headers: Readonly<Record<string, string>>,
	body: string,
): Promise<{ status: number; text: string }> {
	return await new Promise((resolve, reject) => {
		const sent = request(url, { method: 'POST', headers, timeout: HOUR_MS }, (answer) => {
			const parts: Buffer[] = [];
			answer.on('data', (part: Buffer) => parts.push(part));
			answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') }));
			answer.on('error', reject);
		});
		sent.on('timeout', () => sent.destroy(new Error('No answer came within an hour')));
		sent.on('error', reject);
		sent.end(body);
	});
}

/** A sentence for each thing that is wrong: somebody lost, twice, a row without verdict, a verdict that is not true. */
export function mistakesOf(
	people: readonly Person[],
	verdicts: readonly Verdict[],
	sandbox: Pick<Sandbox, 'users'>,
): string[] {
	const held = new Map(sandbox.users().map(({ userId, imId }) => [userId, imId]));
	const lost = people.filter(({ userId }) => !held.has(userId)).length;
	const twice = held.size - new Set(held.values()).size;
	const disordered = verdicts.some(({ row }, index) => Number(row) !== FIRST_ROW + index);
	const untrue = verdicts.filter(
		({ status, userId, imId }, index) =>
			userId !== people[index]?.userId || !['created', 'exists'].includes(status) || held.get(userId) !== imId,
	);
	return [
		...(lost > 0 ? [`${lost} people were lost`] : []),
		...(held.size !== people.length ? [`the service holds ${held.size} people, not ${people.length}`] : []),
		...(twice > 0 ? [`${twice} people are there twice`] : []),
		...(verdicts.length !== people.length ? [`${verdicts.length} verdicts came back for ${people.length} rows`] : []),
		...(disordered ? ['the verdicts are not one for each row, in row order'] : []),
		...(untrue.length > 0 ? [`${untrue.length} verdicts are not true, the first is ${JSON.stringify(untrue[0])}`] : []),
	];
}

/** How many of each status. */
export function countsOf(verdicts: readonly Verdict[]): ReadonlyMap<string, number> {
	const counts = new Map<string, number>();
	for (const { status, createdBy } of verdicts) {
		const told = createdBy === 'unknown' ? `${status} (by who knows whom)` : status;
		counts.set(told, (counts.get(told) ?? 0) + 1);
	}
	return counts;
}
