// A TokenIM service that holds as many people as its address says, made up when they are asked for, so that a million
// cost it nothing: a process of its own. It keeps nothing and checks nothing.

import { createServer, type IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ServiceOrder {
	readonly latencyMs: number;
	readonly concurrency: number;
}

export interface ServiceReading {
	/** Of this service; for so many people `…/1000`. */
	readonly origin: string;
}

const { rowAt }: { rowAt(index: number): Readonly<Record<string, string>> } = createRequire(import.meta.url)(
	'../inside/rows.cjs',
);
const PAGE = 500;

process.on('message', ({ latencyMs, concurrency }: ServiceOrder) => {
	const limits = {
		usersPerRequest: 100,
		idsPerQuery: 200,
		usersPerPage: PAGE,
		requestsPerSecond: null,
		concurrentRequests: concurrency,
	};
	const server = createServer((request, response) => {
		void answer(request, limits, latencyMs).then((text) => {
			response.writeHead(200, { 'content-type': 'application/json' }).end(text);
		});
	});
	server.listen(0, '127.0.0.1', () => {
		const address = server.address() as AddressInfo;
		process.send?.({ origin: `http://127.0.0.1:${address.port}` } satisfies ServiceReading);
	});
});

process.on('disconnect', () => process.exit());

async function answer(request: IncomingMessage, limits: object, latencyMs: number): Promise<string> {
	const [text] = await Promise.all([bodyOf(request), sleep(latencyMs)]);
	const { pathname, searchParams } = new URL(request.url ?? '', 'http://service');
	const [, people = '', ...path] = pathname.split('/');
	switch (path.join('/')) {
		case 'limits':
			return JSON.stringify({ plan: 'bench', limits });
		case 'users':
			return pageAt(Number(searchParams.get('cursor') ?? 0), Number(people));
		case 'users/query':
			return found(JSON.parse(text), Number(people));
		default:
			return written(JSON.parse(text));
	}
}

async function bodyOf(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk);
	return Buffer.concat(chunks).toString();
}

function pageAt(start: number, people: number): string {
	const end = Math.min(people, start + PAGE);
	const users = Array.from({ length: end - start }, (_, index) => personAt(start + index));
	return JSON.stringify({ users, ...(end < people ? { nextCursor: String(end) } : {}) });
}

function found({ userIds }: { readonly userIds: readonly string[] }, people: number): string {
	const indexes = userIds.map((id) => Number(id.slice(1)));
	return JSON.stringify({
		users: indexes.filter((index) => index < people).map(personAt),
		missing: userIds.filter((_, at) => (indexes[at] ?? 0) >= people),
	});
}

function written({ users }: { readonly users: ReadonlyArray<{ readonly userId: string }> }): string {
	return JSON.stringify({
		results: users.map(({ userId }, index) => ({ index, userId, status: 'updated', imId: `im_${userId}` })),
	});
}

function personAt(index: number): object {
	const row = rowAt(index);
	return { ...row, attributes: { class: 'Class 0' }, imId: `im_${row.userId}`, active: true };
}
