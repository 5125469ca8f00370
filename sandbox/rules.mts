/** The contract's rules for one user and one group: an entry, or what is wrong with it. */
import type { AttributeValue } from './store/columns.mts';
import { isRecord } from './types.mts';

export interface EntryError {
	readonly code: string;
	readonly message: string;
	readonly field?: string;
	readonly retryable: boolean;
}

export type Checked<Entry> =
	| { readonly ok: true; readonly entry: Entry }
	| { readonly ok: false; readonly error: EntryError };

export type AttributeChanges = Readonly<Record<string, AttributeValue | null>>;

/** An absent field is `undefined`, a cleared one `null`. */
export interface UserEntry {
	readonly userId: string;
	readonly username?: string;
	readonly avatarUrl?: string | null;
	readonly registeredAt?: string | null;
	readonly email?: string | null;
	readonly phone?: string | null;
	readonly attributes?: AttributeChanges | null;
}

export interface GroupEntry {
	readonly groupId: string;
	readonly name?: string;
	readonly ownerId?: string;
	readonly memberIds: readonly string[];
	readonly description?: string | null;
	readonly avatarUrl?: string | null;
	readonly attributes?: AttributeChanges | null;
}

/** `userId` and `groupId`: 1 to 64 of `A-Z a-z 0-9 _ - . @`, not `.` or `..`. */
export function isId(value: unknown): value is string {
	return typeof value === 'string' && /^[A-Za-z0-9_\-.@]{1,64}$/.test(value) && value !== '.' && value !== '..';
}

export function checkUser(value: unknown): Checked<UserEntry> {
	if (!isRecord(value)) return notAnObject;
	const { userId, username, avatarUrl, registeredAt, email, phone, attributes } = value;
	if (!isId(userId)) return wrong('userId', 'invalid_user_id', 'must be 1 to 64 of A-Z a-z 0-9 _ - . @');
	if (!isAbsentOr(username, isName64)) return wrong('username', 'invalid_username', 'must be 1 to 64 characters');
	if (!isOptional(avatarUrl, isHttpUrl)) return wrongUrl;
	if (!isOptional(registeredAt, isInstant)) {
		return wrong('registeredAt', 'invalid_registered_at', 'must be RFC 3339 with an offset');
	}
	if (!isOptional(email, isEmail)) return wrong('email', 'invalid_email', 'must be an e-mail address');
	if (!isOptional(phone, isPhone))
		return wrong('phone', 'invalid_phone', 'must be a number in E.164, e.g. +8613800000000');
	if (!isOptional(attributes, isAttributes)) return wrongAttributes;
	const entry = { userId, username: username?.trim(), avatarUrl, registeredAt, email, phone, attributes };
	return { ok: true, entry };
}

export function checkGroup(value: unknown): Checked<GroupEntry> {
	if (!isRecord(value)) return notAnObject;
	const { groupId, name, ownerId, memberIds = [], description, avatarUrl, attributes } = value;
	if (!isId(groupId)) return wrong('groupId', 'invalid_group_id', 'must be 1 to 64 of A-Z a-z 0-9 _ - . @');
	if (!isAbsentOr(name, isName100)) return wrong('name', 'invalid_name', 'must be 1 to 100 characters');
	if (!isAbsentOr(ownerId, isId)) return wrong('ownerId', 'invalid_owner_id', 'must be the id of a user');
	if (!isTexts(memberIds)) return wrong('memberIds', 'invalid_member_ids', 'must be a list of user ids');
	if (!isOptional(description, isText)) return wrong('description', 'invalid_description', 'must be text');
	if (!isOptional(avatarUrl, isHttpUrl)) return wrongUrl;
	if (!isOptional(attributes, isAttributes)) return wrongAttributes;
	const entry = { groupId, name: name?.trim(), ownerId, memberIds, description, avatarUrl, attributes };
	return { ok: true, entry };
}

/** The error for a field of an entry; `rule` completes the sentence "username …". */
export function entryError(field: string, code: string, rule: string): EntryError {
	return { code, message: `${field} ${rule}`, field, retryable: false };
}

export const maxAttributes = 20;

export const tooManyAttributes = entryError(
	'attributes',
	'too_many_attributes',
	`must hold at most ${maxAttributes} names`,
);

function wrong(field: string, code: string, rule: string): Checked<never> {
	return { ok: false, error: entryError(field, code, rule) };
}

const notAnObject: Checked<never> = {
	ok: false,
	error: { code: 'invalid_entry', message: 'The entry must be an object.', retryable: false },
};
const wrongUrl = wrong('avatarUrl', 'invalid_avatar_url', 'must be an http(s) URL of at most 2048 characters');
const wrongAttributes = wrong(
	'attributes',
	'invalid_attributes',
	`must be flat: at most ${maxAttributes} names; text of at most 512 characters, finite numbers, true or false`,
);

function isAbsentOr<T>(value: unknown, is: (value: unknown) => value is T): value is T | undefined {
	return value === undefined || is(value);
}

function isOptional<T>(value: unknown, is: (value: unknown) => value is T): value is T | null | undefined {
	return value === undefined || value === null || is(value);
}

const isText = (value: unknown): value is string => typeof value === 'string';

const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);

const isName64 = (value: unknown): value is string => isText(value) && isNameOf(value, 64);
const isName100 = (value: unknown): value is string => isText(value) && isNameOf(value, 100);

function isNameOf(value: string, max: number): boolean {
	const name = value.trim();
	return name !== '' && isAtMost(name, max);
}

/** Counts characters, not UTF-16 units: an emoji is one. */
function isAtMost(value: string, max: number): boolean {
	if (value.length <= max) return true;
	return value.length <= max * 2 && [...value].length <= max;
}

const isHttpUrl = (value: unknown): value is string =>
	isText(value) && /^https?:\/\//i.test(value) && isAtMost(value, 2048) && URL.canParse(value);

const isEmail = (value: unknown): value is string =>
	isText(value) && value.length <= 254 && /^[^\s@]+@[^\s@]+$/.test(value);

const isPhone = (value: unknown): value is string => isText(value) && /^\+[1-9]\d{1,14}$/.test(value);

const instant = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[Zz]|[+-](\d\d):(\d\d))$/;

function isInstant(value: unknown): value is string {
	const match = isText(value) ? instant.exec(value) : null;
	if (match === null) return false;
	const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
	const offset = [Number(match[7] ?? 0), Number(match[8] ?? 0)];
	const daysInMonth = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
	const isDate = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth;
	const isTime = hour <= 23 && minute <= 59 && second <= 60;
	return isDate && isTime && (offset[0] ?? 0) <= 23 && (offset[1] ?? 0) <= 59;
}

function isAttributes(value: unknown): value is AttributeChanges {
	if (!isRecord(value)) return false;
	const values = Object.values(value);
	return values.length <= maxAttributes && values.every(isAttributeValue);
}

function isAttributeValue(value: unknown): boolean {
	if (typeof value === 'string') return isAtMost(value, 512);
	return value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
}
