// Ports on 127.0.0.1 that nobody listens on.

import { createServer } from 'node:net';

/**
 * A free port: the preferred one where it is free, else any.
 * Without a preference the system picks.
 */
export async function freePort(preferred = 0): Promise<number> {
	const port = await tryPort(preferred);
	if (port !== undefined) return port;
	const other = await tryPort(0);
	if (other === undefined) throw new Error('No free port was found on 127.0.0.1.');
	return other;
}

function tryPort(port: number): Promise<number | undefined> {
	return new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(undefined));
		server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
			const address = server.address();
			const taken = typeof address === 'object' && address !== null ? address.port : undefined;
			server.close(() => resolve(taken));
		});
	});
}
