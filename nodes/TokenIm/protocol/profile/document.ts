// The form of a profile: which keys the document may have, and what may stand there.

import { z } from 'zod';

import { authentication, idempotency, jobs, requestId } from './authentication';
import { fields } from './fields';
import { baseUrl, failover } from './addresses';
import { planLimits } from './limits';
import { operations } from './operations';
import { refusals, success } from './refusals';
import { samples } from './samples';
import { sentence, shape } from './text';
import { declaredValues } from './values';

/** Checks the form alone; what the parts of a profile ask of each other is checked after it. */
export const profileSchema = shape({
	$schema: z.string().max(300).optional().describe('Where editors find what is allowed; not read.'),
	format: z.literal(1).describe('Version of this format.'),
	name: z.string().min(1).max(80).describe('The name of the service, for people.'),
	source: z.string().describe('The documents that the profile was written from.'),
	asOf: z.string().date().describe('When they were read.'),
	notes: z
		.array(z.string().max(1000))
		.max(50)
		.default([])
		.describe('What whoever reads the profile should know; not read by the node.'),
	baseUrl,
	failover,
	values: declaredValues,
	readLagMs: z
		.number()
		.int()
		.min(0)
		.max(60_000)
		.describe(
			'How long look-ups may lag a write, in milliseconds. Where no document says it: 1000, or 0 for one server with one database. Too little makes look-ups say `missing` of what was just written; too much costs that wait, once for each look-up that finds less than it should.',
		),
	maxAnswerBytes: z
		.number()
		.int()
		.min(1024)
		.max(8 * 1024 * 1024)
		.default(8 * 1024 * 1024)
		.describe('Larger answers are not read.'),
	authentication: authentication.describe('How requests are signed, and what every one of them carries.'),
	requestId: requestId.optional().describe('The id by which a request is found again in the log of the service.'),
	idempotency: idempotency.optional().describe('Where the service knows keys that keep a write from being done twice.'),
	fields,
	limits: planLimits.describe('What one request may hold, and how many may go.'),
	credentialTest: shape({
		userId: z.string().min(1).max(64).describe('An id that the credential test looks up; it need not exist.'),
	})
		.optional()
		.describe('How the credential is tested where there is no `limits.discovery`.'),
	success: success.default({}).describe('What the answer to any request must say to be a success.'),
	operations: operations.describe(
		'What the node can ask of the service, each with its request and its answer, or why not.',
	),
	jobs: jobs.optional().describe('Where the service may turn a request into a job.'),
	refusals: refusals.describe('What it means when a request is refused.'),
	cures: z
		.record(z.string().min(1).max(100), sentence)
		.default({})
		.describe(
			"How a row that was refused is mended, by the code of its entry: stands behind the service's text. Where `says`, or `say` of a refusal, holds for the code, that stands alone.",
		),
	samples: samples
		.default([])
		.describe(
			'Answers as the documents show them; `check` reads them by the profile. They may stand in a file beside it: `my-service.samples.json`. Not read by the node.',
		),
});

/** A profile as it was read: every default is there. */
export type ProfileDocument = z.output<typeof profileSchema>;
