// Limits by plan, and rates of single operations.

import { describe, expect, it } from 'vitest';

import { createProtocol } from '../../../nodes/TokenIm/protocol/calls';
import { profileOf } from '../../../nodes/TokenIm/protocol/auth/credentialData';
import json from '../../../nodes/TokenIm/protocol/profiles/tokenim-rest-v1.json' with { type: 'json' };

const rate = (operations: readonly string[], requests: number, seconds = 1) => ({ operations, requests, seconds });

/** The protocol of a credential whose profile has these limits beside the default ones. */
function protocolOf(
	more: object,
	values: Readonly<Record<string, string>> = {},
	declared: object = { tier: { label: 'Plan', default: 'free' } },
) {
	const { discovery: _, ...limits } = json.limits;
	const profileJson = JSON.stringify({ ...json, values: declared, limits: { ...limits, ...more } });
	const entries = Object.entries(values).map(([name, value]) => ({ name, value }));
	return createProtocol(profileOf({ profile: 'custom', profileJson, profileValues: { entries } }));
}

const plans = {
	value: 'tier',
	table: {
		free: { requestsPerSecond: 2, usersPerRequest: 10 },
		big: { concurrentRequests: 16, rates: [rate(['createUsers'], 200)] },
	},
};

describe('limits by plan', () => {
	it('are those of the plan that the credential names, else of the one that holds by default', () => {
		expect(protocolOf({ plans }).defaultLimits).toMatchObject({
			requestsPerSecond: 2,
			usersPerRequest: 10,
			idsPerQuery: 200,
			concurrentRequests: 4,
		});
		expect(protocolOf({ plans }, { tier: 'big' }).defaultLimits).toMatchObject({
			requestsPerSecond: 20,
			usersPerRequest: 100,
			concurrentRequests: 16,
		});
	});

	it('bring rates in place of those for all', () => {
		const rates = [rate(['createUsers'], 10)];
		expect(protocolOf({ plans, rates }).createUsers('keep').rates).toMatchObject([{ spacingMs: 100 }]);
		expect(protocolOf({ plans, rates }, { tier: 'big' }).createUsers('keep').rates).toMatchObject([{ spacingMs: 5 }]);
	});

	it('of a plan that the profile does not know are refused with the names of those that it knows', () => {
		expect(() => protocolOf({ plans }, { tier: 'huge' })).toThrow(
			/values\.tier: the value in the credential is none of the plans that the profile knows: free, big/,
		);
		expect(() => protocolOf({ plans }, { tier: 'constructor' })).toThrow(/values\.tier/);
	});

	it.each([
		['no value of that name', {}, 'limits.plans.value'],
		['a value that is secret', { tier: { label: 'Plan', secret: true, default: 'free' } }, 'limits.plans.value'],
		['a default that is no plan', { tier: { label: 'Plan', default: 'none' } }, 'values.tier.default'],
	])('are refused with %s', (_what, declared, path) => {
		expect(() => protocolOf({ plans }, { tier: 'free' }, declared)).toThrow(expect.objectContaining({ path }));
	});

	it.each([
		[{ plans: { value: 'tier', table: {} } }, 'limits.plans.table'],
		[{ plans: { value: 'tier', table: { free: { userPerRequest: 1 } } } }, 'limits.plans.table.free'],
		[{ plans: { value: 'tier', table: { free: { usersPerRequest: 0 } } } }, 'limits.plans.table.free.usersPerRequest'],
	])('%j is refused', (more, path) => {
		expect(() => protocolOf(more)).toThrow(expect.objectContaining({ path }));
	});
});

describe('rates of operations', () => {
	it('are shared by the operations that one names, and by no others', () => {
		const protocol = protocolOf({
			rates: [rate(['createUsers', 'deleteUsers'], 60, 60), rate(['queryUsers', 'createUsers'], 100)],
		});
		const [shared, looks] = protocol.createUsers('keep').rates ?? [];
		expect([shared?.spacingMs, looks?.spacingMs]).toEqual([1_000, 10]);
		expect(protocol.deleteUsers().rates).toEqual([shared]);
		expect(protocol.queryUsers().rates).toEqual([looks]);
		expect(protocol.createGroups('keep').rates).toEqual([]);
		expect(shared?.bucket).not.toBe(looks?.bucket);
	});

	it.each([
		[rate([], 1), 'limits.rates.0.operations'],
		[rate(['createUser'], 1), 'limits.rates.0.operations.0'],
		[rate(['createUsers'], 0), 'limits.rates.0.requests'],
		[rate(['createUsers'], 1, 3_600), 'limits.rates.0'],
	])('%j is refused', (one, path) => {
		expect(() => protocolOf({ rates: [one] })).toThrow(expect.objectContaining({ path }));
	});
});
