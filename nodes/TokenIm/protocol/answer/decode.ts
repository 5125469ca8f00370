// The body of an answer, as far as it can be understood.

export type Decoded =
	| { readonly ok: true; readonly value: unknown }
	/** `text` is the start of a body that is no JSON. */
	| { readonly ok: false; readonly why: string; readonly text?: string };

/** More of a text than any message needs. */
const TEXT_BYTES = 2_000;

/** Reads a body as UTF-8 JSON of at most `maxBytes`. Never throws. */
export function decodeJson(body: Uint8Array, maxBytes: number): Decoded {
	if (body.byteLength > maxBytes)
		return { ok: false, why: `it is larger than ${Math.floor(maxBytes / (1024 * 1024))} MiB` };
	if (body.byteLength === 0) return { ok: false, why: 'it is empty' };
	try {
		const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
		return { ok: true, value };
	} catch {
		return { ok: false, why: 'it is no JSON', text: new TextDecoder().decode(body.subarray(0, TEXT_BYTES)) };
	}
}
