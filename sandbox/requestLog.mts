/** What was asked of the service, for tests and people to look at. */
import type { Call } from './call.mts';
import type { Reply, RequestLogEntry } from './types.mts';

export interface RequestLogOptions {
	/** Keeps the text of each body too. */
	readonly recordBodies?: boolean;
	/** Only the last so many entries are kept (default: all). */
	readonly keepRequests?: number;
}

export interface RequestLog {
	readonly entries: RequestLogEntry[];
	add(call: Call, reply: Reply, faults: readonly string[]): void;
	clear(): void;
}

export function createRequestLog({
	recordBodies = false,
	keepRequests = Number.POSITIVE_INFINITY,
}: RequestLogOptions): RequestLog {
	const entries: RequestLogEntry[] = [];

	return {
		entries,
		add(call, reply, faults) {
			const { method, path, body, headers } = call.request;
			entries.push({
				number: call.number,
				atMs: call.atMs,
				method,
				path,
				endpoint: call.route?.name,
				status: reply.kind === 'answer' ? reply.status : reply.kind,
				delayMs: reply.delayMs,
				headers: withoutSignature(headers),
				entryCount: call.entries().length,
				bodyBytes: body.length,
				body: recordBodies ? new TextDecoder().decode(body) : undefined,
				faults,
			});
			if (entries.length > keepRequests) entries.shift();
		},
		clear() {
			entries.length = 0;
		},
	};
}

function withoutSignature(headers: Readonly<Record<string, string>>): Record<string, string> {
	const { 'x-tokenim-signature': _signature, ...rest } = headers;
	return rest;
}
