// The body of an answer as n8n's request helpers give it, read up to a limit: what a service answers must not fill n8n's
// memory.

/** Larger answers are not read. Bytes as they are after decompression, so that a small bomb is a large answer. */
export const MOST_ANSWER_BYTES = 8 * 1024 * 1024;

export const TOO_LARGE = `the answer was larger than ${MOST_ANSWER_BYTES / 1024 / 1024} MiB`;

/** The whole body, or `undefined` where there is too much of it. Rejects when the connection breaks. */
export async function readBody(body: unknown): Promise<Uint8Array | undefined> {
	if (!isStream(body)) return bytesOf(body);
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of body) {
		const bytes = bytesOf(chunk);
		size += bytes.length;
		// Leaving the loop closes the stream and its connection.
		if (size > MOST_ANSWER_BYTES) return undefined;
		chunks.push(bytes);
	}
	return Buffer.concat(chunks, size);
}

function isStream(body: unknown): body is AsyncIterable<unknown> {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

function bytesOf(value: unknown): Uint8Array {
	if (value instanceof Uint8Array) return value;
	if (value === undefined || value === null) return new Uint8Array();
	return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
}

/** Headers by their names in lower case, several of one name joined. */
export function lowerCased(headers: object): Record<string, string> {
	const named: Record<string, string> = Object.create(null);
	for (const [name, value] of Object.entries(headers))
		named[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : String(value);
	return named;
}
