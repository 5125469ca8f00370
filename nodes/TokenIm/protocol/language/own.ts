// Objects of answers, read without their prototypes (law 12).

/** An object of an answer, an array not among them. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own property; `undefined` for anything else. */
export function own(value: unknown, key: string): unknown {
	return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
