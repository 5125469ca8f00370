// Requests for pages of lists.

import type { Cursor, WireRequest } from '../../engine/wire';
import { compileBody } from './body';
import { headersOf } from './request';
import { fill, fillPath } from '../language/template';
import type { ListRule } from '../profile/lists';

export interface PageValues {
	/** Where the page begins; `undefined` where nothing says it. */
	readonly cursor: Cursor | undefined;
	/** How many it may hold. */
	readonly limit: number | undefined;
}

/**
 * Compiles how requests for pages are written.
 *
 * @param given values for `{name}`s, the group of the list among them
 */
export function compilePageRequest(
	{ method, path, query, body }: ListRule,
	given: Readonly<Record<string, string>>,
): (values: PageValues) => WireRequest {
	const target = fillPath(path, given);
	return (values) => {
		const known = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
		const texts = {
			...given,
			...Object.fromEntries(Object.entries(known).map(([name, value]) => [name, String(value)])),
		};
		const pairs = Object.entries(query).flatMap(([name, text]) =>
			isLeftOut(text, texts) ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(fill(text, texts))}`],
		);
		const { encode, write } = compileBody(body.container === 'none' ? body : { ...body, fields: false }, {
			idOf: () => '',
			writeFields: () => undefined,
			valuesOf: () => known,
			given,
			extra: {},
		});
		const written = write([encode({ id: '', fields: {} })]);
		const whole = [...pairs, ...(written.query === undefined || written.query === '' ? [] : [written.query])].join('&');
		return {
			method,
			path: whole === '' ? target : `${target}?${whole}`,
			headers: headersOf(written.contentType),
			body: written.body,
		};
	};
}

/** A parameter whose value there is none of, such as the cursor of a first page. */
function isLeftOut(text: string, texts: Readonly<Record<string, string>>): boolean {
	return ['{cursor}', '{limit}'].some((name) => text.includes(name) && !Object.hasOwn(texts, name.slice(1, -1)));
}
