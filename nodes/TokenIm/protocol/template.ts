// `{name}` templates, and the parts of a path.

/** Fills `{name}`; a name without a value stays as it is. Values are never read as templates. */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
	return template.replace(/\{([^{}]*)\}/g, (whole, name: string) =>
		Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
	);
}

/**
 * One part of a path, percent-encoded (law 12). `undefined` for what can never be one: nothing, `.`, `..` (which URL
 * parsers resolve, percent-encoded too) and half a surrogate pair.
 */
export function pathPart(text: string): string | undefined {
	if (text === '' || text === '.' || text === '..' || /\p{Cs}/u.test(text)) return undefined;
	return encodeURIComponent(text);
}
