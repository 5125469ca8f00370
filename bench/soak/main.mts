// `npm run soak`: for an hour (`-- --minutes N`), round after round of random rosters, settings and faults through the
// built node in n8n's own engine and over HTTP. Fails where a law breaks or memory grows. `-- --seed N` draws the same rounds.

import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { runCommand } from '../../scripts/lib/command.mts';
import { build } from '../../scripts/lib/package-install.mts';
import { say, Trouble } from '../../scripts/lib/terminal.mts';
import { startSandbox } from '../../sandbox/server.mts';
import { machine } from '../machine.mts';
import { startWorker } from '../worker.mts';
import type { SoakOrder, SoakReading } from './node.mts';
import { play } from './play.mts';
import { Totals } from './totals.mts';

/** This share of the time code is compiled and caches fill. */
const WARM_UP = 1 / 6;
const MOST_MISTAKES_TOLD = 5;

await runCommand(async (ending) => {
	const { minutes, seed } = settings();
	say(`${minutes} minutes on ${machine()}; again with: npm run soak -- --minutes ${minutes} --seed ${seed}`);
	await build();
	const sandbox = await startSandbox({ plan: 'unpaced' });
	const node = startWorker<SoakOrder, SoakReading>('soak/node.mts');
	const startedAt = Date.now();
	const sofar = () => (Date.now() - startedAt) / 60_000;
	const all = new Totals();
	try {
		for (let number = 1; sofar() < minutes && !ending.aborted; number++) {
			const played = await play(sandbox, node, seed + number, number);
			all.add(played, sofar());
			for (const mistake of played.broken.slice(0, MOST_MISTAKES_TOLD)) say(`Round ${number} (seed ${seed + number}): ${mistake}`);
			all.tellNowAndThen(sofar());
		}
	} finally {
		node.end();
		await sandbox.close();
	}
	return all.conclude(minutes * WARM_UP);
});

function settings(): { readonly minutes: number; readonly seed: number } {
	const { values } = parseArgs({ options: { minutes: { type: 'string', default: '60' }, seed: { type: 'string', default: String(randomInt(1_000_000)) } } });
	const minutes = Number(values.minutes);
	const seed = Number(values.seed);
	if (!(minutes >= 1)) throw new Trouble(`--minutes: "${values.minutes}" is not a number from 1 on.`, 'For example: npm run soak -- --minutes 60');
	if (!Number.isSafeInteger(seed)) throw new Trouble(`--seed: "${values.seed}" is not a whole number.`, 'For example: npm run soak -- --seed 7');
	return { minutes, seed };
}
