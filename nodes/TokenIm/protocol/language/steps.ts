// The steps of a signature or a ticket, run one after the other.

import { createHash, createHmac } from 'crypto';

import { zlibSync } from 'fflate/browser';

import type { Step } from '../profile/steps';
import { isRecord } from './own';
import { fill } from './template';

type Values = Readonly<Record<string, string>>;

/** The text that the steps make. */
export function runSteps(steps: readonly Step[], values: Values): string {
	let current: string | Uint8Array = '';
	for (const step of steps) current = run(step, current, values);
	return typeof current === 'string' ? current : Buffer.from(current).toString('base64');
}

function run(step: Step, current: string | Uint8Array, values: Values): string | Uint8Array {
	switch (step.step) {
		case 'template':
			return fill(step.text, values);
		case 'json':
			return JSON.stringify(claimsOf(step.object, values));
		case 'jwt':
			return jwt(claimsOf(step.claims, values), fill(step.key, values));
		case 'basic':
			return `Basic ${Buffer.from(`${fill(step.user, values)}:${fill(step.password, values)}`).toString('base64')}`;
		case 'hmac':
			return createHmac(step.algorithm, fill(step.key, values)).update(current).digest();
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

function claimsOf(claims: Readonly<Record<string, unknown>>, values: Values): Record<string, unknown> {
	const filled: Record<string, unknown> = {};
	for (const [name, claim] of Object.entries(claims)) {
		if (isRecord(claim)) filled[name] = Number(fill(String(claim.number), values));
		else filled[name] = typeof claim === 'string' ? fill(claim, values) : claim;
	}
	return filled;
}
