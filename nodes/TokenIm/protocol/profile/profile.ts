// The profile: one JSON document that says how a service speaks. Everything in protocol/ reads it; nothing here knows
// a path, a name or a code of any service.

import { z } from 'zod';

import { contradictions } from './consistency';
import { authentication, idempotency, jobs, requestId } from './authentication';
import { fields } from './fields';
import { baseUrl, failover } from './addresses';
import { planLimits } from './limits';
import { operations } from './operations';
import { refusals, success } from './refusals';
import { shape } from './text';
import { declaredValues } from './values';
import { misplacedNames } from './names';

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
	readLagMs: z.number().int().min(0).max(60_000).describe('How long look-ups may lag a write, in milliseconds.'),
	maxAnswerBytes: z
		.number()
		.int()
		.min(1024)
		.max(8 * 1024 * 1024)
		.default(8 * 1024 * 1024)
		.describe('Larger answers are not read.'),
	authentication,
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
	operations,
	jobs: jobs.optional().describe('Where the service may turn a request into a job.'),
	refusals: refusals.describe('What it means when a request is refused.'),
});

export type ProfileDocument = z.output<typeof profileSchema>;

/** A profile, and the values for its `{name}`s, secrets not among them. */
export interface Profile extends ProfileDocument {
	readonly given?: Readonly<Record<string, string>>;
}

/** A profile is at most this long. */
export const MAX_PROFILE_BYTES = 256 * 1024;

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
	const read = profileSchema.safeParse(json, { errorMap: describe });
	if (!read.success) throw mistakeAt(deepest(read.error.issues[0]));
	const [first] = [...misplacedNames(read.data), ...contradictions(read.data)];
	if (first !== undefined) throw new ProfileMistake(first.path.join('.'), first.allowed);
	return read.data;
}

/**
 * Reads a profile from its text.
 *
 * @throws ProfileMistake when the text is too long, no JSON, or no profile
 */
export function parseProfile(text: string): Profile {
	if (Buffer.byteLength(text) > MAX_PROFILE_BYTES)
		throw new ProfileMistake('(top)', `at most ${MAX_PROFILE_BYTES / 1024} KB are allowed`);
	const json = parsed(text);
	if (json === undefined)
		throw new ProfileMistake('(top)', 'this is no JSON; check commas, quotation marks and brackets');
	return readProfile(json);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function mistakeAt(issue: z.ZodIssue | undefined): ProfileMistake {
	const path = issue === undefined || issue.path.length === 0 ? '(top)' : issue.path.join('.');
	return new ProfileMistake(path, issue?.message ?? 'this is not a profile');
}

/** Of several forms, the one that was meant tells what is wrong: the one with the least to say. */
function deepest(issue: z.ZodIssue | undefined): z.ZodIssue | undefined {
	if (issue?.code !== 'invalid_union') return issue;
	const [nearest] = [...issue.unionErrors].sort((one, other) => distance(one) - distance(other));
	const [first] = nearest?.issues ?? [];
	const heads = issue.unionErrors.flatMap(({ issues }) => issues.slice(0, 1));
	const here = heads.filter((head) => head.code === 'invalid_type' && head.path.length === issue.path.length);
	if (here.length < heads.length) return deepest(first);
	const isMissing = here.some((head) => 'received' in head && head.received === 'undefined');
	return { ...issue, message: isMissing ? 'this key is required' : `expected ${wordsOf(heads)}` };
}

function wordsOf(issues: readonly z.ZodIssue[]): string {
	return [...new Set(issues.flatMap((one) => ('expected' in one ? [String(one.expected)] : [])))].join(' or ');
}

function distance(error: z.ZodError): number {
	return error.issues.reduce((sum, issue) => sum + 1 + (issue.code === 'unrecognized_keys' ? issue.keys.length : 0), 0);
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
