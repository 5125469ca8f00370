// When the service is suspected, and not the rows (law 4): ten rows alone and one more request.

import { describe, expect, it } from 'vitest';
import { RefusedOutright, type NextChunk } from '../../../nodes/TokenIm/engine/delivery/refusedOutright';
import type { EndReason } from '../../../nodes/TokenIm/engine/end';
import type { Refusal } from '../../../nodes/TokenIm/engine/wire';
import { passed } from '../passed.mts';

const refusalOf = (code = 'bad'): Refusal => ({ class: 'entry', code, message: 'No.' });
const FOUND_OUT: EndReason = {
	code: 'bad',
	reason:
		'The service refused every request as a whole: No. 10 rows sent alone and a further batch met the same answer, so the cause is not in single rows.',
};

/** @param chunks what comes of each further chunk that is tried; then there is none */
function watching(...chunks: NextChunk[]) {
	const tried: string[] = [];
	const watch = new RefusedOutright(async (code) => {
		tried.push(code);
		return chunks.shift() ?? 'none';
	});
	const alone = async (times: number, { code = 'bad', isWhole = false } = {}) => {
		const came: Array<EndReason | undefined> = [];
		for (let time = 0; time < times; time++) came.push(await watch.standsAlone(refusalOf(code), isWhole));
		return came;
	};
	return { watch, tried, alone };
}

const nothing = (times: number) => Array.from({ length: times }, () => undefined);

describe('rows that were refused alone', () => {
	it('are ten before a further chunk is tried; where that is refused too, the run ends', async () => {
		const { alone, tried } = watching('refused');
		expect([await alone(9), tried]).toEqual([nothing(9), []]);
		expect([await alone(1), tried]).toEqual([[FOUND_OUT], ['bad']]);
	});

	it.each<NextChunk>(['other', 'none'])('count from none again where the further chunk is %j', async (next) => {
		const { alone, tried } = watching(next, 'refused');
		expect([await alone(19), tried]).toEqual([nothing(19), ['bad']]);
		expect([await alone(1), tried]).toEqual([[FOUND_OUT], ['bad', 'bad']]);
	});

	it('count by code', async () => {
		const { alone, tried } = watching('refused');
		expect(await alone(9)).toEqual(nothing(9));
		expect(await alone(9, { code: 'worse' })).toEqual(nothing(9));
		expect([await alone(9), tried]).toEqual([nothing(9), []]);
		expect(await alone(1)).toEqual([FOUND_OUT]);
	});

	it('are to blame themselves once anything was accepted', async () => {
		const { watch, alone, tried } = watching('refused', 'refused');
		expect(watch.hasAccepted).toBe(false);
		await alone(9);
		watch.accept();
		expect([watch.hasAccepted, await alone(30), tried]).toEqual([true, nothing(30), []]);
	});
});

describe('where each request is one row, and none is left to try', () => {
	it('the next one that is refused is the trial', async () => {
		const { alone, tried } = watching();
		expect(await alone(10, { isWhole: true })).toEqual(nothing(10));
		expect([await alone(1, { isWhole: true }), tried]).toEqual([[FOUND_OUT], ['bad']]);
	});

	it('a row that is left of a larger request is none', async () => {
		const { alone, tried } = watching();
		await alone(10, { isWhole: true });
		expect([await alone(1), tried]).toEqual([[undefined], ['bad', 'bad']]);
	});

	it('nor is one that is refused with another code', async () => {
		const { alone } = watching('none', 'other');
		await alone(10, { isWhole: true });
		expect(await alone(10, { code: 'worse', isWhole: true })).toEqual(nothing(10));
	});
});

describe('the turn to bisect', () => {
	it('is one holder’s at a time; a holder that has it does not wait for itself', async () => {
		const { watch } = watching();
		const [one, other] = [{}, {}];
		const handOver = await watch.takeTurn(one);
		const again = await watch.takeTurn(one);
		const waiting = watch.takeTurn(other);
		again();
		expect(await passed(waiting)).toBe(false);
		handOver();
		expect(await passed(waiting)).toBe(true);
		const third = watch.takeTurn(one);
		expect(await passed(third)).toBe(false);
		(await waiting)();
		expect(await passed(third)).toBe(true);
	});

	it('is nobody’s once anything was accepted', async () => {
		const { watch } = watching();
		await watch.takeTurn({});
		watch.accept();
		expect(await passed(watch.takeTurn({}))).toBe(true);
	});
});
