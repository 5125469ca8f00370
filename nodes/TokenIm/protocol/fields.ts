// Entries by the profile's rules: the rules of all its fields become one schema for a run.

import { z } from 'zod';

import type { Issue, Prepared } from '../engine/types';
import { compileAttributes, compileIds, compileText } from './checks';
import { cannotClear, issueOf, missing, refused, type Check, type Checked } from './findings';
import { isExtra, isMade, isRequired, usedFields, type Mode, type Rules } from './fieldUse';
import type { ExtraField, Field } from './format/fields';
import { generated } from './generate';
import { isRecord } from './pointer';

export { neededFields, usedFields, type Mode } from './fieldUse';

/**
 * Turns a row's values into an entry, or says everything that is wrong with them.
 *
 * @param values by canonical field name, cleaned: texts, `attributes` an object, `memberIds` a list, `null` to clear
 * @param columnOf the column that a field came from; asked for `attributes.NAME` before `attributes`
 */
export type Validate = (
	values: Readonly<Record<string, unknown>>,
	columnOf: (field: string) => string | null,
) => Prepared;

/** Compiles the profile's rules for users or groups, once a run. */
export function compileFields(
	profile: Rules,
	kind: 'user' | 'group',
	mode: Mode,
): Validate {
	const { user } = profile.fields;
	const checks = usedFields(profile, kind, mode).flatMap(([name, field]) =>
		isExtra(field) ? checkOfExtra(name, field, mode, user.userId) : checkOf(name, field, mode, user.userId),
	);
	const schema = schemaOf(checks);
	const idName = kind === 'user' ? 'userId' : 'groupId';
	return (values, columnOf) => {
		const parsed = schema.safeParse(values);
		if (!parsed.success) return { ok: false, issues: issuesOf(parsed.error, checks, values, columnOf) };
		const id = String(parsed.data[idName]);
		if (parsed.data.memberIds === undefined) return { ok: true, entry: { id, fields: parsed.data } };
		const { memberIds, ...fields } = parsed.data;
		return { ok: true, entry: { id, fields, memberIds: textsOf(memberIds) } };
	};
}

/** The canonical name of a field and what it may hold. */
type NamedCheck = readonly [name: string, check: Check];

/** One transform for the whole entry: zod takes 1.6 µs for each, and a row has 15 µs for everything. */
function schemaOf(checks: readonly NamedCheck[]): z.ZodType<Record<string, unknown>, z.ZodTypeDef, unknown> {
	return z.unknown().transform((values, context) => {
		const fields: Record<string, unknown> = {};
		if (!isRecord(values)) return fields;
		for (const [name, check] of checks) {
			const result = check(values[name]);
			if (!result.ok) context.addIssue({ code: 'custom', path: [name] });
			else if (result.value !== undefined) fields[name] = result.value;
		}
		return fields;
	});
}

/** A field that only this service has: a value is made where a row gives none, and a secret is never repeated. */
function checkOfExtra(name: string, field: ExtraField, mode: Mode, userId: Field): NamedCheck[] {
	const { generate, secret } = field;
	const madeOf = isMade(field, mode) ? generate : undefined;
	const plain: Field = { ...bare(userId), ...field, type: field.type, required: madeOf === undefined ? field.required : 'never' };
	return checkOf(name, plain, mode, userId).map(([known, check]) => {
		const hidden: Check = secret ? (value) => hide(check(value)) : check;
		if (madeOf === undefined) return [known, hidden];
		return [known, (value) => {
			const result = hidden(value);
			return result.ok && result.value === undefined ? { ok: true, value: generated(madeOf) } : result;
		}];
	});
}

function hide(result: Checked): Checked {
	return result.ok ? result : { ok: false, findings: result.findings.map((finding) => ({ ...finding, found: finding.found === '' ? '' : '(hidden)', ...(finding.code === 'bad_characters' ? { fix: (place: string) => `Write ${place} with the allowed characters only.` } : {}) })) };
}

/** A field's check in this mode; none where the mode has no use for the field. */
function checkOf(name: string, field: Field, mode: Mode, userId: Field): NamedCheck[] {
	const isNeeded = isRequired(name, field, mode);
	const isUsed = isNeeded || mode === 'create' || mode === 'update' || mode === 'verify';
	if (!isUsed) return [];
	const check = ruleOf(field, mode, userId);
	if (isNeeded) return [[name, needed(name, check)]];
	if (mode !== 'update') return [[name, check]];
	return [
		[name, field.required === 'never' && field.type !== 'userIds' ? clearable(check) : unclearable(check)],
	];
}

function ruleOf(field: Field, mode: Mode, userId: Field): Check {
	switch (field.type) {
		case 'userIds':
			return compileIds({ ...userId, type: 'id' }, (id) => (userId.caseSensitive ? id : id.toLowerCase()));
		case 'attributes':
			return compileAttributes(
				mode === 'verify' ? { ...field, attributes: undefined } : field,
				mode === 'update',
			);
		case 'userId':
			return mode === 'verify' ? compileText(bare(field)) : compileText(userId);
		case 'id':
			return compileText(field);
		default:
			return compileText(mode === 'verify' ? bare(field) : field);
	}
}

/** Text without rules: Verify compares what the sheet says, allowed or not. */
function bare(field: Field): Field {
	return { wire: field.wire, type: 'text', required: 'never', not: [], notStartingWith: [], caseSensitive: true, includesOwner: false, writeOnly: false, unsent: false };
}

function needed(name: string, check: Check): Check {
	return (value) => {
		const result = check(value);
		return result.ok && result.value === undefined ? refused(missing(name)) : result;
	};
}

function clearable(check: Check): Check {
	return (value) => (value === null ? { ok: true, value: null } : check(value));
}

function unclearable(check: Check): Check {
	return (value) => (value === null ? refused(cannotClear()) : check(value));
}

/** Every finding about every field that the schema refused, in the order of the profile's fields. */
function issuesOf(
	error: z.ZodError,
	checks: readonly NamedCheck[],
	values: Readonly<Record<string, unknown>>,
	columnOf: (field: string) => string | null,
): Issue[] {
	const refusedFields = new Set(error.issues.map(({ path }) => path[0]));
	return checks
		.filter(([name]) => refusedFields.has(name))
		.flatMap(([name, check]) => {
			const result = check(values[name]);
			return result.ok ? [] : result.findings.map((finding) => issueOf(name, finding, columnOf));
		});
}

function textsOf(value: unknown): readonly string[] {
	return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
