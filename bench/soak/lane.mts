// One of the two processes of a soak: its own sandbox, and the rounds one after the other.

import { startSandbox } from '../../sandbox/server.mts';
import { say } from '../../scripts/lib/terminal.mts';
import { startWorker } from '../worker.mts';
import { GIVES_BACK, INTERPRETED } from './memory.mts';
import type { SoakOrder, SoakReading } from './node.mts';
import { play } from './play.mts';
import { Totals, type Lane } from './totals.mts';

export const LANES: readonly Lane[] = [
	{ name: 'compiled', isInterpreted: false },
	{ name: 'interpreted', isInterpreted: true },
];

const MOST_MISTAKES_TOLD = 5;

/**
 * Plays rounds, drawn from `seed` on, until the time is over.
 * @param sofarMin minutes since the start; @param isOver asked before each round
 */
export async function playLane(
	lane: Lane,
	seed: number,
	sofarMin: () => number,
	isOver: () => boolean,
): Promise<Totals> {
	const sandbox = await startSandbox({ plan: 'unpaced' });
	const node = startWorker<SoakOrder, SoakReading>('soak/node.mts', lane.isInterpreted ? INTERPRETED : [], GIVES_BACK);
	const all = new Totals(lane);
	try {
		for (let number = 1; !isOver(); number++) {
			const played = await play(sandbox, node, seed + number, number);
			all.add(played, sofarMin());
			for (const mistake of played.broken.slice(0, MOST_MISTAKES_TOLD))
				say(`Round ${number} (seed ${seed + number}), ${lane.name}: ${mistake}`);
			all.tellNowAndThen(sofarMin());
		}
	} finally {
		node.end();
		await sandbox.close();
	}
	return all;
}
