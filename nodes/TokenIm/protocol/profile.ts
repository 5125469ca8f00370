// The profile: one JSON document that says how a service speaks. Everything in protocol/ reads it; nothing here knows
// a path, a name or a code of any service.

import { z } from 'zod';

import { refusals } from './format/answers';
import { authentication, idempotency, jobs, requestId } from './format/authentication';
import { fields } from './format/fields';
import { operations, planLimits } from './format/operations';
import { shape } from './format/text';

const profile = shape({
	/** Version of this format. */
	format: z.literal(1),
	name: z.string().min(1).max(80),
	/** The document that the profile was written from, and when. */
	source: z.string(),
	asOf: z.string().date(),
	/** How long the query endpoints may lag a write. */
	readLagMs: z.number().int().min(0).max(60_000),
	/** Larger answers are not read. */
	maxAnswerBytes: z
		.number()
		.int()
		.min(1024)
		.max(8 * 1024 * 1024),
	authentication,
	requestId: requestId.optional(),
	idempotency: idempotency.optional(),
	fields,
	limits: planLimits,
	operations,
	jobs: jobs.optional(),
	refusals,
});

export type Profile = z.output<typeof profile>;

/** What is wrong with a profile, where, and what is allowed there. */
export class ProfileMistake extends Error {
	constructor(
		/** The keys that lead to the place, joined by dots; `(top)` for the document itself. */
		readonly path: string,
		readonly allowed: string,
	) {
		super(`The API profile cannot be used. At ${path}: ${allowed}.`);
		this.name = 'ProfileMistake';
	}
}

/**
 * Reads a profile from parsed JSON.
 *
 * @throws ProfileMistake at the first place that the format does not allow
 */
export function readProfile(json: unknown): Profile {
	const read = profile.safeParse(json, { errorMap: describe });
	if (read.success) return read.data;
	const [first] = read.error.issues;
	const path = first === undefined || first.path.length === 0 ? '(top)' : first.path.join('.');
	throw new ProfileMistake(path, first?.message ?? 'this is not a profile');
}

const describe: z.ZodErrorMap = (issue, context) => {
	switch (issue.code) {
		case 'invalid_type':
			return {
				message:
					issue.received === 'undefined'
						? `this key is required (${issue.expected})`
						: `expected ${issue.expected}, found ${issue.received}`,
			};
		case 'invalid_enum_value':
			return { message: `allowed here: ${issue.options.join(', ')}` };
		case 'invalid_literal':
			return { message: `allowed here: ${JSON.stringify(issue.expected)}` };
		case 'invalid_union_discriminator':
			return { message: `allowed here: ${issue.options.map(String).join(', ')}` };
		default:
			return { message: context.defaultError };
	}
};
