// A process beside this one, asked one thing at a time.

import { afterEach, describe, expect, test } from 'vitest';
import { startWorker, type Worker } from '../../bench/worker.mts';
import { collectGarbage } from '../../bench/soak/memory.mts';

type Echo = Worker<
	{ readonly say: string },
	{ readonly said: string; readonly flags: readonly string[]; readonly mark?: string }
>;

let worker: Echo;
const started = (flags?: readonly string[], env?: NodeJS.ProcessEnv): Echo =>
	(worker = startWorker('../test/bench/echoWorker.mts', flags, env));
afterEach(() => worker.end());

describe('a worker', () => {
	test('answers each order, and runs with the flags and the environment that it was started with', async () => {
		started(['--no-opt'], { TOKENIM_MARK: 'here' });
		expect(await worker.ask({ say: 'one' })).toMatchObject({ said: 'one', flags: ['--no-opt'], mark: 'here' });
		expect(await worker.ask({ say: 'two' })).toMatchObject({ said: 'two' });
	});

	test('that ends says so to whoever waits, and to whoever asks later', async () => {
		started();
		await expect(worker.ask({ say: 'end' })).rejects.toThrow('echoWorker.mts ended with code 3');
		await expect(worker.ask({ say: 'one' })).rejects.toThrow('echoWorker.mts ended with code 3');
	});

	test('holds no answer that its asker has dropped', async () => {
		started();
		const answers: Array<WeakRef<object>> = [];
		for (let turn = 0; turn < 3; turn++) answers.push(new WeakRef(await worker.ask({ say: 'more' })));
		await worker.ask({ say: 'last' });
		await collectGarbage();
		expect(answers.map((answer) => answer.deref())).toEqual([undefined, undefined, undefined]);
	});
});
