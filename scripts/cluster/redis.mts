// A Redis of its own: nothing kept on disk, a free port on 127.0.0.1, a password made at the start.

import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../lib/ports.mts';
import { start, stop } from '../lib/processes.mts';
import { Trouble } from '../lib/terminal.mts';
import { output } from './output.mts';
import { upWithin } from './postgres.mts';

export interface Redis {
	/** For n8n. */
	readonly env: NodeJS.ProcessEnv;
	stop(): Promise<void>;
}

/** @throws Trouble where Redis is not installed or does not start */
export async function startRedis(): Promise<Redis> {
	const folder = await mkdtemp(join(tmpdir(), 'tokenim-redis-'));
	const port = await freePort(6390);
	const password = randomBytes(18).toString('hex');
	// From standard input: arguments can be read by every user of the machine.
	const child = start('redis-server', ['-'], { cwd: folder, stdio: ['pipe', 'ignore', 'ignore'] });
	let failure: Error | undefined;
	child.once('error', (error) => (failure = error));
	child.stdin?.end(`bind 127.0.0.1\nport ${port}\nrequirepass ${password}\ndir ${folder}\nsave ""\nappendonly no\n`);
	const close = async () => {
		await stop(child);
		await rm(folder, { recursive: true, force: true });
	};
	try {
		await upWithin(10_000, async () => {
			const answer = await output('redis-cli', ['-h', '127.0.0.1', '-p', String(port), 'ping'], {
				REDISCLI_AUTH: password,
			});
			if (!answer.includes('PONG')) throw failure ?? new Error(answer);
		});
	} catch (error) {
		await close();
		throw new Trouble(
			'Redis did not start.',
			'On Debian: apt-get install --no-install-recommends postgresql redis-server',
			{ cause: error },
		);
	}
	return {
		env: {
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(port),
			QUEUE_BULL_REDIS_PASSWORD: password,
		},
		stop: close,
	};
}
