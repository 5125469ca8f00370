// Send: Only What Differs. Users are looked up, compared with their rows as Verify does, and written only where they
// differ (law 15).

import { count } from '../engine/count';
import type { Call } from '../engine/call';
import type { Decision, LookFirst } from '../engine/operation';
import type { Entry, Foreseen, Outcome } from '../engine/types';
import { compileDefaults } from '../protocol/fields/defaults';
import { neededFields } from '../protocol/fields/fieldUse';
import type { Profile } from '../protocol/profile/profile';
import { compileUserFields } from './userFields';

type Fields = Readonly<Record<string, unknown>>;
type Found = Extract<Outcome, { readonly kind: 'found' }>;

export interface OnlyWhatDiffers extends LookFirst {
	/** What the user should know of rows that could not be compared. */
	hints(): readonly string[];
}

/**
 * @param query looks users up
 * @returns nothing where look-ups give back nothing that could be compared
 */
export function onlyWhatDiffers(profile: Profile, query: Call): OnlyWhatDiffers | undefined {
	const compared = compileUserFields(profile);
	if (!compared.hasAny) return undefined;
	const needed = neededFields(profile, 'user', 'create');
	const defaults = compileDefaults(profile, 'user');
	const neverGivenBack = new Set<string>();
	let incomparable = 0;
	let unanswered = 0;
	return {
		query,
		asks({ fields }) {
			const leftOut = notComparable(fields);
			// Who is new gets what the profile gives to new users, and only a look-up tells who is.
			if (leftOut.length === 0 || defaults.names.length > 0) return true;
			const mayBeEqual = givenIn(fields).length > leftOut.length;
			if (!mayBeEqual) note(leftOut);
			return mayBeEqual;
		},
		decide(entry, seen) {
			const { fields } = entry;
			if (seen.kind === 'missing') return creation(entry, seen);
			if (seen.kind !== 'found') {
				unanswered++;
				return { kind: 'send' };
			}
			const leftOut = notComparable(fields);
			if (leftOut.length > 0) note(leftOut);
			const changes = compared
				.differences(fields, seen.record)
				.map(({ field, expected, actual }) => ({ field, from: actual, to: expected }));
			const suspended = seen.active === false ? { active: false as const } : {};
			if (changes.length === 0 && leftOut.length === 0)
				return { kind: 'done', outcome: { kind: 'done', status: 'unchanged', imId: seen.imId, ...suspended } };
			const after = { ...seen, record: written(compared.givenBack(fields), seen.record) };
			const told = changes.length === 0 ? {} : { changes };
			return { kind: 'send', foreseen: { would: 'updated', before: seen, after, ...told, ...suspended } };
		},
		hints: () => [
			...(incomparable === 0
				? []
				: [
						`Look-ups do not give back ${[...neverGivenBack].join(', ')}: what stands there cannot be compared, so ${rows(incomparable)} with it went to the service whether or not they differ.`,
					]),
			...(unanswered === 0
				? []
				: [
						`No look-up told whether the users of ${rows(unanswered)} exist, so they went to the service without being compared.`,
					]),
		],
	};

	function notComparable(fields: Fields): readonly string[] {
		for (const name in fields)
			if (isGiven(fields, name) && !compared.has(name)) return givenIn(fields).filter(isLeftOut);
		return NONE;
	}

	function isLeftOut(name: string): boolean {
		return !compared.has(name);
	}

	function creation(entry: Entry, before: Outcome): Decision {
		const as = defaults.given(entry);
		const { fields } = as;
		const isWhole = needed.every((name) => fields[name] !== undefined && fields[name] !== null);
		const after: Found = { kind: 'found', record: written(compared.givenBack(fields), {}) };
		const foreseen: Foreseen = { would: isWhole ? 'created' : 'failed', before, after };
		return as === entry ? { kind: 'send', foreseen } : { kind: 'send', foreseen, as };
	}

	function note(names: readonly string[]): void {
		incomparable++;
		for (const name of names) neverGivenBack.add(name);
	}
}

/** Why every row is sent although only what differs was asked for. */
export function everyRowInstead(service: string): string {
	return `Every row went to the service: look-ups of ${service} give back nothing that could be compared, so Send acts as Every Row.`;
}

/** What new users lack where nobody looks who is new; none where the profile gives them nothing. */
export function notGivenToNew(profile: Profile): string[] {
	const { names } = compileDefaults(profile, 'user');
	if (names.length === 0) return [];
	return [
		`What the API profile gives to new users where their row does not (${names.join(', ')}) is not sent: without a look-up nobody knows who is new, and whoever exists would lose what stands there.`,
	];
}

/** The key may send but not look up: what to do about it, as long as nothing was written. */
export function toldWhenForbidden(query: Call, advice: () => string | undefined): Call {
	return {
		...query,
		read(exchange, nowMs, carried) {
			const reading = query.read(exchange, nowMs, carried);
			const isForbidden =
				exchange.kind === 'answer' &&
				exchange.status === 403 &&
				reading.kind === 'refused' &&
				reading.refusal.class === 'stop';
			const message = isForbidden ? advice() : undefined;
			return message === undefined || reading.kind !== 'refused'
				? reading
				: { ...reading, refusal: { ...reading.refusal, message } };
		},
	};
}

/** Names of the fields that a row gives, also to clear them; its id aside. */
function givenIn(fields: Fields): string[] {
	return Object.keys(fields).filter((name) => isGiven(fields, name));
}

function isGiven(fields: Fields, name: string): boolean {
	return name !== 'userId' && fields[name] !== undefined;
}

const NONE: readonly string[] = [];

/** A record after these fields were written: `null` clears, attributes merge by name. */
export function written(fields: Fields, record: Fields): Fields {
	const result = merged(fields, record);
	const { attributes } = fields;
	if (isMap(attributes)) result.attributes = merged(attributes, isMap(record.attributes) ? record.attributes : {});
	return result;
}

/** Without a prototype: a name such as `__proto__` is data (law 12). */
function merged(given: Fields, held: Fields): Record<string, unknown> {
	const result: Record<string, unknown> = Object.create(null);
	for (const [name, value] of Object.entries(held)) result[name] = value;
	for (const [name, value] of Object.entries(given)) {
		if (value === null) delete result[name];
		else if (value !== undefined) result[name] = value;
	}
	return result;
}

function isMap(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null;
}

function rows(many: number): string {
	return `${count(many)} ${many === 1 ? 'row' : 'rows'}`;
}
