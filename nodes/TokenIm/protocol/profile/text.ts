// The small texts of a profile: strict shapes, pointers into answers, `{name}` templates, header and wire names.

import { z } from 'zod';

import { mistakeOfExpression } from '../language/jmespathTree';

/** Names that never stand for a key of an answer (law 12). */
const PROTOTYPE_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** An object with these keys and no others; a key that is not among them is refused with the list of those that are. */
export function shape<Fields extends z.ZodRawShape>(fields: Fields) {
	return z.object(fields).strict(`unknown key; allowed here: ${Object.keys(fields).join(', ')}`);
}

/** Keys joined by dots: the pointers that are compiled into plain reads. */
export function isSimple(text: string): boolean {
	return text.split('.').every(isKey);
}

/** Where a value stands in an answer: keys joined by dots, or another JMESPath expression within bounds. */
export const pointer = z
	.string()
	.max(200)
	.superRefine((text, context) => {
		const message = isSimple(text) ? undefined : mistakeOfExpression(text);
		if (message !== undefined) context.addIssue({ code: 'custom', message });
	});

/** Several places, tried in order. */
export const pointers = z
	.union([pointer, z.array(pointer).min(1).max(5)])
	.transform((one) => (typeof one === 'string' ? [one] : one));

/** A key of a body, as the service names it. */
export const wireName = z
	.string()
	.max(100)
	.refine(isKey, 'write one key: letters, digits, _ and -, starting with a letter');

/** A place in a body: keys joined by dots. */
export const wirePath = z
	.string()
	.max(200)
	.refine(isSimple, 'write one key, or several joined by dots: letters, digits, _ and -, each starting with a letter');

/** A key of a body that no answer is read by, so it may hold `$`, as operators of queries do: `id.$in`. */
export const bodyName = z
	.string()
	.max(100)
	.refine(isBodyKey, 'write one key: letters, digits, _, $ and -, starting with a letter, _ or $');

/** A place in a body: such keys joined by dots. */
export const bodyPath = z
	.string()
	.max(200)
	.refine(
		(text) => text.split('.').every(isBodyKey),
		'write one key, or several joined by dots: letters, digits, _, $ and -, each starting with a letter, _ or $',
	);

/** The name of something that the profile declares, for use in `{name}`. */
export const givenName = z
	.string()
	.max(40)
	.refine((text) => /^[a-z][A-Za-z0-9]*$/.test(text), 'write a name of letters and digits, such as appId');

/** The name of an HTTP header. */
export const headerName = z
	.string()
	.max(100)
	.refine((text) => /^[A-Za-z0-9-]+$/.test(text), 'write a header name: letters, digits and -');

/** The name of a header in an answer; compared in lower case. */
export const answerHeader = headerName.transform((name) => name.toLowerCase());

/** A text with `{name}` in it. Which names have a meaning depends on the place, and is checked once all is read. */
export const template = z.string().max(1000);

/** The value of a header, with names in braces. */
export const headerTemplate = template.refine((text) => /^[\x20-\x7e]+$/.test(text), 'write printable ASCII');

/** The path of an endpoint after the base URL, with names in braces. */
export const pathTemplate = template.refine(
	(text) => /^[\x21-\x7e]+$/.test(text) && text.startsWith('/') && !/[?#\\]|\/\/|\/(\.|%2e){1,2}(\/|$)/i.test(text),
	'write the path after the base URL, starting with one /, without query',
);

/** A sentence for people. */
export const sentence = z.string().min(1).max(500);

/** A value that a body, a header or an answer can hold. */
export const scalar = z.union([z.string().max(1000), z.number().finite(), z.boolean()]);

/** A number or a text, as text. */
export const codeText = z.union([z.string().max(100), z.number()]).transform(String);

function isKey(text: string): boolean {
	return /^[A-Za-z_][A-Za-z0-9_-]*$/.test(text) && !PROTOTYPE_NAMES.has(text);
}

function isBodyKey(text: string): boolean {
	return isKey(text.replaceAll('$', '_')) && !PROTOTYPE_NAMES.has(text);
}
