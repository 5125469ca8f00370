// Pointers into answers, compiled once. They read own properties of objects and nothing else (law 12).

export type Read = (value: unknown) => unknown;

/** An object of an answer, an array not among them. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Compiles `error.code` into a function that reads it; `undefined` wherever the way breaks off. */
export function compilePointer(pointer: string): Read {
	const [first = '', ...rest] = pointer.split('.');
	if (rest.length === 0) return (value) => own(value, first);
	return (value) => rest.reduce(own, own(value, first));
}

/** As {@link compilePointer}; without a pointer there is never a value. */
export function compileOptional(pointer: string | undefined): Read {
	return pointer === undefined ? () => undefined : compilePointer(pointer);
}

/** A text of an answer, at most `maxLength` long; anything else is `undefined`. */
export function textOf(value: unknown, maxLength: number): string | undefined {
	return typeof value === 'string' && value !== '' ? value.slice(0, maxLength) : undefined;
}

/** A whole number from `min` on; anything else is `undefined`. */
export function wholeOf(value: unknown, min: number): number | undefined {
	return typeof value === 'number' && Number.isSafeInteger(value) && value >= min ? value : undefined;
}

/** A list of an answer; anything else is `undefined`. */
export function listOf(value: unknown): readonly unknown[] | undefined {
	return Array.isArray(value) ? value : undefined;
}

function own(value: unknown, key: string): unknown {
	return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
