// Answers as the documents of a service show them, kept beside what is said of them: `npm run profile -- check` reads
// them by the profile. The node does not use them.

import { z } from 'zod';

import { ENDPOINTS, REFUSAL_CLASSES } from './refusals';
import { headerName, shape } from './text';

/** What an answer can say of one entry. */
const FATES = [
	'created',
	'updated',
	'exists',
	'deleted',
	'absent',
	'added',
	'found',
	'missing',
	'unproved',
	'failed',
	'unanswered',
] as const;

const sample = shape({
	operation: z.enum(ENDPOINTS).describe('Whose answer it is.'),
	what: z.string().max(200).optional().describe('What it shows, for people.'),
	status: z.number().int().min(100).max(599).default(200).describe('Its HTTP status.'),
	headers: z.record(headerName, z.string().max(1000)).default({}).describe('Headers of it that say something.'),
	body: z.unknown().describe('Its body, as the document shows it.'),
	text: z.string().max(100_000).optional().describe('Its body where it is no JSON.'),
	ids: z
		.array(z.string().min(1).max(512))
		.max(100)
		.default([])
		.describe('Whom its request was about, as rows give the ids; left out for made-up ones.'),
	means: z
		.union([z.record(z.string().max(512), z.enum(FATES)), z.enum(REFUSAL_CLASSES)])
		.optional()
		.describe(
			'What the document says that it means: by id what became of each entry, or one class of refusal. `check` says where the profile reads it otherwise.',
		),
});

export const samples = z.array(sample).max(200);

export type Sample = z.output<typeof sample>;
