// Who may send while a quota is being used up (law 7).

import { expect, it } from 'vitest';
import { RunEnd } from '../../../nodes/TokenIm/engine/end';
import { QuotaTurns, roomNamed } from '../../../nodes/TokenIm/engine/pacing/quotaTurns';
import { passed } from '../passed.mts';

it('new requests wait from the refusal on until the last who uses the quota up hands over', async () => {
	const quota = new QuotaTurns(new RunEnd());
	await quota.over();
	quota.meet();
	const over = quota.over();
	const first = await quota.takeTurn();
	const second = quota.takeTurn();
	expect(await passed(second)).toBe(false);
	first();
	const handOver = await second;
	expect([await passed(over), quota.isOn]).toEqual([false, true]);
	handOver();
	await over;
	expect(quota.isOn).toBe(false);
});

it('a run that ends before anybody could use it up keeps nobody waiting', async () => {
	const end = new RunEnd();
	const quota = new QuotaTurns(end);
	quota.meet();
	const over = quota.over();
	expect(await passed(over)).toBe(false);
	end.drain({ reason: 'Stopped.' });
	await over;
	expect(quota.isOn).toBe(false);
	await quota.over();
});

it.each([
	[{ limit: 100, used: 90 }, 10],
	[{ limit: 100, used: 120 }, 0],
	[{ limit: 10.5, used: 0 }, 10],
	[undefined, 0],
])('the room that %j names is %i', (quota, room) => {
	expect(roomNamed({ class: 'quota', code: 'quota_exceeded', message: 'Full.', quota })).toBe(room);
});
