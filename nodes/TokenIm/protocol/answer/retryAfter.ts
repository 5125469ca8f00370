// The wait that a Retry-After header asks for.

const IMF_FIXDATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * Milliseconds from `nowMs` that a Retry-After value asks to wait (RFC 9110, 10.2.3: whole seconds or an HTTP date).
 * A date that has passed is 0. `undefined` for anything malformed, which then loses its timing and nothing else.
 */
export function parseRetryAfter(value: string, nowMs: number): number | undefined {
	const text = value.trim();
	if (/^\d{1,15}$/.test(text)) return Number(text) * 1000;
	if (!IMF_FIXDATE.test(text)) return undefined;
	const at = Date.parse(text);
	return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
