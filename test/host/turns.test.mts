// Large answers that arrive at once: each is parsed in a turn of the event loop of its own.

import { createServer } from 'node:http';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { createPorts } from '../../nodes/TokenIm/host/ports';
import { LARGE_ANSWER_BYTES } from '../../nodes/TokenIm/host/turns';
import { runWorkflow } from './engine.mts';
import { nodeThat } from './fakeNode.mts';

const REQUEST = { method: 'GET', path: '/limits', headers: {}, body: undefined };
const AT_ONCE = 16;

/** What happened, in order: `answer` where one is handed on, `turn` where the event loop had one. */
async function eventsOf(bytes: number): Promise<readonly string[]> {
	const events: string[] = [];
	const waiting: Array<() => void> = [];
	const server = createServer((_request, response) => {
		// All of them are answered when all have asked.
		waiting.push(() => response.end('x'.repeat(bytes)));
		if (waiting.length === AT_ONCE) for (const answer of waiting) answer();
	});
	await once(server.listen(0, '127.0.0.1'), 'listening');
	const address = server.address();
	const port = typeof address === 'object' && address !== null ? address.port : 0;
	let isOver = false;
	const look = (): void => {
		events.push('turn');
		if (!isOver) setImmediate(look);
	};
	const nodeType = nodeThat(async (host) => {
		const { send } = createPorts(host);
		setImmediate(look);
		await Promise.all(
			Array.from({ length: AT_ONCE }, async () => {
				const { kind } = await send(REQUEST, { timeoutMs: 20_000, signal: new AbortController().signal });
				events.push(kind);
			}),
		);
		isOver = true;
		return [];
	});
	const credentials = { baseUrl: `http://127.0.0.1:${port}`, apiKey: 'key', apiSecret: 'secret' };
	const { error } = await runWorkflow({ items: [{}], credentials, nodeType });
	server.close();
	expect(error).toBe(undefined);
	return events;
}

test('between two large answers the event loop has a turn', async () => {
	const events = await eventsOf(LARGE_ANSWER_BYTES);
	expect(events.filter((event) => event === 'answer')).toHaveLength(AT_ONCE);
	expect(events.filter((event, at) => event === 'answer' && events[at - 1] === 'answer')).toEqual([]);
});

test('small ones wait for nothing', async () => {
	const events = await eventsOf(100);
	expect(events.filter((event) => event === 'answer')).toHaveLength(AT_ONCE);
});
