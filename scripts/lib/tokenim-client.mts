// A small client of the TokenIM contract, written apart from the node so that it can check the node's work.

import { createHash, createHmac, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ServiceAccess {
	/** With the version, without a slash at the end: `http://127.0.0.1:8787/v1` */
	readonly baseUrl: string;
	readonly apiKey: string;
	readonly apiSecret: string;
}

export interface Limits {
	readonly limits: { readonly idsPerQuery: number };
	readonly quota: { readonly users: { readonly used: number } };
}

const MAX_TRIES = 20;

/**
 * Sends one signed request and returns the answer's JSON; waits as long as the service asks for.
 * @throws Error where the service refuses it
 */
export async function ask<Answer>(
	access: ServiceAccess,
	method: 'GET' | 'POST',
	path: string,
	body?: unknown,
): Promise<Answer> {
	const url = access.baseUrl + path;
	const bytes = body === undefined ? '' : JSON.stringify(body);
	for (let attempt = 1; ; attempt++) {
		const answer = await fetch(url, {
			method,
			headers: { ...sign(access, method, new URL(url), bytes), ...(bytes && { 'content-type': 'application/json' }) },
			...(bytes && { body: bytes }),
			redirect: 'error',
		});
		if (answer.ok) return (await answer.json()) as Answer;
		const waitable = answer.status === 429 || answer.status === 503;
		if (!waitable || attempt === MAX_TRIES)
			throw new Error(`${method} ${path}: the service answered ${answer.status}: ${await answer.text()}`);
		await answer.arrayBuffer();
		await sleep((Number(answer.headers.get('retry-after')) || 1) * 1000);
	}
}

function sign(access: ServiceAccess, method: string, url: URL, body: string): Record<string, string> {
	const timestamp = String(Math.floor(Date.now() / 1000));
	const nonce = randomBytes(16).toString('hex');
	const bodyHash = createHash('sha256').update(body).digest('hex');
	const text = [method, url.pathname + url.search, timestamp, nonce, bodyHash].join('\n');
	return {
		'X-TokenIM-Key': access.apiKey,
		'X-TokenIM-Timestamp': timestamp,
		'X-TokenIM-Nonce': nonce,
		'X-TokenIM-Signature': createHmac('sha256', access.apiSecret).update(text).digest('hex'),
	};
}
