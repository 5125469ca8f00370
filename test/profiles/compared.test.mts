// Which fields Only What Differs can compare, service by service, as docs/api-profiles.md says; and what a second night does.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { compileUserFields } from '../../nodes/TokenIm/operations/userFields';
import { createProtocol, Unsupported } from '../../nodes/TokenIm/protocol/calls';
import { comparedFields } from '../../nodes/TokenIm/protocol/fields/fieldUse';
import { profileOf } from '../../nodes/TokenIm/protocol/auth/credentialData';
import type { Profile } from '../../nodes/TokenIm/protocol/profile/profile';
import { defaultProfile } from '../../nodes/TokenIm/protocol/profiles';
import { VENDORS, vendorNamed } from './services.mts';
import { createLab, UPSERT } from './world.mts';

const page = readFileSync(join(import.meta.dirname, '../../docs/api-profiles.md'), 'utf8');
const services: ReadonlyArray<readonly [string, Profile]> = [
	['tokenim-rest-v1', defaultProfile],
	...VENDORS.map(({ name, credential }) => [name, profileOf(credential)] as const),
];

function canUpdate(profile: Profile): boolean {
	try {
		createProtocol(profile).createUsers('update');
		return true;
	} catch (error) {
		if (error instanceof Unsupported) return false;
		throw error;
	}
}

describe('what look-ups give back stands in the documents', () => {
	it.each(services)('of %s', (name, profile) => {
		const compared = comparedFields(profile, 'user').map(([field]) => `\`${field}\``);
		const row = `| ${name} | ${canUpdate(profile) ? 'yes' : 'no'} | ${compared.join(', ') || 'nothing'} |`;
		expect(page).toContain(row);
		expect(compileUserFields(profile).hasAny).toBe(compared.length > 0);
	});
});

describe('the second night', () => {
	const rows = Array.from({ length: 12 }, (_, index) => ({ userId: `s${index}`, username: `学生 ${index}` }));

	it.each(['matrix-synapse', 'rongcloud'])('of %s writes only what differs', async (name) => {
		const { credential, world: makeWorld } = vendorNamed(name);
		const world = makeWorld();
		const lab = createLab(credential, world.service);
		await lab.run(UPSERT, rows);
		const writes = [...world.writes.values()].reduce((sum, times) => sum + times, 0);
		const again = await lab.run(
			UPSERT,
			rows.map((row, index) => (index === 3 ? { ...row, username: 'Other' } : row)),
		);
		expect(again.statuses.filter((status) => status === 'unchanged')).toHaveLength(11);
		expect(again.verdicts[3]).toMatchObject({
			status: 'updated',
			changes: [{ field: 'username', from: '学生 3', to: 'Other' }],
		});
		expect([...world.writes.values()].reduce((sum, times) => sum + times, 0)).toBe(writes + 1);
	});

	it('of tencent-chat writes every row and asks after nobody', async () => {
		const { credential, world: makeWorld } = vendorNamed('tencent-chat');
		const lab = createLab(credential, makeWorld().service);
		await lab.run(UPSERT, rows);
		const again = await lab.run(UPSERT, rows);
		expect(new Set(again.statuses)).toEqual(new Set(['updated']));
		expect(again.seen.filter(({ path }) => path.includes('account_check'))).toEqual([]);
	});
});
