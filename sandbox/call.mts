/** One request under way: what came in, and what is found out about it on the way. */
import { isUtf8 } from 'node:buffer';
import { sha256 } from './authentication.mts';
import { endpoints, routeOf, type Route } from './routes.mts';
import { isRecord, type ServiceRequest } from './types.mts';

export interface Call {
	readonly number: number;
	readonly atMs: number;
	readonly request: ServiceRequest;
	readonly route: Route | undefined;
	/** What stands behind the `?` of the path, decoded. */
	readonly query: URLSearchParams;
	readonly bodyHash: string;
	readonly requestId: string;
	/** The body as JSON; `undefined` when it is none. Read once, when first asked for. */
	json(): { readonly value: unknown } | undefined;
	/** The entries of the body, whatever they are. */
	entries(): readonly unknown[];
	/** The id of each entry, `undefined` where it has none. */
	ids(): ReadonlyArray<string | undefined>;
}

export function createCall(number: number, atMs: number, received: ServiceRequest): Call {
	const request = { ...received, headers: lowerCased(received.headers) };
	const route = routeOf(request.method, request.path);
	const [, query = ''] = request.path.split('?', 2);
	const given = request.headers['x-request-id'] ?? '';
	let read: { value: unknown } | 'broken' | undefined;

	const json = () => {
		read ??= parsed(request.body);
		return read === 'broken' ? undefined : read;
	};
	const entries = () => {
		const field = route && endpoints[route.name].entries;
		const body = field === undefined || request.body.length === 0 ? undefined : json()?.value;
		const list = field !== undefined && isRecord(body) ? body[field] : undefined;
		return Array.isArray(list) ? list : [];
	};

	return {
		number,
		atMs,
		request,
		route,
		query: new URLSearchParams(query),
		bodyHash: sha256(request.body),
		requestId: given !== '' && given.length <= 64 ? given : `r-${number}`,
		json,
		entries,
		ids: () => entries().map((entry) => idOf(entry, route && endpoints[route.name].idField)),
	};
}

function idOf(entry: unknown, field: string | undefined): string | undefined {
	const id = field !== undefined && isRecord(entry) ? entry[field] : entry;
	return typeof id === 'string' ? id : undefined;
}

function parsed(body: Uint8Array): { value: unknown } | 'broken' {
	if (!isUtf8(body)) return 'broken';
	try {
		const value: unknown = JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.length).toString());
		return { value };
	} catch {
		return 'broken';
	}
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
	const lower: Record<string, string> = {};
	for (const name of Object.keys(headers)) lower[name.toLowerCase()] = headers[name] ?? '';
	return lower;
}
