// The end of a run: first nothing new is sent, then nothing is awaited (laws 7 and 8).

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';

import { RunEnd } from '../../nodes/TokenIm/engine/end';

const refused = { code: 'forbidden', reason: 'Not allowed.' };
const timeUp = { code: 'maximum_run_time', reason: 'Time is up.' };

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

describe('what is awaited while the run goes on', () => {
	it('comes as it is', async () => {
		const end = new RunEnd();
		expect(await end.orAbandoned(Promise.resolve('an answer'), 'none')).toBe('an answer');
		await expect(end.orAbandoned(Promise.reject(new Error('broken')), 'none')).rejects.toThrow('broken');
	});

	it('is given up when the run is abandoned, now or before', async () => {
		const end = new RunEnd();
		const never = new Promise<string>(() => undefined);
		const given = end.orAbandoned(never, 'none');
		end.abandon(timeUp);
		expect(await given).toBe('none');
		expect(await end.orAbandoned(never, 'none')).toBe('none');
	});

	it('is not held for the rest of the run', async () => {
		const end = new RunEnd();
		const answers: Array<WeakRef<object>> = [];
		for (let request = 0; request < 200; request++) {
			const answer = { request };
			answers.push(new WeakRef(answer));
			await end.orAbandoned<object>(Promise.resolve(answer), {});
		}
		await new Promise((resolve) => setImmediate(resolve));
		collectGarbage();
		expect(answers.filter((answer) => answer.deref() !== undefined).length).toBeLessThan(5);
		expect(end.isDraining).toBe(false);
	});
});

describe('the end of a run', () => {
	it('is not there at first', () => {
		const end = new RunEnd();
		expect([end.reason, end.isDraining, end.draining.aborted, end.abandoned.aborted]).toEqual([
			undefined,
			false,
			false,
			false,
		]);
	});

	it('that drains sends nothing new and awaits what is in flight', () => {
		const end = new RunEnd();
		end.drain(refused);
		expect([end.reason, end.isDraining, end.draining.aborted, end.abandoned.aborted]).toEqual([
			refused,
			true,
			true,
			false,
		]);
	});

	it('that abandons awaits nothing', () => {
		const end = new RunEnd();
		end.abandon(timeUp);
		expect([end.reason, end.isDraining, end.abandoned.aborted]).toEqual([timeUp, true, true]);
	});

	it('keeps the reason that came first', () => {
		const end = new RunEnd();
		end.drain(refused);
		end.drain({ reason: 'Another.' });
		end.abandon(timeUp);
		expect(end.reason).toBe(refused);
	});

	it('of a run that went through wakes everybody and has no reason', () => {
		const end = new RunEnd();
		end.finish();
		expect([end.reason, end.isDraining, end.abandoned.aborted]).toEqual([undefined, true, true]);
	});

	it('by the clock says what was wrong when it struck, where anything was', () => {
		const end = new RunEnd();
		expect(end.byTheClock(timeUp)).toEqual(timeUp);
		end.lastFailure = 'Refused.';
		expect(end.byTheClock(timeUp)).toEqual({
			code: 'maximum_run_time',
			reason: 'Time is up. The last request came back so: Refused.',
		});
	});

	it('by a wait that the service asked for says no more than that', () => {
		const end = new RunEnd();
		end.lastFailure = 'Refused.';
		expect(end.byTheClock({ code: 'asked_to_wait', reason: 'Wait.' })).toEqual({
			code: 'asked_to_wait',
			reason: 'Wait.',
		});
	});
});
