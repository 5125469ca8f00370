// `{name}` templates, and the parts of a path.

import type { Json } from '../profile/body';
import { isRecord } from './own';

type Texts = Readonly<Record<string, string>>;

/** Fills `{name}`; a name without a value stays as it is. Values are never read as templates. */
export function fill(template: string, values: Texts): string {
	return template.replace(/\{([^{}]*)\}/g, (whole, name: string) =>
		Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
	);
}

/** As {@link fill}, each value percent-encoded. @throws TypeError for a value that can never be a part of a path */
export function fillPath(template: string, values: Texts): string {
	return template.replace(/\{([^{}]*)\}/g, (whole, name: string) => {
		if (!Object.hasOwn(values, name)) return whole;
		const part = pathPart(values[name] ?? '');
		if (part === undefined) throw new TypeError(`${name} cannot be a part of a path`);
		return part;
	});
}

/**
 * Fills the texts of JSON. A text that is one `{name}` alone becomes the value as it is; where there is no value, it is
 * left out.
 */
export function fillJson(json: Json, values: Readonly<Record<string, unknown>>): unknown {
	if (typeof json === 'string') {
		const only = /^\{([A-Za-z][A-Za-z0-9]*)\}$/.exec(json)?.[1];
		if (only !== undefined) return Object.hasOwn(values, only) ? values[only] : undefined;
		return json.replace(/\{([A-Za-z][A-Za-z0-9]*)\}/g, (_whole, name: string) =>
			Object.hasOwn(values, name) ? String(values[name] ?? '') : '',
		);
	}
	if (Array.isArray(json)) return json.map((item: Json) => fillJson(item, values)).filter((item) => item !== undefined);
	if (!isRecord(json)) return json;
	const filled: Record<string, unknown> = {};
	for (const [key, item] of Object.entries(json)) {
		const value = fillJson(item, values);
		if (value !== undefined) filled[key] = value;
	}
	return filled;
}

/**
 * One part of a path, percent-encoded (law 12). `undefined` for what can never be one: nothing, `.`, `..` (which URL
 * parsers resolve, percent-encoded too) and half a surrogate pair.
 */
export function pathPart(text: string): string | undefined {
	if (text === '' || text === '.' || text === '..' || /\p{Cs}/u.test(text)) return undefined;
	return encodeURIComponent(text);
}

/** A map with the value put where the keys lead. */
export function put(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
	let place = target;
	for (const key of path.slice(0, -1)) {
		const inner = Object.hasOwn(place, key) ? place[key] : undefined;
		const next: Record<string, unknown> = isRecord(inner) ? inner : {};
		place[key] = next;
		place = next;
	}
	const last = path.at(-1);
	if (last !== undefined) place[last] = value;
}
