// Undo of updates at the services whose documents offer updates and give back what can be compared.

import { describe, expect, it } from 'vitest';

import { compileEarlierValues } from '../../nodes/TokenIm/operations/earlierValues';
import { profileOf } from '../../nodes/TokenIm/protocol/auth/credentialData';
import { createProtocol, Unsupported } from '../../nodes/TokenIm/protocol/calls';
import { VENDORS } from './services.mts';
import { CREATE, createLab } from './world.mts';

const UPSERT = { resource: 'user', operation: 'batchUpsert' };
const UNDO = { resource: 'user', operation: 'undo' };

type Vendor = (typeof VENDORS)[number];

function canTakeBack({ credential }: Vendor): boolean {
	const profile = profileOf(credential);
	const protocol = createProtocol(profile);
	if (protocol.userLookUp() === undefined || !compileEarlierValues(profile).hasAny) return false;
	try {
		return protocol.createUsers('update') !== undefined;
	} catch (error) {
		expect(error).toBeInstanceOf(Unsupported);
		return false;
	}
}

const able = VENDORS.filter(canTakeBack);

it('are these', () => {
	expect(able.map(({ name }) => name)).toEqual(['rongcloud', 'matrix-synapse']);
});

describe.each(able)('$name', ({ name, credential, world: makeWorld }) => {
	it('gives no account an ID of its own: the values alone prove that nobody changed them since', async () => {
		const world = makeWorld();
		const lab = createLab(credential, world.service);
		await lab.run(CREATE, [
			{ userId: 's0', username: 'Ann' },
			{ userId: 's1', username: 'Ben' },
		]);
		const before = JSON.stringify([...world.users]);
		const updated = await lab.run(UPSERT, [
			{ userId: 's0', username: 'Anna' },
			{ userId: 's1', username: 'Benno' },
			{ userId: 's2', username: 'Cid' },
		]);
		// RongCloud does not tell whom it made: such a row has no changes.
		expect(updated.statuses).toEqual(['updated', 'updated', name === 'rongcloud' ? 'updated' : 'created']);
		const results = updated.verdicts.map((verdict) => ({ ...verdict }));
		const [first, ...others] = results;
		const undone = await lab.run(UNDO, others);
		expect(undone.statuses).toEqual(['updated', 'kept']);
		await lab.run(UPSERT, [{ userId: 's0', username: 'Annie' }]);
		expect((await lab.run(UNDO, [{ ...first }])).statuses).toEqual(['kept']);
		await lab.run(UPSERT, [{ userId: 's0', username: 'Anna' }]);
		expect((await lab.run(UNDO, [{ ...first }])).statuses).toEqual(['updated']);
		world.users.delete('s2');
		expect(JSON.stringify([...world.users])).toBe(before);
	});
});
