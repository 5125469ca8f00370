// How a profile says how everybody is listed, page by page.

import { z } from 'zod';

import { active } from './answers';
import { encoding, json } from './body';
import { success } from './refusals';
import { codeText, pathTemplate, pointer, shape, template, wireName } from './text';

const PAGE_LIMITS = ['usersPerPage', 'groupsPerPage', 'idsPerQuery'] as const;

/** How one page leads to the next. */
const pages = z
	.discriminatedUnion('by', [
		shape({
			by: z.literal('cursor'),
			next: pointer.describe('Where a page carries the cursor of the next one; the last page has none.'),
			link: wireName
				.optional()
				.describe(
					'Where that is a link: the parameter of its query that is the cursor. The link itself is never called.',
				),
			end: z
				.array(codeText)
				.max(10)
				.default([])
				.describe('Cursors which say that there is no further page, such as 0.'),
			first: z
				.union([z.string().max(1000), z.number().int()])
				.optional()
				.describe('The cursor of the first page, where one must be sent.'),
		}).describe('Each page carries the cursor of the next one.'),
		shape({
			by: z.literal('number'),
			first: z.number().int().min(0).max(1).default(1).describe('The number of the first page.'),
		}).describe(
			'Pages are numbered, and an empty one is the end. Who is listed may move between pages while they are read.',
		),
		shape({
			by: z.literal('offset'),
			total: pointer.optional().describe('Where a page tells how many there are; without it an empty page is the end.'),
		}).describe('A page begins after so many. Who is listed may move between pages while they are read.'),
		shape({ by: z.literal('whole') }).describe('One answer lists all.'),
	])
	.describe('How one page leads to the next; `{cursor}` and `{limit}` stand in query or body.');

const role = shape({
	at: pointer.describe('Where the element says it.'),
	words: z.record(z.string(), z.enum(['owner', 'member'])).describe("The service's words."),
})
	.optional()
	.describe('Members: what somebody is in the group.');

const listAnswer = shape({
	at: pointer.describe('The list.'),
	id: pointer.optional().describe('Where an element carries its id; without it each element is an id itself.'),
	form: template
		.refine((text) => text.split('{id}').length === 2, 'write {id} once')
		.optional()
		.describe('How ids are written in the list, where it is not as elsewhere, such as `{id}@{mucService}`.'),
	only: shape({
		at: pointer.describe('Where in an element it stands.'),
		equals: template.describe('What must stand there; may hold `{name}`s.'),
	})
		.optional()
		.describe('What must stand somewhere in an element; others are left out, such as members from elsewhere.'),
	imId: pointer.optional().describe("The service's own id."),
	active,
	role,
});

const listBody = z.discriminatedUnion('container', [
	shape({
		container: z.literal('single'),
		json: z
			.record(wireName, json)
			.default({})
			.describe('What is written; `{cursor}`, `{limit}`, `{groupId}` and values.'),
		...encoding,
	}).describe('One object.'),
	shape({ container: z.literal('none') }).describe('No body.'),
]);

/** A list; `entries` names the limit of its pages. */
export const list = (entries: (typeof PAGE_LIMITS)[number]) =>
	shape({
		method: z.enum(['GET', 'POST']),
		path: pathTemplate.describe('The path after the base URL.'),
		query: z
			.record(wireName, template)
			.default({})
			.describe('Parameters of the query. One that is `{cursor}` or `{limit}` alone is left out where there is none.'),
		body: listBody.default({ container: 'none' }),
		success: success.optional(),
		limits: shape({ entries: z.enum(PAGE_LIMITS).default(entries) })
			.default({})
			.describe('Which limit of the plan holds for its pages.'),
		most: shape({
			entries: z.number().int().min(1).optional().describe('Entries on one page.'),
			source: z.string().optional(),
			asOf: z.string().date().optional(),
		}).optional(),
		pages,
		answer: listAnswer,
	});

export type ListRule = z.output<ReturnType<typeof list>>;
export type Pages = ListRule['pages'];
