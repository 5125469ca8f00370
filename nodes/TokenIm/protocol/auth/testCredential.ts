// Tests a credential with one signed request for the plan, and says in a sentence what to mend.

import type { Call, Carried } from '../../engine/call';
import type { Exchange, PlanReading, Reading, WireRequest } from '../../engine/wire';
import { signOptions } from './authenticate';
import { readBaseUrl } from './baseUrl';
import { createProtocol } from '../calls';
import { baseUrlOf, credentialData, profileOf } from './credentialData';
import { ProfileMistake, type Profile } from '../profile/profile';
import { withAccess } from './access';
import { createNonce, UnusableSecret } from './sign';

const TIMEOUT_MS = 15_000;
/** Smaller differences are the time that the answer took. */
const NOTABLE_SKEW_MS = 60_000;

/** Sends one signed request and reads its whole answer within `timeoutMs`. Never rejects. */
export type TestSend = (request: object, timeoutMs: number) => Promise<Exchange>;

export interface TestResult {
	status: 'OK' | 'Error';
	message: string;
}

/**
 * Tells apart a wrong key, a wrong secret, a wrong clock, a host that is not there, a host that is not the service, a
 * redirect, and a key that may not create users. Never throws; its messages hold neither key nor secret.
 *
 * @param profile the standard one, which holds unless the credential brings its own
 * @param data the credential's fields
 * @param nowMs milliseconds since the epoch
 */
export async function testCredential(
	send: TestSend,
	profile: Profile,
	data: Readonly<Record<string, unknown>>,
	nowMs: number,
	nonce: string,
): Promise<TestResult> {
	const chosen = chosenProfile(data, profile);
	if (typeof chosen === 'string') return no(chosen);
	const credential = credentialData(data);
	const base = readBaseUrl(baseUrlOf(chosen, credential.baseUrl));
	if (!base.ok) return no(base.message);
	const asked = questionOf(chosen);
	if (asked === undefined)
		return {
			status: 'OK',
			message: `The API profile ${chosen.name} can be used. It names nothing by which key and secret could be tested.`,
		};
	let complaint: string | undefined;
	const attempt = async (request: WireRequest): Promise<Exchange> => {
		const signed = sign(chosen, request, data, nowMs, chosen === profile ? nonce : createNonce(chosen));
		if (typeof signed !== 'string') return await send(signed, TIMEOUT_MS);
		complaint = signed;
		return { kind: 'unreachable', reason: signed };
	};
	const { call, carried } = asked;
	const exchange = await withAccess(
		chosen,
		data,
		attempt,
		() => nowMs,
	)(call.request(carried.entries, carried.parts), { timeoutMs: TIMEOUT_MS, signal: new AbortController().signal });
	if (complaint !== undefined) return no(complaint);
	return judge(chosen, new URL(base.url).host, call.read(exchange, nowMs, carried), exchange, nowMs);
}

/** The credential's own profile, or what is wrong with it. */
function chosenProfile(data: Readonly<Record<string, unknown>>, standard: Profile): Profile | string {
	if (data.profile !== 'custom') return standard;
	try {
		return profileOf(data);
	} catch (error) {
		return error instanceof ProfileMistake ? error.message : 'The API profile cannot be read.';
	}
}

/** A request that changes nothing: for the plan, else for a user who need not exist. */
function questionOf(profile: Profile): { readonly call: Call; readonly carried: Carried } | undefined {
	const protocol = createProtocol(profile);
	const plan = protocol.limits();
	if (plan !== undefined) return { call: plan, carried: { entries: [], parts: [] } };
	const call = protocol.userLookUp();
	const id = profile.credentialTest?.userId;
	if (call === undefined || id === undefined) return undefined;
	const entry = { id, fields: { userId: id } };
	return { call, carried: { entries: [entry], parts: [call.encode(entry)] } };
}

/** The request as it goes out, or why key and secret cannot make it. */
function sign(
	profile: Profile,
	request: WireRequest,
	data: Readonly<Record<string, unknown>>,
	nowMs: number,
	nonce: string,
): object | string {
	try {
		const method = METHODS.find((known) => known === request.method);
		const { url, headers, body } = signOptions(
			{ method, url: request.path, baseURL: request.base, headers: { ...request.headers }, body: request.body },
			credentialData(data),
			profile,
			nowMs,
			nonce,
		);
		return { method: request.method, url, headers, ...(body === undefined ? {} : { body }) };
	} catch (error) {
		return error instanceof UnusableSecret ? error.message : 'The API key or secret cannot be used. Enter both again.';
	}
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

function judge(profile: Profile, address: string, reading: Reading, exchange: Exchange, nowMs: number): TestResult {
	if (reading.kind === 'refused') {
		const { message, code } = reading.refusal;
		const unnamed = exchange.kind === 'answer' && !namesCode(profile, code) ? ` Its code was ${code}.` : '';
		const skew = exchange.kind === 'answer' && exchange.status === 401 ? skewOf(exchange.headers.date, nowMs) : '';
		const nonce = reading.refusal.class === 'nonce' ? UNLIKELY_NONCE : '';
		return no(`${message}${nonce}${skew}${unnamed}`);
	}
	const plan = reading.kind === 'complete' ? reading.plan : undefined;
	const permission = profile.limits.discovery?.permissions?.toCreateUsers;
	if (plan?.permissions !== undefined && permission !== undefined && !plan.permissions.includes(permission)) {
		return no(lackOf(permission, plan));
	}
	return {
		status: 'OK',
		// The address may come from the profile, which may be a stranger's: whoever tests sees where the key went.
		message: `Connected to ${profile.name} at ${address}${plan?.plan === undefined ? '' : `, plan ${plan.plan}`}.`,
	};
}

const UNLIKELY_NONCE =
	' A new number goes with each request: where testing again says the same, the API secret or the clock of this machine is wrong.';

/** Whether the profile says itself what the code means; what the status alone says needs no code. */
function namesCode({ refusals }: Profile, code: string): boolean {
	return (
		/^(http_|unreadable|not_the_service)/.test(code) ||
		refusals.table.some((row) => [row.code ?? [], row.as ?? []].flat().includes(code))
	);
}

function lackOf(permission: string, { permissions = [] }: PlanReading): string {
	const allowed =
		permissions.length === 0
			? 'It may do nothing.'
			: `It may do: ${permissions.slice(0, 20).join(', ').slice(0, 200)}.`;
	return `Key and secret are right, but this key is not allowed to create users (${permission}). ${allowed} Ask the administrator of the service for the permission, or use another key.`;
}

/** How far this machine's clock is from the service's, where the answer says what time it is there. */
function skewOf(date: string | undefined, nowMs: number): string {
	const there = Date.parse(date ?? '');
	const aheadMs = nowMs - there;
	if (Number.isNaN(there) || Math.abs(aheadMs) < NOTABLE_SKEW_MS) return '';
	const minutes = Math.round(Math.abs(aheadMs) / 60_000);
	return ` This machine's clock is about ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} ${aheadMs > 0 ? 'ahead of' : 'behind'} the service's.`;
}

function no(message: string): TestResult {
	return { status: 'Error', message };
}
