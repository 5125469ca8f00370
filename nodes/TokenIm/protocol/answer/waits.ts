// How long the service asks to wait, wherever it says so (law 6).

import { parseRetryAfter } from './retryAfter';
import type { Wait } from '../profile/refusals';
import { compilePointer } from '../language/pointer';

export type Headers = Readonly<Record<string, string>>;

type ReadWait = (headers: Headers, value: unknown, nowMs: number) => number | undefined;

/** Compiles the places; the first that can be read counts. Milliseconds. */
export function compileWaits(waits: readonly Wait[]): ReadWait {
	const reads = waits.map(compileWait);
	return (headers, value, nowMs) => {
		for (const read of reads) {
			const wait = read(headers, value, nowMs);
			if (wait !== undefined) return wait;
		}
		return undefined;
	};
}

function compileWait(wait: Wait): ReadWait {
	if ('header' in wait) {
		const { header, as } = wait;
		return (headers, _value, nowMs) => {
			const text = headers[header];
			if (text === undefined) return undefined;
			return as === 'secondsOrDate' ? parseRetryAfter(text, nowMs) : inMs(numberIn(text), as, nowMs);
		};
	}
	if ('at' in wait) {
		const at = compilePointer(wait.at);
		return (_headers, value, nowMs) => {
			const found = at(value);
			return inMs(typeof found === 'string' ? numberIn(found) : found, wait.as, nowMs);
		};
	}
	const textAt = compilePointer(wait.in);
	return (_headers, value, nowMs) => {
		const text = textAt(value);
		if (typeof text !== 'string') return undefined;
		const place = text.slice(0, 2_000).indexOf(wait.numberAfter);
		if (place < 0) return undefined;
		const digits = /^\d{1,9}/.exec(text.slice(place + wait.numberAfter.length, place + wait.numberAfter.length + 12));
		return digits === null ? undefined : inMs(Number(digits[0]), wait.as, nowMs);
	};
}

function numberIn(text: string): number | undefined {
	return /^\d{1,16}(\.\d{1,9})?$/.test(text.trim()) ? Number(text) : undefined;
}

function inMs(
	value: unknown,
	unit: Exclude<Extract<Wait, { header: string }>['as'], 'secondsOrDate'>,
	nowMs: number,
): number | undefined {
	if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) return undefined;
	switch (unit) {
		case 'seconds':
			return Math.ceil(value * 1000);
		case 'milliseconds':
			return Math.ceil(value);
		case 'epochSeconds':
			return Math.max(0, Math.ceil(value * 1000 - nowMs));
		case 'epochMilliseconds':
			return Math.max(0, Math.ceil(value - nowMs));
	}
}
