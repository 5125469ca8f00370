// How long an answer may be used again (RFC 9111), as far as a client that keeps its own answers alone needs it.

/** What an answer says of its use. */
export interface Freshness {
	/** From when the request was sent. 0: only after the service was asked whether it still holds. */
	readonly freshMs: number;
	/** By what the service is asked that. */
	readonly etag?: string;
}

/** n8n runs for months and plans change: however long a service allows, an hour is the most. */
const MOST_FRESH_MS = 3_600_000;

/** RFC 9110, 8.8.3, printable ASCII only: it goes back in a header. */
const ETAG = /^(?:W\/)?"[\x21\x23-\x7e]{0,200}"$/;

/**
 * Reads `Cache-Control`, `Age` and `ETag`; what is no number counts as 0.
 *
 * @param headers names in lower case
 * @returns `undefined` where the answer must not, or need not, be kept
 */
export function freshnessOf(headers: Readonly<Record<string, string>>): Freshness | undefined {
	const directives = (headers['cache-control'] ?? '').toLowerCase().split(',').map(directiveOf);
	if (directives.some(({ name }) => name === 'no-store')) return undefined;
	const ages = directives.filter(({ name }) => name === 'max-age').map(({ value }) => secondsIn(value));
	const mustAsk = ages.length === 0 || directives.some(({ name }) => name === 'no-cache');
	const seconds = mustAsk ? 0 : ages.reduce((least, one) => Math.min(least, one), Infinity) - secondsIn(headers.age);
	const freshMs = Math.min(Math.max(0, seconds * 1000), MOST_FRESH_MS);
	const etag = ETAG.test(headers.etag ?? '') ? headers.etag : undefined;
	if (freshMs === 0 && etag === undefined) return undefined;
	return { freshMs, ...(etag === undefined ? {} : { etag }) };
}

function directiveOf(text: string): { readonly name: string; readonly value: string } {
	const [name = '', value = ''] = text.split('=');
	return { name: name.trim(), value };
}

function secondsIn(text: string | undefined): number {
	const digits = /^\s*"?(\d{1,10})"?\s*$/.exec(text ?? '')?.[1];
	return digits === undefined ? 0 : Number(digits);
}
