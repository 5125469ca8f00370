// The service behind HTTP, on 127.0.0.1 only.
//
// `startSandbox({ port: 4010, database: file, apiKey, apiSecret })` starts it inside this process. To run it as a
// process of its own, start `node sandbox/main.mts --data DIR`; it writes key and secret to `DIR/credentials.json`
// (`{ "apiKey", "apiSecret" }`) before it listens, and `readCredentials(DIR)` of `credentials.mts` reads them.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { adminPath, administer } from './admin.mts';
import { answerOf, refuse } from './outcome.mts';
import { createService, type Service, type ServiceOptions } from './service.mts';
import { basePath } from './routes.mts';
import type { Reply, ServiceRequest } from './types.mts';

/** More than this is not even read. */
const maxReadBytes = 64 * 1024 * 1024;
const maxTimerMs = 2 ** 31 - 1;

export interface SandboxOptions extends ServiceOptions {
	/** 0 (default) takes any free port. */
	readonly port?: number;
}

export interface Sandbox extends Omit<Service, 'handle' | 'close'> {
	/** For the credential, e.g. `http://127.0.0.1:4010/v1`. */
	readonly baseUrl: string;
	readonly port: number;
	/** Drops open connections, unanswered ones too, and closes the database. */
	close(): Promise<void>;
}

/** Starts a sandbox. Rejects with the system's error (`EADDRINUSE`) when the port is taken. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const service = createService(options);
	const timers = new Set<NodeJS.Timeout>();
	const server = createServer((request, response) => {
		void serve(service, request, response, timers);
	});
	server.keepAliveTimeout = 30_000;
	const port = await listen(server, options.port ?? 0).catch((reason: unknown) => {
		service.close();
		throw reason;
	});

	let closing: Promise<void> | undefined;
	const close = async () => {
		for (const timer of timers) clearTimeout(timer);
		await new Promise<void>((closed) => {
			server.close(() => closed());
			server.closeAllConnections();
		});
		service.close();
	};

	return {
		...service,
		baseUrl: `http://127.0.0.1:${port}${basePath}`,
		port,
		close: () => (closing ??= close()),
	};
}

function listen(server: Server, port: number): Promise<number> {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', () => {
			const address = server.address();
			resolve(typeof address === 'object' && address !== null ? address.port : port);
		});
	});
}

async function serve(
	service: Service,
	incoming: IncomingMessage,
	response: ServerResponse,
	timers: Set<NodeJS.Timeout>,
): Promise<void> {
	// A request whose reading ended early knows its socket no more.
	const { socket } = incoming;
	const body = await readBody(incoming).catch(() => undefined);
	if (body === undefined) {
		socket.destroy();
		return;
	}
	const { method = 'GET', url = '/' } = incoming;
	const reply = replyTo(service, { method, path: url, headers: headersOf(incoming), body });
	if (reply.delayMs <= 0) {
		send(reply, response);
		return;
	}
	const timer = setTimeout(
		() => {
			timers.delete(timer);
			send(reply, response);
		},
		Math.min(reply.delayMs, maxTimerMs),
	);
	timers.add(timer);
}

function replyTo(service: Service, request: ServiceRequest): Reply {
	try {
		if (request.path.startsWith(adminPath)) return { ...administer(service, request), delayMs: 0 };
		return service.handle(request);
	} catch (reason) {
		// E.g. a full disk. A client learns what a real service would tell it.
		console.error(reason);
		return { ...answerOf(refuse('internal', 'The sandbox stumbled.'), ''), delayMs: 0 };
	}
}

/** The body, or a rejection when it breaks off or is beyond all measure. */
async function readBody(incoming: IncomingMessage): Promise<Uint8Array> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of incoming) {
		if (!Buffer.isBuffer(chunk)) continue;
		bytes += chunk.length;
		if (bytes > maxReadBytes) throw new Error('The body is too large to read.');
		chunks.push(chunk);
	}
	return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}

function headersOf(incoming: IncomingMessage): Record<string, string> {
	const headers: Record<string, string> = {};
	for (const [name, value] of Object.entries(incoming.headers)) {
		if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
	}
	return headers;
}

function send(reply: Reply, response: ServerResponse): void {
	if (response.destroyed) return;
	if (reply.kind === 'hang') return;
	if (reply.kind === 'reset') {
		response.socket?.resetAndDestroy();
		return;
	}
	// A body with 204 or 304 would break the connection's framing.
	const hasBody = reply.status !== 204 && reply.status !== 304;
	response.writeHead(reply.status, {
		...reply.headers,
		...(hasBody ? { 'content-length': reply.body.length } : {}),
	});
	response.end(hasBody ? reply.body : undefined);
}
