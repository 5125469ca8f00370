// The profile: one JSON document that says how a service speaks. Everything in protocol/ reads it; nothing here knows
// a path, a name or a code of any service.

import type { z } from 'zod';

import { jsonBreak } from '../language/jsonPlace';
import { contradictions } from './consistency';
import { profileSchema, type ProfileDocument } from './document';
import { misplacedNames } from './names';
import { samples, type Sample } from './samples';

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
	const read = readAll(json);
	if ('profile' in read) return read.profile;
	throw read.mistakes[0];
}

type ReadAll =
	| { readonly profile: Profile }
	| { readonly mistakes: readonly [first: ProfileMistake, ...others: ProfileMistake[]] };

/** As {@link parseProfile}, with every mistake that can be seen at once. What parts ask of each other shows once each is well formed. */
export function parseWhole(text: string): ReadAll {
	if (Buffer.byteLength(text) > MAX_PROFILE_BYTES)
		return { mistakes: [new ProfileMistake('(top)', `at most ${MAX_PROFILE_BYTES / 1024} KB are allowed`)] };
	const json = parsed(text);
	return json instanceof ProfileMistake ? { mistakes: [json] } : readAll(json);
}

/**
 * Reads samples from the text of a file of their own.
 *
 * @throws ProfileMistake at the first place that the format does not allow
 */
export function parseSamples(text: string): readonly Sample[] {
	const json = parsed(text);
	if (json instanceof ProfileMistake) throw json;
	const read = samples.safeParse(json, { errorMap: describe });
	if (read.success) return read.data;
	throw mistakeAt(read.error.issues.flatMap(meant)[0]);
}

function readAll(json: unknown): ReadAll {
	const read = profileSchema.safeParse(json, { errorMap: describe });
	if (!read.success) {
		const [first, ...others] = read.error.issues.flatMap(meant).map(mistakeAt);
		return { mistakes: [first ?? mistakeAt(undefined), ...others] };
	}
	const contradicting = [...misplacedNames(read.data), ...contradictions(read.data)];
	const [first, ...others] = contradicting.map(({ path, allowed }) => new ProfileMistake(path.join('.'), allowed));
	return first === undefined ? { profile: read.data } : { mistakes: [first, ...others] };
}

/**
 * Reads a profile from its text.
 *
 * @throws ProfileMistake when the text is too long, no JSON, or no profile
 */
export function parseProfile(text: string): Profile {
	const read = parseWhole(text);
	if ('profile' in read) return read.profile;
	throw read.mistakes[0];
}

/** What the text says; undefined stands for nothing that JSON can say. */
function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		const { line, column, expected } = jsonBreak(text) ?? { line: 1, column: 1, expected: 'JSON' };
		return new ProfileMistake(
			'(top)',
			`this is no JSON from line ${line}, column ${column} on; expected there: ${expected}`,
		);
	}
}

function mistakeAt(issue: z.ZodIssue | undefined): ProfileMistake {
	const path = issue === undefined || issue.path.length === 0 ? '(top)' : issue.path.join('.');
	return new ProfileMistake(path, issue?.message ?? 'this is not a profile');
}

/** Of several forms, the one that was meant tells what is wrong: the one with the least to say. */
function meant(issue: z.ZodIssue): z.ZodIssue[] {
	if (issue.code !== 'invalid_union') return [issue];
	const [nearest] = [...issue.unionErrors].sort((one, other) => distance(one) - distance(other));
	const heads = issue.unionErrors.flatMap(({ issues }) => issues.slice(0, 1));
	const here = heads.filter((head) => head.code === 'invalid_type' && head.path.length === issue.path.length);
	if (here.length < heads.length) return (nearest?.issues ?? []).flatMap(meant);
	const isMissing = here.some((head) => 'received' in head && head.received === 'undefined');
	const isNested = here.some((head) => 'received' in head && head.received === 'object');
	const hint = isNested && issue.path.some((key) => key === 'constants' || key === 'each') ? DOTS : '';
	return [{ ...issue, message: isMissing ? 'this key is required' : `expected ${wordsOf(heads)}${hint}` }];
}

const DOTS = '; what lies deeper is written by its keys joined by dots, such as "data.type": 1';

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
