// The rules that a profile gives for a field, compiled into one check.

import { parseCharacterSet } from '../../protocol/language/characters';
import { isRecord } from '../../protocol/language/pointer';
import type { Field } from '../../protocol/profile/fields';
import type { Finding } from './finding';
import * as formats from './formats';
import {
	badAttribute,
	badCharacter,
	brokenCharacter,
	notAllowed,
	notSeparated,
	reservedStart,
	tooLong,
	tooManyAttributes,
	tooShort,
} from './notAllowed';
import { notAList, notAnObject, notText } from './unreadable';

export type Checked =
	| {
			readonly ok: true;
			readonly value: unknown;
			/** The row did not give it, the node made it. */
			readonly made?: true;
	  }
	| { readonly ok: false; readonly findings: readonly Finding[] };

/** Turns one value into what is sent, or says what is wrong with it. `undefined` stands for "not given". */
export type Check = (value: unknown) => Checked;

const ABSENT: Checked = { ok: true, value: undefined };

export function refused(...findings: readonly Finding[]): Checked {
	return { ok: false, findings };
}

function checked(value: unknown, findings: readonly Finding[]): Checked {
	return findings.length === 0 ? { ok: true, value } : { ok: false, findings };
}

/** Half of a surrogate pair: it is no character and has no UTF-8. */
const BROKEN = /\p{Cs}/u;

/** What people write between ids, and what may as well be a slip of the pen within one. */
const SEPARATOR = /\S[\s/\\|+&:]+\S/;

/** Of more bad ids in one cell nobody needs the number. */
const MOST_BAD_COUNTED = 1_000;

/** A rule for a text that is not empty. */
type Rule = (text: string) => Finding | undefined;

/** Text by the field's rules; white space around it is taken away, and nothing but white space is "not given". */
export function compileText(field: Field): Check {
	const rules = rulesOf(field);
	return (value) => {
		if (value === undefined || value === null) return ABSENT;
		if (typeof value !== 'string') return refused(notText(value));
		const text = value.trim();
		if (text === '') return ABSENT;
		return checked(text, findingsOf(text, rules));
	};
}

/** A list of ids, each by the rules of `idField`; an id that comes again is taken once. */
export function compileIds(idField: Field, fold: (id: string) => string): Check {
	const rules = rulesOf(idField);
	return (value) => {
		if (value === undefined || value === null) return ABSENT;
		if (!Array.isArray(value)) return refused(notAList(value));
		const ids = new Map<string, string>();
		const bad: Finding[] = [];
		for (const item of value) {
			if (bad.length > MOST_BAD_COUNTED) break;
			const id: unknown = typeof item === 'string' ? item.trim() : item;
			if (typeof id !== 'string') bad.push(notText(id));
			else if (id !== '') {
				const [finding] = findingsOf(id, rules);
				if (finding !== undefined) bad.push(SEPARATOR.test(id) ? notSeparated(finding) : finding);
				else if (!ids.has(fold(id))) ids.set(fold(id), id);
			}
		}
		const [first, ...others] = bad;
		if (first === undefined) return ids.size === 0 ? ABSENT : checked([...ids.values()], []);
		const count = others.length < MOST_BAD_COUNTED ? others.length : `At least ${MOST_BAD_COUNTED}`;
		const more = others.length === 0 ? '' : ` ${count} more of the ids there cannot be used either.`;
		return refused({ ...first, fix: (place) => `${first.fix(place)}${more}` });
	};
}

/** A flat map. Its names are the user's: they are data and never become a prototype (law 12). */
export function compileAttributes(field: Field, keepsNull: boolean): Check {
	const { maxNames = Infinity, maxValueCharacters = Infinity } = field.attributes ?? {};
	return (value) => {
		if (value === undefined || value === null) return ABSENT;
		if (!isRecord(value)) return refused(notAnObject(value));
		const attributes: Record<string, unknown> = Object.create(null);
		const findings: Finding[] = [];
		let count = 0;
		for (const [name, item] of Object.entries(value)) {
			if (item === undefined || (item === null && !keepsNull)) continue;
			const finding = attributeFinding(name, item, maxValueCharacters);
			if (finding !== undefined) findings.push({ ...finding, attribute: name });
			attributes[name] = item;
			count++;
		}
		if (count > maxNames) findings.push(tooManyAttributes(count, maxNames));
		return count === 0 ? ABSENT : checked(attributes, findings);
	};
}

function attributeFinding(name: string, value: unknown, maxCharacters: number): Finding | undefined {
	if (name.trim() === '') return notAllowed(name);
	if (BROKEN.test(name)) return brokenCharacter(name);
	if (value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)))
		return undefined;
	if (typeof value !== 'string') return badAttribute(value);
	if (BROKEN.test(value)) return brokenCharacter(value);
	return isAtMost(value, maxCharacters) ? undefined : tooLong(value, maxCharacters, 'characters');
}

const NONE: readonly Finding[] = [];

function findingsOf(text: string, rules: readonly Rule[]): readonly Finding[] {
	let findings: Finding[] | undefined;
	for (const rule of rules) {
		const finding = rule(text);
		if (finding !== undefined) (findings ??= []).push(finding);
	}
	return findings ?? NONE;
}

function rulesOf({ bytes, characters, characterSet, not, notStartingWith, type }: Field): readonly Rule[] {
	const set = characterSet === undefined ? undefined : parseCharacterSet(characterSet);
	// A dot or two can never be a part of a path, whatever the profile says (law 12).
	const impossible = new Set(type === 'id' ? [...not, '.', '..'] : not);
	const rules: Array<Rule | undefined> = [
		(text) => (BROKEN.test(text) ? brokenCharacter(text) : undefined),
		set && ruleOfSet(set),
		impossible.size === 0 ? undefined : (text) => (impossible.has(text) ? notAllowed(text) : undefined),
		notStartingWith.length === 0 ? undefined : ruleOfStarts(notStartingWith),
		...lengthRules(bytes, 'bytes', (text, max) => text.length * 3 <= max || Buffer.byteLength(text) <= max),
		...lengthRules(characters, 'characters', isAtMost),
		formatOf(type),
	];
	return rules.filter((rule) => rule !== undefined);
}

function ruleOfSet(set: NonNullable<ReturnType<typeof parseCharacterSet>>): Rule {
	return (text) => {
		const outside = set.firstOutside(text);
		return outside === undefined ? undefined : badCharacter(text, outside, set.shown);
	};
}

function ruleOfStarts(starts: readonly string[]): Rule {
	return (text) => {
		const reserved = starts.find((start) => text.startsWith(start));
		return reserved === undefined ? undefined : reservedStart(text, reserved);
	};
}

function lengthRules(span: Field['bytes'], unit: string, isAtMostOf: (text: string, max: number) => boolean): Rule[] {
	const { min = 0, max } = span ?? {};
	const rules: Rule[] = [];
	if (max !== undefined) rules.push((text) => (isAtMostOf(text, max) ? undefined : tooLong(text, max, unit)));
	if (min > 1) rules.push((text) => (isAtMostOf(text, min - 1) ? tooShort(text, min, unit) : undefined));
	return rules;
}

function formatOf(type: Field['type']): Rule | undefined {
	switch (type) {
		case 'url':
			return formats.url;
		case 'email':
			return formats.email;
		case 'phone':
			return formats.phone;
		case 'dateTime':
			return formats.dateTime;
		default:
			return undefined;
	}
}

/** Counts characters, not UTF-16 units: an emoji is one. */
function isAtMost(text: string, max: number): boolean {
	if (text.length <= max) return true;
	return text.length <= max * 2 && [...text].length <= max;
}
