// Runs a profile on a live service with throw-away ids, after asking.

import { randomBytes } from 'node:crypto';
import { stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline/promises';
import { setTimeout as wait } from 'node:timers/promises';

import { run } from '../../nodes/TokenIm/engine/run';
import type { Exchange, Ports } from '../../nodes/TokenIm/engine/types';
import { createOperation, type OperationChoice } from '../../nodes/TokenIm/operations';
import { signOptions } from '../../nodes/TokenIm/protocol/authenticate';
import { createProtocol, Unsupported } from '../../nodes/TokenIm/protocol/calls';
import { credentialData, fingerprintOf, profileOf } from '../../nodes/TokenIm/protocol/credentialData';
import type { Profile } from '../../nodes/TokenIm/protocol/profile';
import { createNonce } from '../../nodes/TokenIm/protocol/sign';
import { withTokens } from '../../nodes/TokenIm/protocol/tokens';

/** @returns the exit code */
export async function tryOut(text: string, document: Profile): Promise<number> {
	const asking = createInterface({ input: stdin, output: stdout });
	const ask = async (name: string, what: string): Promise<string> => process.env[name] ?? (await asking.question(`${what} (or set ${name}): `));
	const values = await Promise.all(Object.keys(document.values).map(async (name) => ({ name, value: await ask(`PROFILE_${name}`, document.values[name]?.label ?? name) })));
	const data = {
		profile: 'custom',
		profileJson: text,
		baseUrl: await ask('PROFILE_BASE_URL', `Base URL${document.baseUrl === undefined ? '' : `, empty for ${document.baseUrl}`}`),
		apiKey: await ask('PROFILE_API_KEY', 'API key'),
		apiSecret: await ask('PROFILE_API_SECRET', 'API secret'),
		profileValues: { entries: values },
	};
	const mark = `n8ntry${randomBytes(4).toString('hex')}`;
	const answer = await asking.question(`This creates the users ${mark}a and ${mark}b and the group ${mark}g on the service. Type yes to go on: `);
	asking.close();
	if (answer.trim() !== 'yes') {
		console.log('Nothing was sent.');
		return 1;
	}
	const users = ['a', 'b'].map((end) => ({ userId: `${mark}${end}`, username: `Try ${end}` }));
	const steps: ReadonlyArray<readonly [OperationChoice, ReadonlyArray<Readonly<Record<string, unknown>>>]> = [
		[{ resource: 'user', operation: 'batchCreate', ifUserExists: 'keep' }, users],
		[{ resource: 'user', operation: 'batchCreate', ifUserExists: 'keep' }, users],
		[{ resource: 'user', operation: 'verify' }, [...users.map(({ userId }) => ({ userId })), { userId: `${mark}c` }]],
		[{ resource: 'group', operation: 'create' }, [{ groupId: `${mark}g`, name: 'Try', ownerId: `${mark}a`, memberIds: [`${mark}b`] }]],
		[{ resource: 'user', operation: 'batchDelete', deleteWhich: 'every' }, users],
	];
	for (const [choice, rows] of steps) await step(data, choice, rows);
	return 0;
}

async function step(data: Readonly<Record<string, unknown>>, choice: OperationChoice, rows: ReadonlyArray<Readonly<Record<string, unknown>>>): Promise<void> {
	console.log(`\n${choice.resource} ${choice.operation}`);
	const profile = profileOf(data);
	try {
		const protocol = createProtocol(profile);
		const { operation } = createOperation(choice, profile, protocol);
		await run({
			rows: rows.map((columns, index) => ({ number: index + 1, item: index, columns })),
			operation,
			planCall: protocol.limits(),
			limits: protocol.defaultLimits,
			settings: { requestTimeoutMs: 30_000, readLagMs: protocol.readLagMs, maxRunTimeMs: 120_000 },
			identity: { instanceId: 'try', executionId: randomBytes(8).toString('hex'), nodeId: 'try', runIndex: 0 },
			sink: (verdict) => console.log(`  ${JSON.stringify(verdict)}`),
			ports: portsOf(profile, data),
		});
	} catch (error) {
		if (!(error instanceof Unsupported)) throw error;
		console.log(`  left out: ${error.why}`);
	}
}

function portsOf(profile: Profile, data: Readonly<Record<string, unknown>>): Ports {
	const send: Ports['send'] = async (request, { timeoutMs }): Promise<Exchange> => {
		const method = (['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const).find((known) => known === request.method);
		const { url, headers, body } = signOptions({ method, url: request.path, headers: { ...request.headers }, body: request.body }, credentialData(data), profile, Date.now(), createNonce(profile));
		try {
			const response = await fetch(url, {
				method: request.method,
				headers: Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)])),
				redirect: 'manual',
				signal: AbortSignal.timeout(timeoutMs),
				...(body instanceof Uint8Array ? { body: new Uint8Array(body) } : {}),
			});
			return { kind: 'answer', status: response.status, headers: Object.fromEntries(response.headers), body: new Uint8Array(await response.arrayBuffer()) };
		} catch (error) {
			return { kind: 'lost', reason: error instanceof Error ? error.message : 'no answer' };
		}
	};
	return {
		now: () => Date.now(),
		sleep: async (delayMs, signal) => await wait(Math.min(delayMs, 2 ** 31 - 1), undefined, { signal }).catch(() => undefined),
		random: () => Math.random(),
		breathe: async () => await wait(0),
		log: () => undefined,
		send: withTokens(profile, send, fingerprintOf(data), () => Date.now()),
	};
}
