// Entries by the profile's rules, which are compiled once for a run.

import type { Entry, Issue, Prepared } from '../../engine/types';
import { compileAttributes, compileIds, compileText, refused, type Check, type Checked } from '../cells/checks';
import { hidden, issueOf } from '../cells/finding';
import { cannotClear, missing } from '../cells/notAllowed';
import { isExtra, isMade, isRequired, usedFields, type Mode, type Rules } from '../../protocol/fields/fieldUse';
import type { ExtraField, Field } from '../../protocol/profile/fields';
import { generated } from '../../protocol/fields/generate';

export { neededFields, usedFields, type Mode } from '../../protocol/fields/fieldUse';

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
export function compileFields(profile: Rules, kind: 'user' | 'group', mode: Mode): Validate {
	const { user } = profile.fields;
	const checks = usedFields(profile, kind, mode).flatMap(([name, field]) =>
		isExtra(field) ? checkOfExtra(name, field, mode, user.userId) : checkOf(name, field, mode, user.userId),
	);
	const idName = kind === 'user' ? 'userId' : 'groupId';
	return (values, columnOf) => {
		const fields: Record<string, unknown> = {};
		const issues: Issue[] = [];
		let made: string[] | undefined;
		for (const [name, check] of checks) {
			const result = check(values[name]);
			if (!result.ok) for (const finding of result.findings) issues.push(issueOf(name, finding, columnOf));
			else if (result.value !== undefined) fields[name] = result.value;
			if (result.ok && result.made) (made ??= []).push(name);
		}
		if (issues.length > 0) return { ok: false, issues };
		const id = String(fields[idName]);
		if (fields.memberIds === undefined) return new Sound(new SoundEntry(id, fields, undefined, made));
		const { memberIds, ...others } = fields;
		return new Sound(new SoundEntry(id, others, textsOf(memberIds), made));
	};
}

/** Classes, for V8 takes literals of which many are in use to be long-lived: what those hold is collected late. */
class Sound {
	readonly ok = true;

	constructor(readonly entry: Entry) {}
}

class SoundEntry implements Entry {
	constructor(
		readonly id: string,
		readonly fields: Entry['fields'],
		readonly memberIds: Entry['memberIds'],
		readonly made: Entry['made'],
	) {}
}

/** The canonical name of a field and what it may hold. */
type NamedCheck = readonly [name: string, check: Check];

/** A field that only this service has: a value is made where a row gives none, and a secret is never repeated. */
function checkOfExtra(name: string, field: ExtraField, mode: Mode, userId: Field): NamedCheck[] {
	const { generate, secret } = field;
	const madeOf = isMade(field, mode) ? generate : undefined;
	const plain: Field = {
		...bare(userId),
		...field,
		type: field.type,
		required: madeOf === undefined ? field.required : 'never',
	};
	return checkOf(name, plain, mode, userId).map(([known, check]) => {
		const told: Check = secret ? (value) => hide(check(value)) : check;
		if (madeOf === undefined) return [known, told];
		return [
			known,
			(value) => {
				const result = told(value);
				return result.ok && result.value === undefined ? { ok: true, value: generated(madeOf), made: true } : result;
			},
		];
	});
}

function hide(result: Checked): Checked {
	return result.ok ? result : { ok: false, findings: result.findings.map(hidden) };
}

/** A field's check in this mode; none where the mode has no use for the field. */
function checkOf(name: string, field: Field, mode: Mode, userId: Field): NamedCheck[] {
	const isNeeded = isRequired(name, field, mode);
	const isUsed = isNeeded || mode === 'create' || mode === 'update' || mode === 'verify';
	if (!isUsed) return [];
	const check = ruleOf(field, mode, userId);
	if (isNeeded) return [[name, needed(name, check)]];
	if (mode !== 'update') return [[name, check]];
	return [[name, field.required === 'never' && field.type !== 'userIds' ? clearable(check) : unclearable(check)]];
}

function ruleOf(field: Field, mode: Mode, userId: Field): Check {
	switch (field.type) {
		case 'userIds':
			return compileIds({ ...userId, type: 'id' }, (id) => (userId.caseSensitive ? id : id.toLowerCase()));
		case 'attributes':
			return compileAttributes(mode === 'verify' ? { ...field, attributes: undefined } : field, mode === 'update');
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
	return {
		wire: field.wire,
		type: 'text',
		required: 'never',
		not: [],
		notStartingWith: [],
		caseSensitive: true,
		includesOwner: false,
		writeOnly: false,
		unsent: false,
	};
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

function textsOf(value: unknown): readonly string[] {
	return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
