// What the examples say of plans, rates and hosts, on the wire.

import { describe, expect, it } from 'vitest';

import { parseProfile, readProfile } from '../../nodes/TokenIm/protocol/profile/profile';
import { check } from '../../scripts/profile/check.mts';
import { createHeron, HONEST, SECRET } from './heron.mts';
import { vendorNamed } from './services.mts';
import { CREATE, createLab, MEMBERS, profileText, VERIFY, type Seen } from './world.mts';

const rows = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ userId: `u${index + 1}`, username: `U ${index + 1}` }));

function labOf(name: string, values: Readonly<Record<string, string>> = {}, baseUrl?: string) {
	const vendor = vendorNamed(name);
	const entries = [
		...vendor.credential.profileValues.entries,
		...Object.entries(values).map(([key, value]) => ({ name: key, value })),
	];
	const credential = {
		...vendor.credential,
		...(baseUrl === undefined ? {} : { baseUrl }),
		profileValues: { entries },
	};
	return { vendor, lab: createLab(credential, vendor.world().service) };
}

const gapsOf = (seen: readonly Seen[]): number[] =>
	seen.slice(1).map(({ nowMs }, index) => Math.round(nowMs - (seen[index]?.nowMs ?? 0)));

describe('rates', () => {
	it('hold for imports and not for look-ups: CometChat takes one import a second', async () => {
		const { vendor, lab } = labOf('cometchat');
		const created = await lab.run(CREATE, rows(200));
		expect(gapsOf(created.seen.filter(vendor.isCreate))).toEqual([1_000, 1_000, 1_000]);
		const verified = await lab.run(VERIFY, rows(200));
		expect(verified.statuses.every((status) => status === 'found')).toBe(true);
		expect(verified.tookMs).toBeLessThan(2_000);
	});
});

describe('a rate for each group by itself', () => {
	const heron = (rate: object) => {
		const profile = {
			...HONEST,
			limits: { ...HONEST.limits, rates: [{ operations: ['addMembers'], requests: 1, ...rate }] },
		};
		const { service, people, rooms } = createHeron();
		for (const id of ['a', 'b', 'c', 'd']) people.set(id, { id });
		for (const room of ['r1', 'r2']) rooms.set(room, new Set());
		const credential = { baseUrl: 'https://im.example.com', apiKey: '', apiSecret: SECRET, profile: 'custom' };
		return createLab({ ...credential, profileJson: JSON.stringify(profile), profileValues: { entries: [] } }, service);
	};
	const rooms = [
		{ groupId: 'r1', memberIds: ['a', 'b'] },
		{ groupId: 'r2', memberIds: ['a', 'b'] },
		{ groupId: 'r1', memberIds: ['c', 'd'] },
	];

	it('holds requests for one group back, and not those for others', async () => {
		const { seen, statuses } = await heron({ each: 'group' }).run(MEMBERS, rooms);
		expect(statuses).toEqual(['added', 'added', 'added']);
		expect(gapsOf(seen)).toEqual([0, 1_000]);
		expect(
			(await heron({}).run(MEMBERS, rooms)).seen.map(({ nowMs }, _index, [first]) => nowMs - (first?.nowMs ?? 0)),
		).toEqual([0, 1_000, 2_000]);
	});

	it('is told by check', () => {
		const limits = { ...HONEST.limits, rates: [{ operations: ['addMembers'], requests: 1, each: 'group' }] };
		expect(check(readProfile({ ...HONEST, limits }))).toContain(
			'  addMembers: at most 1 request in a second, for each group by itself',
		);
	});
});

describe('plans', () => {
	it.each([
		['standard', 10],
		['flagship', 2],
	])("NetEase's %s takes a request every %i ms", async (plan, ms) => {
		const { lab } = labOf('netease-yunxin', { plan });
		const { seen, statuses } = await lab.run(CREATE, rows(100));
		expect(new Set(statuses)).toEqual(new Set(['created']));
		expect(Math.min(...gapsOf(seen))).toBe(ms);
	});
});

describe('hosts', () => {
	it("take over where one is down: RongCloud's backup carries the rest out", async () => {
		const { lab } = labOf('rongcloud', {}, '');
		const { seen, statuses } = await lab.run(CREATE, rows(50), ({ host }, number) =>
			host === 'api.rong-api.com' && number > 10 ? { status: 502, body: {} } : undefined,
		);
		expect(new Set(statuses)).toEqual(new Set(['updated']));
		const hosts = seen.map(({ host }) => host);
		expect(hosts.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 'api.rong-api.com'));
		expect(hosts.filter((host) => host === 'api-b.rong-api.com').length).toBeGreaterThanOrEqual(40);
		expect(hosts.at(-1)).toBe('api-b.rong-api.com');
	});
});

it.each([
	[
		'cometchat',
		/^Limits \(.*10,000 requests a minute, 2026-11-20\): usersPerRequest 50, .*\n  createUsers, createGroups together: at most 60 requests in 60 seconds$/m,
	],
	['netease-yunxin', /^With plan premium: as above\nWith plan flagship: requestsPerSecond 500$/m],
	['rongcloud', /^It is at https:\/\/api\.rong-api\.com; when that is down, at https:\/\/api-b\.rong-api\.com\.$/m],
])('the check of %s tells of them', (name, lines) => {
	expect(check(parseProfile(profileText(name))).join('\n')).toMatch(lines);
});
