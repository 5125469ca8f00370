// How much the sandbox itself can take: requests made and signed beforehand, sent over kept connections, nothing read
// but the status. A process of its own, so that what it costs is not taken for the sandbox's.

import { createHash, createHmac, randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import { createRequire } from 'node:module';
import type { ServiceAccess } from '../scripts/lib/tokenim-client.mts';

export interface CeilingOrder {
	readonly access: ServiceAccess;
	readonly rows: number;
	readonly rowsPerRequest: number;
	readonly concurrency: number;
}

export interface CeilingReading {
	readonly ms: number;
	readonly requests: number;
	readonly refused: number;
}

interface Prepared {
	readonly body: Buffer;
	readonly headers: Readonly<Record<string, string>>;
}

const { rowAt }: { rowAt(index: number): unknown } = createRequire(import.meta.url)('./inside/rows.cjs');

process.on('message', (order: CeilingOrder) => {
	void load(order).then((reading) => process.send?.(reading));
});

async function load({ access, rows, rowsPerRequest, concurrency }: CeilingOrder): Promise<CeilingReading> {
	const url = new URL(`${access.baseUrl}/users/batch`);
	const prepared: Prepared[] = [];
	for (let from = 0; from < rows; from += rowsPerRequest)
		prepared.push(prepare(access, url.pathname, from, Math.min(rowsPerRequest, rows - from)));
	const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
	let next = 0;
	let refused = 0;
	const startedAt = performance.now();
	const work = async (): Promise<void> => {
		for (let one = prepared[next++]; one !== undefined; one = prepared[next++])
			if ((await send(url, agent, one)) !== 200) refused++;
	};
	await Promise.all(Array.from({ length: concurrency }, work));
	const ms = performance.now() - startedAt;
	agent.destroy();
	return { ms, requests: prepared.length, refused };
}

function prepare(access: ServiceAccess, path: string, from: number, length: number): Prepared {
	const body = Buffer.from(
		JSON.stringify({ onConflict: 'skip', users: Array.from({ length }, (_, index) => rowAt(from + index)) }),
	);
	const timestamp = String(Math.floor(Date.now() / 1000));
	const nonce = randomBytes(16).toString('hex');
	const bodyHash = createHash('sha256').update(body).digest('hex');
	const signature = createHmac('sha256', access.apiSecret)
		.update(['POST', path, timestamp, nonce, bodyHash].join('\n'))
		.digest('hex');
	return {
		body,
		headers: {
			'content-type': 'application/json',
			'content-length': String(body.length),
			'X-TokenIM-Key': access.apiKey,
			'X-TokenIM-Timestamp': timestamp,
			'X-TokenIM-Nonce': nonce,
			'X-TokenIM-Signature': signature,
		},
	};
}

async function send(url: URL, agent: Agent, { body, headers }: Prepared): Promise<number> {
	return await new Promise((resolve, reject) => {
		const outgoing = request(url, { method: 'POST', agent, headers }, (answer) => {
			answer.resume();
			answer.once('end', () => resolve(answer.statusCode ?? 0));
		});
		outgoing.once('error', reject);
		outgoing.end(body);
	});
}
