// `npm run soak`: for an hour (`-- --minutes N`), round after round of random rosters, settings and faults through the
// built node in n8n's own engine and over HTTP, in two processes beside each other: one as n8n runs it, and one in which
// V8 compiles nothing, so that what its heap gains is data. Fails where a law breaks or memory grows. `-- --seed N` draws
// the same rounds.

import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { runCommand } from '../../scripts/lib/command.mts';
import { build } from '../../scripts/lib/package-install.mts';
import { say, Trouble } from '../../scripts/lib/terminal.mts';
import { machine } from '../machine.mts';
import { LANES, playLane } from './lane.mts';

/** This share of the time code is compiled and caches fill. */
const WARM_UP = 1 / 6;

await runCommand(async (ending) => {
	const { minutes, seed } = settings();
	say(`${minutes} minutes on ${machine()}; again with: npm run soak -- --minutes ${minutes} --seed ${seed}`);
	await build();
	const startedAt = Date.now();
	const sofarMin = () => (Date.now() - startedAt) / 60_000;
	const isOver = () => sofarMin() >= minutes || ending.aborted;
	const played = await Promise.all(LANES.map(async (lane) => await playLane(lane, seed, sofarMin, isOver)));
	return Math.max(...played.map((totals) => totals.conclude(minutes * WARM_UP)));
});

function settings(): { readonly minutes: number; readonly seed: number } {
	const { values } = parseArgs({
		options: {
			minutes: { type: 'string', default: '60' },
			seed: { type: 'string', default: String(randomInt(1_000_000)) },
		},
	});
	const minutes = Number(values.minutes);
	const seed = Number(values.seed);
	if (!(minutes >= 1))
		throw new Trouble(
			`--minutes: "${values.minutes}" is not a number from 1 on.`,
			'For example: npm run soak -- --minutes 60',
		);
	if (!Number.isSafeInteger(seed))
		throw new Trouble(`--seed: "${values.seed}" is not a whole number.`, 'For example: npm run soak -- --seed 7');
	return { minutes, seed };
}
