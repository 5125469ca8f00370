// The wait that a Retry-After header asks for.

const SECONDS = /^\d{1,15}$/;
/** The three forms of a date in RFC 9110, 5.6.7, of which servers write the first and clients read all. */
const DATES: ReadonlyArray<RegExp> = [
	/^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (?<day>\d{2}) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<time>\d{2}:\d{2}:\d{2}) GMT$/,
	/^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?<day>\d{2})-(?<month>[A-Z][a-z]{2})-(?<year>\d{2}) (?<time>\d{2}:\d{2}:\d{2}) GMT$/,
	/^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?<month>[A-Z][a-z]{2}) (?<day>[ \d]\d) (?<time>\d{2}:\d{2}:\d{2}) (?<year>\d{4})$/,
];

/**
 * Milliseconds from `nowMs` that a Retry-After value asks to wait (RFC 9110, 10.2.3: whole seconds or an HTTP date).
 * A date that has passed is 0. `undefined` for anything malformed, which then loses its timing and nothing else.
 */
export function parseRetryAfter(value: string, nowMs: number): number | undefined {
	const text = value.trim();
	if (SECONDS.test(text)) return Number(text) * 1000;
	for (const form of DATES) {
		const { day, month, year, time } = form.exec(text)?.groups ?? {};
		if (day === undefined || month === undefined || year === undefined) continue;
		const at = Date.parse(`${day.trim()} ${month} ${fullYear(year, nowMs)} ${time} GMT`);
		return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
	}
	return undefined;
}

/** A year of two digits that seems more than 50 years ahead is the last one past with these digits (RFC 9110, 5.6.7). */
function fullYear(digits: string, nowMs: number): number {
	if (digits.length === 4) return Number(digits);
	const thisYear = new Date(nowMs).getUTCFullYear();
	const year = thisYear - (thisYear % 100) + Number(digits);
	return year > thisYear + 50 ? year - 100 : year;
}
