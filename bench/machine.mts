// The machine, as far as it explains figures.

import { cpus, totalmem } from 'node:os';
import { execFileSync } from 'node:child_process';
import { N8N_VERSION, NODE_24 } from '../scripts/lib/paths.mts';

/** e.g. "2 × AMD EPYC, 24 GB, Linux; Node 24.21.0, n8n 2.41.1". */
export function machine(): string {
	const all = cpus();
	const model = (all[0]?.model ?? 'unknown').trim();
	const node = execFileSync(NODE_24, ['--version'], { encoding: 'utf8' }).trim().slice(1);
	return `${all.length} × ${model}, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform}; Node ${node}, n8n ${N8N_VERSION}`;
}
