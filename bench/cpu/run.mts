// Rows in, verdicts out, through input, engine and protocol, against a service inside this process that answers at
// once. Built by esbuild and run by `../cpu.mts`; prints one line of JSON for each turn.

import { createRequire } from 'node:module';
import { argv, stdout } from 'node:process';
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import { run } from '../../nodes/TokenIm/engine/run';
import type { Exchange, WireRequest } from '../../nodes/TokenIm/engine/wire';
import { itemRows } from '../../nodes/TokenIm/input/rows';
import { chooseOperation } from '../../nodes/TokenIm/operations/choose';
import { createProtocol } from '../../nodes/TokenIm/protocol/calls';
import { defaultProfile } from '../../nodes/TokenIm/protocol/profiles';

const [, , rowCount = '100000', turns = '4', rowsFile = '', countryCode = ''] = argv;
const ROWS = Number(rowCount);
const PLAN = { limits: { usersPerRequest: 100, maxBodyBytes: 1_048_576, concurrentRequests: 16 } };
const IDENTITY = { instanceId: 'bench', executionId: 'bench', nodeId: 'bench', runIndex: 0 };

const { rowAt } = createRequire(import.meta.url)(rowsFile);
/** With a country code, phones are written as its people write them at home. */
const items = Array.from({ length: ROWS }, (_, index) => {
	const row = rowAt(index);
	return { json: countryCode === '' ? row : { ...row, phone: atHome(index) } };
});
const encoder = new TextEncoder();
const protocol = createProtocol(defaultProfile);

for (let number = 1; number <= Number(turns); number++) stdout.write(`${JSON.stringify(await measure())}\n`);

async function measure(): Promise<{
	readonly rows: number;
	readonly microsecondsPerRow: number;
	readonly wallMs: number;
}> {
	// With every parameter at its default: Batch Create.
	const { operation, columns } = chooseOperation((_name, fallback) => fallback).ready(defaultProfile, protocol, {
		values: { defaultCountryCode: countryCode || undefined },
	});
	let verdicts = 0;
	let serviceMs = 0;
	const before = process.cpuUsage();
	const startedAt = performance.now();
	const breathe = async (): Promise<void> => await turn();
	await columns.check(itemRows(items), breathe);
	await run({
		rows: itemRows(items),
		operation,
		planCall: protocol.limits(),
		limits: { ...protocol.defaultLimits, requestsPerSecond: undefined },
		settings: { requestTimeoutMs: 60_000, readLagMs: 2_000 },
		identity: IDENTITY,
		sink: ({ status }) => {
			if (status === 'created') verdicts++;
		},
		ports: {
			now: () => performance.now(),
			sleep: async (delayMs, signal) => await pause(delayMs, undefined, { signal, ref: false }).catch(() => undefined),
			random: () => 0.5,
			breathe,
			log: () => undefined,
			send: async (request) => {
				const at = threadMs();
				const answer = serve(request);
				serviceMs += threadMs() - at;
				return answer;
			},
		},
	});
	const { user, system } = process.cpuUsage(before);
	if (verdicts !== ROWS) throw new Error(`${verdicts} of ${ROWS} rows were created`);
	return {
		rows: ROWS,
		microsecondsPerRow: ((user + system) / 1000 - serviceMs) * (1000 / ROWS),
		wallMs: performance.now() - startedAt,
	};
}

/** CPU time, so that what else runs on the machine is not taken off. */
function threadMs(): number {
	const { user, system } = process.threadCpuUsage();
	return (user + system) / 1000;
}

function atHome(index: number): string {
	const last = String(index % 100_000_000).padStart(8, '0');
	return countryCode === '+86' ? `138${last}` : `0170 ${last.slice(1)}`;
}

/** The service: every user is created. Its time is taken off. */
function serve({ path, body = '' }: WireRequest): Exchange {
	const answer = path.endsWith('/limits') ? PLAN : { results: JSON.parse(String(body)).users.map(created) };
	return {
		kind: 'answer',
		status: 200,
		headers: { 'content-type': 'application/json' },
		body: encoder.encode(JSON.stringify(answer)),
	};
}

function created({ userId }: { readonly userId: string }, index: number): unknown {
	return { index, userId, status: 'created', imId: `im_${userId}` };
}
