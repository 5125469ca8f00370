// `npm run bench:lists`: Get Many, Find Users Not in Rows and Only What Differs at 10,000, 100,000 and 1,000,000 people,
// beside bare loops that send the same requests, in n8n's own engine and over HTTP. `-- --people 10000,100000` and
// `-- --what find` choose. The whole n8n is left out: a million items would cross its database and its webhook, and what
// is in a way's memory could not be told from that.

import { parseArgs } from 'node:util';
import { buildPackage } from '../scripts/build.mjs';
import { runCommand } from '../scripts/lib/command.mts';
import { count, say } from '../scripts/lib/terminal.mts';
import type { What } from './lists/bareLoops.mts';
import { CHANGED_EVERY } from './lists/file.mts';
import type { MeasureOrder, MeasureReading, Way } from './lists/measure.mts';
import type { ServiceOrder, ServiceReading } from './lists/service.mts';
import { startWorker } from './worker.mts';

const LATENCY_MS = 20;
const AT_ONCE = 4;
/** For ten times as many people. */
const MOST_GROWTH = 11;
/** Of a million people beside a million rows. */
const MOST_MB: Readonly<Record<What, number>> = { getAll: Number.POSITIVE_INFINITY, find: 300, differs: 150 };
/** One user in so many is in no row. */
const LEAVER_EVERY = 1_000;

const NAMES: Readonly<Record<What, string>> = {
	getAll: 'Get Many',
	find: 'Find Users Not in Rows',
	differs: 'Only What Differs, 1 % changed',
};
const ALL: readonly What[] = ['getAll', 'find', 'differs'];

await runCommand(async () => {
	const { values } = parseArgs({
		options: {
			people: { type: 'string', default: '10000,100000,1000000' },
			what: { type: 'string', default: ALL.join(',') },
		},
	});
	const sizes = values.people.split(',').map(Number);
	const chosen = values.what.split(',');
	await buildPackage({});
	const service = startWorker<ServiceOrder, ServiceReading>('lists/service.mts');
	try {
		const { origin } = await service.ask({ latencyMs: LATENCY_MS, concurrency: AT_ONCE });
		let isMet = true;
		for (const what of ALL.filter((each) => chosen.includes(each))) {
			let before: { readonly people: number; readonly wholeMs: number } | undefined;
			for (const people of sizes) {
				const { node, loop } = await measureBoth(what, people, origin);
				const growth = before === undefined ? 0 : ((node.wholeMs / before.wholeMs) * 10 * before.people) / people;
				const meets = growth <= MOST_GROWTH && (people < 1_000_000 || node.grownMb <= MOST_MB[what]);
				isMet &&= meets;
				const times = (node.wholeMs / loop.wholeMs).toFixed(2);
				const grown = growth === 0 ? '' : `; growth for 10 ×: ${growth.toFixed(1)} ×`;
				const missed = meets ? '' : ' (goal missed)';
				say(`${NAMES[what]}, ${count(people)} people: node ${told(node)}`);
				say(`  bare loop ${told(loop)}: ${times} ×${grown}${missed}`);
				before = { people, wholeMs: node.wholeMs };
			}
		}
		return isMet ? 0 : 1;
	} finally {
		service.end();
	}
});

async function measureBoth(what: What, people: number, origin: string): Promise<Readonly<Record<Way, MeasureReading>>> {
	const [node, loop] = [await measureOne('node'), await measureOne('loop')];
	return { node, loop };

	async function measureOne(way: Way): Promise<MeasureReading> {
		const leavers = what === 'find' ? Math.max(1, Math.floor(people / LEAVER_EVERY)) : 0;
		const worker = startWorker<MeasureOrder, MeasureReading>('lists/measure.mts', ['--expose-gc']);
		try {
			const reading = await worker.ask({ what, way, origin, people, leavers, concurrency: AT_ONCE });
			const [items, updated] = { getAll: [people, 0], find: [leavers, 0], differs: [1, people / CHANGED_EVERY] }[what];
			if (reading.items !== items || reading.updated !== updated)
				throw new Error(`${what}, ${way}: ${reading.items} items and ${reading.updated} updates came out`);
			return reading;
		} finally {
			worker.end();
		}
	}
}

function told({ wholeMs, cpuMs, requests, grownMb }: MeasureReading): string {
	return `${count(Math.round(wholeMs))} ms (CPU ${count(Math.round(cpuMs))} ms), ${count(requests)} requests, ${Math.round(grownMb)} MB`;
}
