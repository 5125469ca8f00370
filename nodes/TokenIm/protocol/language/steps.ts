// The steps of a signature or a ticket, run one after the other.

import { createHash, createHmac } from 'crypto';

import { zlibSync } from 'fflate/browser';

import type { Step } from '../profile/steps';
import { isRecord } from './own';
import { fill } from './template';
import { namesIn } from '../profile/names';

type Values = Readonly<Record<string, string>>;
type FillIn = (text: string) => string;

/** Characters of a text: the largest body (16 MiB) and more. Texts that fill each other would grow without an end. */
const MOST_CHARACTERS = 20 * 1024 * 1024;

/** The steps would make a text that no request needs; the message says where. */
export class TextTooLong extends Error {
	override readonly name = 'TextTooLong';
}

/**
 * The text that the steps make.
 *
 * @param name under `authentication.computed`
 * @throws TextTooLong
 */
export function runSteps(steps: readonly Step[], values: Values, name: string): string {
	let current: string | Uint8Array = '';
	for (const step of steps) current = run(step, current, (text) => bounded(text, values, name));
	return typeof current === 'string' ? current : Buffer.from(current).toString('base64');
}

function run(step: Step, current: string | Uint8Array, fillIn: FillIn): string | Uint8Array {
	switch (step.step) {
		case 'template':
			return fillIn(step.text);
		case 'json':
			return JSON.stringify(claimsOf(step.object, fillIn));
		case 'jwt':
			return jwt(claimsOf(step.claims, fillIn), fillIn(step.key));
		case 'basic':
			return `Basic ${Buffer.from(`${fillIn(step.user)}:${fillIn(step.password)}`).toString('base64')}`;
		case 'hmac':
			return createHmac(step.algorithm, fillIn(step.key)).update(current).digest();
		case 'hash':
			return createHash(step.algorithm).update(current).digest();
		case 'deflate':
			return zlibSync(Buffer.from(current));
		case 'hex':
			return Buffer.from(current).toString('hex');
		case 'base64':
			return Buffer.from(current).toString('base64');
		case 'base64url':
			return Buffer.from(current).toString('base64url');
		case 'characterMap':
			return [...current.toString()]
				.map((character) => (Object.hasOwn(step.map, character) ? step.map[character] : character))
				.join('');
	}
}

/** https://www.rfc-editor.org/rfc/rfc7519 with HS256. */
function jwt(claims: Readonly<Record<string, unknown>>, key: string): string {
	const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
	const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
	return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}

function claimsOf(claims: Readonly<Record<string, unknown>>, fillIn: FillIn): Record<string, unknown> {
	const filled: Record<string, unknown> = {};
	for (const [name, claim] of Object.entries(claims)) {
		if (isRecord(claim)) filled[name] = Number(fillIn(String(claim.number)));
		else filled[name] = typeof claim === 'string' ? fillIn(claim) : claim;
	}
	return filled;
}

/** As {@link fill}, but what is too long is not made at all. @throws TextTooLong */
function bounded(text: string, values: Values, name: string): string {
	let length = text.length;
	for (const value of namesIn(text)) length += values[value]?.length ?? 0;
	if (length <= MOST_CHARACTERS) return fill(text, values);
	throw new TextTooLong(
		`authentication.computed.${name} makes a text of more than ${MOST_CHARACTERS} characters. Its templates fill each other: mend them in the API profile.`,
	);
}
