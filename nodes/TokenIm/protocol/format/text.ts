// The small texts of a profile: strict shapes, pointers into answers, `{name}` templates, header and wire names.

import { z } from 'zod';

/** Names that never stand for a key of an answer (law 12). */
const PROTOTYPE_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** An object with these keys and no others; a key that is not among them is refused with the list of those that are. */
export function shape<Fields extends z.ZodRawShape>(fields: Fields) {
	return z.object(fields).strict(`unknown key; allowed here: ${Object.keys(fields).join(', ')}`);
}

/** Where a value stands in an answer: keys joined by dots. Each is also a JMESPath expression. */
export const pointer = z
	.string()
	.max(200)
	.refine(
		(text) => text.split('.').every(isKey),
		'write the keys that lead to the value, joined by dots, such as results or error.code',
	);

/** A key of a body, as the service names it. */
export const wireName = z
	.string()
	.max(100)
	.refine(isKey, 'write one key: letters, digits, _ and -, starting with a letter');

/** The name of an HTTP header. */
export const headerName = z
	.string()
	.max(100)
	.refine((text) => /^[A-Za-z0-9-]+$/.test(text), 'write a header name: letters, digits and -');

/** The name of a header in an answer; compared in lower case. */
export const answerHeader = headerName.transform((name) => name.toLowerCase());

/** A text with `{name}` in it, for the given names only. */
export function template(names: readonly string[]) {
	return z
		.string()
		.max(1000)
		.superRefine((text, context) => {
			for (const name of namesIn(text)) {
				if (names.includes(name)) continue;
				const allowed =
					names.length === 0
						? 'no name in braces is'
						: `${names.map((known) => `{${known}}`).join(', ')} are`;
				context.addIssue({ code: 'custom', message: `{${name}} has no meaning here; ${allowed} allowed` });
			}
		});
}

/** The value of a header, with the given names in braces. */
export function headerTemplate(names: readonly string[]) {
	return template(names).refine((text) => /^[\x20-\x7e]+$/.test(text), 'write printable ASCII');
}

/** The path of an endpoint after the base URL, with the given names in braces. */
export function pathTemplate(names: readonly string[]) {
	return template(names).refine(
		(text) => text.startsWith('/') && !/[\s?#\\]|\/\/|\/\.{1,2}(\/|$)/.test(text),
		'write the path after the base URL, starting with one /, without query',
	);
}

/** A sentence for people. */
export const sentence = z.string().min(1).max(500);

function isKey(text: string): boolean {
	return /^[A-Za-z_][A-Za-z0-9_-]*$/.test(text) && !PROTOTYPE_NAMES.has(text);
}

function namesIn(text: string): string[] {
	return [...text.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? '');
}
