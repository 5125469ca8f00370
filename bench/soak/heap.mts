// `node bench/soak/heap.mts`: what the node's process holds more after many rounds than after few, by heap snapshots. One small
// round, without faults, again and again: all that it compiles, caches or learns is there early, what grows on is held.
// `--rounds N`, `--seed N`, `--nothing` (a node that only asks over HTTP), `--interpreted` (V8 makes no machine code), `--faults`
// (before each round one of the soak, another each time, under its faults: what it leaves behind shows).

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startSandbox } from '../../sandbox/server.mts';
import { runCommand } from '../../scripts/lib/command.mts';
import { build } from '../../scripts/lib/package-install.mts';
import { count, say } from '../../scripts/lib/terminal.mts';
import { startWorker } from '../worker.mts';
import { INTERPRETED } from './memory.mts';
import type { SoakOrder, SoakReading } from './node.mts';
import { orderOf, play } from './play.mts';
import { drawRound } from './round.mts';
import { bytesOf, readSnapshot, type Snapshot } from './snapshot.mts';

const ROWS = 40;
/** The first snapshot, as a share of the rounds. */
const EARLY = 1 / 6;
const MOST_NAMES = 5;

await runCommand(async (ending) => {
	const { values } = parseArgs({
		options: {
			rounds: { type: 'string', default: '600' },
			seed: { type: 'string', default: '7' },
			nothing: { type: 'boolean', default: false },
			interpreted: { type: 'boolean', default: false },
			faults: { type: 'boolean', default: false },
		},
	});
	const rounds = Number(values.rounds);
	const early = Math.ceil(rounds * EARLY);
	const drawn = drawRound(Number(values.seed));
	const round = { ...drawn, rows: drawn.rows.slice(0, ROWS) };
	await build();
	const folder = mkdtempSync(join(tmpdir(), 'tokenim-heap-'));
	const sandbox = await startSandbox({ plan: 'unpaced' });
	const node = startWorker<SoakOrder, SoakReading>('soak/node.mts', values.interpreted ? INTERPRETED : []);
	const snapshots: Snapshot[] = [];
	try {
		for (let number = 1; number <= rounds && !ending.aborted; number++) {
			if (values.faults) await play(sandbox, node, Number(values.seed) + number, number);
			sandbox.reset();
			sandbox.setFaults([]);
			sandbox.setLimits(round.limits);
			for (const [turn, operation] of [round.operation, 'verify', round.operation].entries()) {
				const snapshot =
					turn === 2 && (number === early || number === rounds) ? join(folder, 'now.heapsnapshot') : undefined;
				const { status, error } = await node.ask({
					...orderOf(round, sandbox, operation, {}),
					executionId: `${number}-${turn}`,
					doesNothing: values.nothing,
					snapshot,
				});
				if (status !== 'success' || error !== undefined)
					throw new Error(`Round ${number}, ${operation}: ${status}, ${String(error)}`);
				if (snapshot !== undefined) snapshots.push(readSnapshot(snapshot));
			}
		}
	} finally {
		node.end();
		await sandbox.close();
		rmSync(folder, { recursive: true, force: true });
	}
	const [first, last] = snapshots;
	if (first !== undefined && last !== undefined) tell(first, last, rounds - early);
	return 0;
});

function tell(first: Snapshot, last: Snapshot, rounds: number): void {
	say(`Held more after ${count(rounds)} rounds of three runs, in bytes:`);
	for (const [kind, names] of last) {
		const more = [...names.keys()]
			.map((name) => [name, bytesOf(last, kind, name) - bytesOf(first, kind, name)] as const)
			.filter(([, bytes]) => bytes !== 0);
		const largest = more.sort(([, one], [, other]) => Math.abs(other) - Math.abs(one)).slice(0, MOST_NAMES);
		say(
			`${kind}: ${count(bytesOf(last, kind) - bytesOf(first, kind))}  ${largest.map(([name, bytes]) => `${name === '' ? '(all)' : name} ${count(bytes)}`).join(', ')}`,
		);
	}
}
