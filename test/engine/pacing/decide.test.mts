// What follows an attempt (laws 4, 6, 7). Each row of a table says which rule it holds the engine to.

import { describe, expect, it } from 'vitest';

import { decide, isCounted, pulseOf, type Next, type Pulse } from '../../../nodes/TokenIm/engine/pacing/decide';
import type { Reading, Refusal, RefusalClass } from '../../../nodes/TokenIm/engine/wire';

const MOST = { attempts: 5, probes: 8 };

const refusalOf = (className: RefusalClass, more: Partial<Refusal> = {}): Refusal => ({
	class: className,
	code: 'a_code',
	message: 'Refused.',
	...more,
});
const refused = (className: RefusalClass, more?: Partial<Refusal>): Reading => ({
	kind: 'refused',
	refusal: refusalOf(className, more),
});
const complete: Reading = { kind: 'complete', results: [] };
const job: Reading = { kind: 'job', jobId: 'j' };

describe('what follows an attempt', () => {
	const table: ReadonlyArray<readonly [why: string, reading: Reading, counted: number, probes: number, next: Next]> = [
		['a complete answer is read', complete, 1, 0, { do: 'settle' }],
		['a complete answer is read on the last attempt too', complete, 5, 0, { do: 'settle' }],
		['a complete answer is read when a probe brings it', complete, 0, 9, { do: 'settle' }],
		['a job is asked after', job, 1, 0, { do: 'poll' }],
		[
			'429 waits before the gate and does not count',
			refused('throttled'),
			0,
			0,
			{ do: 'retry', wait: 'gate', counted: false },
		],
		['429 never uses the attempts up', refused('throttled'), 5, 0, { do: 'retry', wait: 'gate', counted: false }],
		[
			'429 to a probe does not use the probes up',
			refused('throttled'),
			0,
			99,
			{ do: 'retry', wait: 'gate', counted: false },
		],
		[
			'409 delays its request alone and does not count',
			refused('busy'),
			0,
			0,
			{ do: 'retry', wait: 'busy', counted: false },
		],
		['409 never uses the attempts up', refused('busy'), 5, 0, { do: 'retry', wait: 'busy', counted: false }],
		[
			'a nonce seen before goes again at once with a new one',
			refused('nonce'),
			1,
			0,
			{ do: 'retry', wait: 'none', counted: true },
		],
		[
			'a nonce refused on the fourth attempt leaves a fifth',
			refused('nonce'),
			4,
			0,
			{ do: 'retry', wait: 'none', counted: true },
		],
		['a nonce refused five times is given up', refused('nonce'), 5, 0, { do: 'giveUp' }],
		[
			'a transient failure backs off and counts',
			refused('transient'),
			1,
			0,
			{ do: 'retry', wait: 'backOff', counted: true },
		],
		[
			'the fourth transient failure leaves a fifth attempt',
			refused('transient'),
			4,
			0,
			{ do: 'retry', wait: 'backOff', counted: true },
		],
		['the fifth transient failure is the last', refused('transient'), 5, 0, { do: 'giveUp' }],
		[
			'a wait named on 503 closes the gate, so there is no back-off beside it',
			refused('transient', { waitMs: 5_000 }),
			1,
			0,
			{ do: 'retry', wait: 'gate', counted: true },
		],
		[
			'a named wait of 0 is a named wait',
			refused('transient', { waitMs: 0 }),
			1,
			0,
			{ do: 'retry', wait: 'gate', counted: true },
		],
		['a failed probe does not count', refused('transient'), 0, 1, { do: 'retry', wait: 'gate', counted: false }],
		[
			'a failed probe of a chunk without attempts left goes on as a probe',
			refused('transient'),
			5,
			1,
			{ do: 'retry', wait: 'gate', counted: false },
		],
		[
			'the seventh probe of a create leaves one',
			refused('transient'),
			0,
			7,
			{ do: 'retry', wait: 'gate', counted: false },
		],
		['a create that failed as a probe eight times is looked up instead', refused('transient'), 0, 8, { do: 'giveUp' }],
	];
	it.each(table)('%s', (_why, reading, counted, probes, next) => {
		expect(decide(reading, counted, probes, MOST)).toEqual(next);
	});

	it('never tires of probing where nothing is settled by looking up', () => {
		const most = { attempts: 5, probes: Number.POSITIVE_INFINITY };
		expect(decide(refused('transient'), 0, 1_000, most)).toEqual({ do: 'retry', wait: 'gate', counted: false });
	});

	it('has one attempt where the plan allows one', () => {
		expect(decide(refused('transient'), 1, 0, { attempts: 1, probes: 8 })).toEqual({ do: 'giveUp' });
	});

	it.each<RefusalClass>(['entry', 'tooLarge', 'absent', 'stop'])(
		'acts on the refusal itself where sending again cannot help: %s',
		(className) => {
			expect(decide(refused(className), 1, 0, MOST)).toEqual({ do: 'refused', refusal: refusalOf(className) });
			expect(decide(refused(className), 5, 3, MOST)).toEqual({ do: 'refused', refusal: refusalOf(className) });
		},
	);
});

describe('whether an attempt counts', () => {
	const table: ReadonlyArray<readonly [why: string, reading: Reading, probe: boolean, counts: boolean]> = [
		['a transient failure does', refused('transient'), false, true],
		['a refused nonce does', refused('nonce'), false, true],
		['a complete answer does', complete, false, true],
		['429 does not: the service asked for it', refused('throttled'), false, false],
		['409 does not: its twin is still running', refused('busy'), false, false],
		['a probe after an outage does not', refused('transient'), true, false],
		['429 to a probe does not', refused('throttled'), true, false],
		['the probe that comes through does not', complete, true, false],
	];
	it.each(table)('%s', (_why, reading, probe, counts) => {
		expect(isCounted(reading, probe)).toBe(counts);
	});
});

describe('what an answer says of the health of the service', () => {
	const table: ReadonlyArray<readonly [why: string, reading: Reading, pulse: Pulse]> = [
		['a complete answer is a success', complete, 'success'],
		['a job is a success', job, 'success'],
		['429 slows down', refused('throttled'), 'throttled'],
		['a transient failure may be an outage', refused('transient'), 'transient'],
		['409 says nothing of health', refused('busy'), 'busy'],
		['a refused nonce says nothing of health', refused('nonce'), 'busy'],
		['a refusal of an entry is an answer', refused('entry'), 'answered'],
		['413 is an answer', refused('tooLarge'), 'answered'],
		['404 is an answer', refused('absent'), 'answered'],
		['403 is an answer', refused('stop'), 'answered'],
	];
	it.each(table)('%s', (_why, reading, pulse) => {
		expect(pulseOf(reading)).toBe(pulse);
	});
});
