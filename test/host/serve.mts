// A service of a test's own, on a port of its own; all are closed after each test of the file.

import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach } from 'vitest';

const servers = new Set<Server>();
afterEach(async () => {
	for (const server of servers) {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	}
	servers.clear();
});

/** @returns the server, and its origin such as `http://127.0.0.1:4711` */
export async function serveAt(
	listener: RequestListener,
): Promise<{ readonly server: Server; readonly origin: string }> {
	const server = createServer(listener);
	servers.add(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	const port = typeof address === 'object' && address !== null ? address.port : 0;
	return { server, origin: `http://127.0.0.1:${port}` };
}
