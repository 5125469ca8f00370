// Refusals whose code nobody named, of requests about one entry: whose fault they are (laws 4 and 7).

import { expect, it } from 'vitest';
import { UnnamedRefusals } from '../../../nodes/TokenIm/engine/delivery/unnamed';
import type { EndReason } from '../../../nodes/TokenIm/engine/end';
import type { Refusal } from '../../../nodes/TokenIm/engine/wire';
import { scriptedCall } from '../service.mts';

const [add, remove] = [scriptedCall('add members'), scriptedCall('remove members')];
const refusalOf = (code: string): Refusal => ({ class: 'entry', code, message: 'No.', isUnnamed: true });

/** What each of so many refusals in a row leads to. */
function refuse(
	refusals: UnnamedRefusals,
	times: number,
	code = 'x1',
	call = add,
): ReadonlyArray<EndReason | undefined> {
	return Array.from({ length: times }, () => refusals.refuse(call, refusalOf(code)));
}

const NOTHING = (times: number) => Array.from({ length: times }, () => undefined);

it('eleven in a row with one code, and nothing accepted, are the fault of the service', () => {
	const refusals = new UnnamedRefusals();
	expect(refuse(refusals, 10)).toEqual(NOTHING(10));
	const told = (met: number) => ({
		code: 'x1',
		reason: `The service refused every request to add members: No. ${met} met the same answer and none was accepted, so the cause is not in single entries.`,
	});
	expect(refuse(refusals, 2)).toEqual([told(11), told(12)]);
});

it('another code begins the count anew', () => {
	const refusals = new UnnamedRefusals();
	expect(refuse(refusals, 10)).toEqual(NOTHING(10));
	expect(refuse(refusals, 10, 'x2')).toEqual(NOTHING(10));
	expect(refuse(refusals, 10)).toEqual(NOTHING(10));
	expect(refuse(refusals, 1)).toEqual([expect.objectContaining({ code: 'x1' })]);
});

it('each kind of request is counted by itself', () => {
	const refusals = new UnnamedRefusals();
	expect([...refuse(refusals, 10), ...refuse(refusals, 10, 'x1', remove)]).toEqual(NOTHING(20));
	expect(refuse(refusals, 1, 'x1', remove)).toEqual([expect.objectContaining({ code: 'x1' })]);
});

it.each([
	['before', 0],
	['in between', 7],
])(
	'where one was accepted %s, they are the fault of entries; of other kinds of requests that says nothing',
	(_, at) => {
		const refusals = new UnnamedRefusals();
		refuse(refusals, at);
		refusals.accept(add);
		expect(refuse(refusals, 20)).toEqual(NOTHING(20));
		expect(refuse(refusals, 11, 'x1', remove).at(-1)).toBeDefined();
	},
);
