// `npm run bench:cpu`: CPU time of engine, protocol and input together, for each row, at no latency: rows in, verdicts
// out, against a transport that answers at once. The first turn is the cold one.

import { itemRows } from '../nodes/TokenIm/input/rows';
import { run } from '../nodes/TokenIm/engine/run';
import { createOperation } from '../nodes/TokenIm/operations';
import { createProtocol } from '../nodes/TokenIm/protocol/calls';
import { readProfile } from '../nodes/TokenIm/protocol/profile';
import standard from '../nodes/TokenIm/protocol/profiles/tokenim-rest-v1.json';

const ROWS = 100_000;
const profile = readProfile(standard);
const protocol = createProtocol(profile);
const encoder = new TextEncoder();
const items = Array.from({ length: ROWS }, (_, index) => ({
	json: { userId: `s${String(index).padStart(6, '0')}`, username: `学生${index}`, avatarUrl: `https://example.com/a/${index}.png`, registeredAt: '2026-01-01T00:00:00+08:00', email: `s${index}@example.com`, phone: '+8613800000000' },
}));

for (let turn = 0; turn < 4; turn++) {
	const { operation } = createOperation({ resource: 'user', operation: 'batchCreate', ifUserExists: 'keep' }, profile, protocol);
	let verdicts = 0;
	let served = 0;
	const before = process.cpuUsage();
	const startedAt = performance.now();
	await run({
		rows: itemRows(items),
		operation,
		planCall: protocol.limits(),
		limits: { ...protocol.defaultLimits, requestsPerSecond: undefined },
		settings: { requestTimeoutMs: 60_000, readLagMs: 2000 },
		identity: { instanceId: 'i', executionId: 'e', nodeId: 'n', runIndex: 0 },
		sink: () => {
			verdicts++;
		},
		ports: {
			now: () => performance.now(),
			sleep: async () => undefined,
			random: () => 0.5,
			breathe: async () => undefined,
			log: () => undefined,
			async send(request) {
				const at = performance.now();
				const body = request.path.endsWith('/limits')
					? { limits: { usersPerRequest: 100, maxBodyBytes: 1048576, concurrentRequests: 4 } }
					: { results: JSON.parse(request.body ?? '').users.map((user: { userId: string }, index: number) => ({ index, userId: user.userId, status: 'created', imId: `im_${index}` })) };
				const bytes = encoder.encode(JSON.stringify(body));
				served += performance.now() - at;
				return { kind: 'answer', status: 200, headers: { 'content-type': 'application/json' }, body: bytes };
			},
		},
	});
	const cpu = process.cpuUsage(before);
	process.stdout.write(`${verdicts} rows: wall ${(performance.now() - startedAt).toFixed(0)} ms, CPU ${((cpu.user + cpu.system) / 1000).toFixed(0)} ms, of which the stand-in service ${served.toFixed(0)} ms: ${(((cpu.user + cpu.system) / 1000 - served) * 1000 / ROWS).toFixed(2)} µs a row\n`);
}
