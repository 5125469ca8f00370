// The fields of the credential, and the profile that they choose.

import { createHash } from 'crypto';

import { parseCharacterSet } from '../language/characters';
import { isRecord } from '../language/own';
import { parseProfile, ProfileMistake, type Profile } from '../profile/profile';
import { defaultProfile } from '../profiles';
import type { Secrets } from './sign';
import { fill, pathPart } from '../language/template';

export interface CredentialData extends Required<Secrets> {
	readonly baseUrl: string;
}

type Data = Readonly<Record<string, unknown>>;

const CUSTOM = 'custom';
const MOST_CACHED = 20;
const cache = new Map<string, Profile>();

/** The fields of the credential as texts; what is missing is empty. */
export function credentialData(data: Data): CredentialData {
	return {
		baseUrl: text(data.baseUrl),
		apiKey: text(data.apiKey),
		apiSecret: text(data.apiSecret),
		values: valuesOf(data),
	};
}

/**
 * The profile that a credential chooses, with its values that are no secrets. The same object for the same content.
 *
 * @throws ProfileMistake when the profile cannot be used, or lacks a value that it asks for
 */
export function profileOf(data: Data): Profile {
	if (data.profile !== CUSTOM) return defaultProfile;
	const values = valuesOf(data);
	const json = text(data.profileJson);
	const entered = text(data.baseUrl);
	const key = createHash('sha256')
		.update(JSON.stringify([json, entered, Object.entries(values).sort()]))
		.digest('base64');
	const cached = cache.get(key);
	if (cached !== undefined) return cached;
	if (json.trim() === '')
		throw new ProfileMistake('(top)', 'paste the JSON of the profile into API Profile JSON of the credential');
	const document = parseProfile(json);
	const profile: Profile = { ...document, given: givenOf(document, values, [...(document.baseUrl ?? []), entered]) };
	if (cache.size >= MOST_CACHED) cache.clear();
	cache.set(key, profile);
	return profile;
}

/** Where the service is, first choice first: what the credential says, else what the profile says, its `{name}`s filled in. */
export function baseUrlsOf(profile: Profile, entered: string): readonly string[] {
	return addressesOf(profile, entered).map((address) => fill(address, profile.given ?? {}));
}

/** The same with its `{name}`s as they stand. */
function addressesOf(profile: Pick<Profile, 'baseUrl'>, entered: string): readonly string[] {
	return entered.trim() === '' ? (profile.baseUrl ?? []) : [entered];
}

/** The first of them; empty where there is none. */
export function baseUrlOf(profile: Profile, entered: string): string {
	return baseUrlsOf(profile, entered)[0] ?? '';
}

/** Tells credentials apart without holding them. */
export function fingerprintOf(data: Data): string {
	const { baseUrl, apiKey, apiSecret, values } = credentialData(data);
	const parts = [baseUrl, apiKey, apiSecret, Object.entries(values).sort(), text(data.profile), text(data.profileJson)];
	return createHash('sha256').update(JSON.stringify(parts)).digest('base64');
}

function givenOf(
	{ values, limits }: Profile,
	entered: Readonly<Record<string, string>>,
	addresses: readonly string[],
): Record<string, string> {
	const given: Record<string, string> = Object.create(null);
	for (const [name, { label, secret, default: otherwise, characterSet }] of Object.entries(values)) {
		const value = entered[name] === undefined || entered[name] === '' ? otherwise : entered[name];
		if (value === undefined)
			throw new ProfileMistake(
				`values.${name}`,
				`the credential lacks this value: add ${name} (${label}) under Values for the Profile`,
			);
		const outside = characterSet === undefined ? undefined : parseCharacterSet(characterSet)?.firstOutside(value);
		if (outside !== undefined)
			throw new ProfileMistake(`values.${name}`, `the value in the credential may hold ${characterSet} only`);
		if (addresses.some((address) => address.includes(`{${name}}`)) && !/^[A-Za-z0-9._-]+$/.test(value))
			throw new ProfileMistake(
				`values.${name}`,
				'the value becomes a part of the base URL and may hold letters, digits, dot, - and _ only',
			);
		if (name === limits.plans?.value && !Object.hasOwn(limits.plans.table, value))
			throw new ProfileMistake(
				`values.${name}`,
				`the value in the credential is none of the plans that the profile knows: ${Object.keys(limits.plans.table).join(', ')}`,
			);
		if (secret) continue;
		if (pathPart(value) === undefined)
			throw new ProfileMistake(
				`values.${name}`,
				'the value in the credential cannot be used; it may not be empty, a dot or two',
			);
		given[name] = value;
	}
	return given;
}

/** n8n gives a fixed collection as `{ entries: [{ name, value }] }`. A value left empty is none: its default holds. */
function valuesOf({ profileValues }: Data): Record<string, string> {
	const list = isRecord(profileValues) && Array.isArray(profileValues.entries) ? profileValues.entries : [];
	const values: Record<string, string> = Object.create(null);
	for (const entry of list) {
		if (!isRecord(entry) || typeof entry.name !== 'string') continue;
		const value = text(entry.value).trim();
		if (value !== '') values[entry.name.trim()] = value;
	}
	return values;
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
