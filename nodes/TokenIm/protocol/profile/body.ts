// How a profile says what the body, or the query, of a request is made of.

import { z } from 'zod';

import { bodyName, bodyPath, scalar, shape } from './text';

export const encoding = {
	as: z
		.enum(['json', 'form', 'query', 'queryJson'])
		.default('json')
		.describe('How it travels: as JSON, as a form, in the query, or as JSON in one parameter of the query.'),
	parameter: bodyName.optional().describe('`queryJson` only: the parameter that holds the JSON.'),
	lists: z
		.enum(['array', 'repeat', 'csv', 'json'])
		.default('repeat')
		.describe(
			'How form and query write a list: its key again and again (`repeat`), the same with `[]` behind it (`array`), with commas (`csv`), or as JSON (`json`).',
		),
	constants: z
		.record(bodyPath, scalar)
		.default({})
		.describe('What every request says beside its entries, by key; texts may hold `{name}`s.'),
};

const key = bodyPath.optional().describe('The key that holds them; without it they are the body itself.');
const each = z.record(bodyPath, scalar).default({}).describe('What every entry says beside its fields.');

/** JSON with `{name}`s in its texts. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export const json: z.ZodType<Json, z.ZodTypeDef, unknown> = z.lazy(() =>
	z.union([
		z.string().max(1000),
		z.number().finite(),
		z.boolean(),
		z.null(),
		z.array(json).max(50),
		z.record(bodyName, json),
	]),
);

export const body = z.discriminatedUnion('container', [
	shape({ container: z.literal('objects'), key, each, ...encoding }).describe('Entries as objects in a list.'),
	shape({
		container: z.literal('ids'),
		key,
		wrap: bodyName.optional().describe('Each id as an object with this key.'),
		each,
		...encoding,
	}).describe('Ids in a list.'),
	shape({ container: z.literal('map'), key, each, ...encoding }).describe('Entries as objects in a map, by their ids.'),
	shape({
		container: z.literal('single'),
		fields: z.boolean().default(true).describe('Whether all fields of the entry are written.'),
		json: z
			.record(bodyName, json)
			.default({})
			.describe(
				'What is written beside the fields. A text that is one `{name}` alone is replaced by the value as it is, and left out where there is none.',
			),
		...encoding,
	}).describe('One entry for each request.'),
	shape({ container: z.literal('none') }).describe('No body: the path says it all.'),
]);

export type Body = z.output<typeof body>;
