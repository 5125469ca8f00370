// A profile that fetches a token, at an endpoint that answers in bad faith: every row has its verdict, nobody is written,
// and neither memory nor time of n8n is the service's to take.

import { readFileSync } from 'node:fs';
import type { RequestListener, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { runWorkflow } from './engine.mts';
import { statuses } from './lab.mts';
import { serveAt } from './serve.mts';

const MIB = 1024 * 1024;
const SECRET = 'a-secret-of-the-app';
/** Packed in parts, so that it is large nowhere but at who unpacks it. */
const BOMB = Buffer.concat(new Array<Buffer>(64).fill(gzipSync(Buffer.alloc(8 * MIB, ' '))));
const profileJson = readFileSync(join(import.meta.dirname, '../../examples/profiles/easemob.json'), 'utf8');

/** @returns the rows' statuses, what n8n says, and what was asked of the service beside tokens */
async function createBeside(onToken: RequestListener, options: object = {}) {
	const paths: string[] = [];
	let asked = 0;
	const { origin } = await serveAt((request, response) => {
		if (request.url?.endsWith('/token') === true) {
			asked++;
			return void onToken(request, response);
		}
		paths.push(request.url ?? '');
		response.setHeader('Content-Type', 'application/json').end('{"entities":[]}');
	});
	const { outputs, error, hints } = await runWorkflow({
		items: [{ userId: 's1', username: 'Ada' }],
		onError: 'continueRegularOutput',
		parameters: { resource: 'user', operation: 'batchCreate', options: { maximumRunTime: 1, ...options } },
		credentials: {
			baseUrl: `${origin}/org/app`,
			apiKey: `key-of-${new URL(origin).port}`,
			apiSecret: SECRET,
			profile: 'custom',
			profileJson,
			profileValues: {
				entries: ['host', 'orgName', 'appName'].map((name) => ({ name, value: 'x' })),
			},
		},
	});
	return { asked, paths, statuses: statuses(outputs[0]), told: JSON.stringify([outputs, error, hints]) };
}

const json = (text: string) => (_: unknown, response: ServerResponse) =>
	void response.setHeader('Content-Type', 'application/json').end(text);
const token = (value: string) => json(JSON.stringify({ access_token: value, expires_in: 3600 }));

const endless = (_: unknown, response: ServerResponse): void => {
	const more = (): void => {
		while (!response.destroyed && response.write(Buffer.alloc(MIB, ' ')));
		response.once('drain', more);
	};
	more();
};
const drip = (_: unknown, response: ServerResponse): void => {
	const drops = setInterval(() => response.write(' '), 20);
	response.on('close', () => clearInterval(drops));
};

describe('a token endpoint', () => {
	test.each<readonly [what: string, onToken: RequestListener, isAwaited: boolean]>([
		[
			'unpacks to 512 MB',
			(_, response) => void response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(BOMB),
			true,
		],
		['never ends', endless, true],
		['comes a byte at a time', drip, true],
		['never comes', () => undefined, true],
		['is 8 MB of open brackets', json('['.repeat(8 * MIB - 1)), true],
		['has a token with a line break', token('a\r\nX-Other: b'), false],
		['has a token of 1 MB', token('x'.repeat(MIB)), false],
		['has a token that is an object', json('{"access_token":{"toString":"x"},"expires_in":3600}'), false],
		[
			'sends elsewhere',
			(_, response) => void response.writeHead(302, { Location: 'http://127.0.0.1:1/' }).end(),
			false,
		],
		[
			'repeats the secret in its refusal',
			(_, response) => void response.writeHead(401).end(JSON.stringify({ error: SECRET, error_description: SECRET })),
			false,
		],
	])('whose answer %s: nothing else is sent, and the secret is not told', async (_, onToken, isAwaited) => {
		const before = process.memoryUsage().rss;
		const ran = await createBeside(onToken);
		expect(ran.asked).toBeGreaterThan(0);
		expect(ran.paths).toEqual([]);
		// Of what is awaited when the run ends it is not known whether it was sent.
		expect(isAwaited ? ['notAttempted', 'unknown'] : ['notAttempted']).toContain(ran.statuses[0]);
		expect(ran.told).not.toContain(SECRET);
		expect(process.memoryUsage().rss - before).toBeLessThan(256 * MIB);
	});
});
