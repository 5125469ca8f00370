// The end of a run: first nothing new is sent, then nothing is awaited (laws 7 and 8).

import { describe, expect, it } from 'vitest';

import { RunEnd } from '../../nodes/TokenIm/engine/end';

const refused = { code: 'forbidden', reason: 'Not allowed.' };
const timeUp = { code: 'maximum_run_time', reason: 'Time is up.' };

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

	it('that abandons awaits nothing', async () => {
		const end = new RunEnd();
		end.abandon(timeUp);
		await end.whenAbandoned;
		expect([end.reason, end.isDraining, end.abandoned.aborted]).toEqual([timeUp, true, true]);
	});

	it('keeps the reason that came first', () => {
		const end = new RunEnd();
		end.drain(refused);
		end.drain({ reason: 'Another.' });
		end.abandon(timeUp);
		expect(end.reason).toBe(refused);
	});

	it('of a run that went through wakes everybody and has no reason', async () => {
		const end = new RunEnd();
		end.finish();
		await end.whenAbandoned;
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
