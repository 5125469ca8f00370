// A scripted service behind HTTP on this machine, for the node in n8n's own engine and for the command line.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach } from 'vitest';

import { seenOf, type Reply, type Seen, type Service } from './world.mts';

export interface Served {
	/** Without a path. */
	readonly url: string;
	/** Every request, in order. */
	readonly seen: readonly Seen[];
	close(): Promise<void>;
}

/** Servers that are closed after each test. */
export function useServed(): (service: Service) => Promise<Served> {
	const open: Served[] = [];
	afterEach(async () => {
		for (const served of open.splice(0)) await served.close();
	});
	return async (service) => {
		const served = await serve(service);
		open.push(served);
		return served;
	};
}

export async function serve(service: Service): Promise<Served> {
	const seen: Seen[] = [];
	const server = createServer((request, response) => {
		const parts: Buffer[] = [];
		request.on('data', (part: Buffer) => parts.push(part));
		request.on('end', () => {
			const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
			const one = seenOf(
				{
					method: request.method,
					url: `http://127.0.0.1${request.url ?? '/'}`,
					headers,
					text: Buffer.concat(parts).toString(),
				},
				Date.now(),
			);
			seen.push(one);
			const { status = 200, body, headers: more = {} } = answerOf(service, one);
			response.writeHead(status, { 'Content-Type': 'application/json', ...more });
			response.end(body === undefined ? '' : JSON.stringify(body));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = addressOf(server.address());
	return {
		url: `http://127.0.0.1:${port}`,
		seen,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** What no vendor's script has an answer for is seen at once, not after a time-out. */
function answerOf(service: Service, seen: Seen): Reply {
	try {
		return service(seen);
	} catch (error) {
		return { status: 418, body: { error: String(error) } };
	}
}

function addressOf(address: string | AddressInfo | null): AddressInfo {
	if (address === null || typeof address === 'string') throw new TypeError('The server listens on no port');
	return address;
}
