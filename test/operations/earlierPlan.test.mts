// Which runs may go by limits that were read for an earlier one.

import { describe, expect, it } from 'vitest';

import { earlierPlanSuffices, type SmallRun } from '../../nodes/TokenIm/operations/earlierPlan';
import { createProtocol } from '../../nodes/TokenIm/protocol/calls';
import { defaultProfile } from '../../nodes/TokenIm/protocol/profiles';
import { readyOperation, type ParameterValues } from './parameters.mts';

const protocol = createProtocol(defaultProfile);

function small(parameters: ParameterValues, more: Partial<SmallRun> = {}): SmallRun {
	const { operation } = readyOperation(parameters, defaultProfile, protocol);
	const limits = protocol.defaultLimits;
	return { operation, rows: 1, limits, makesUsers: false, foretells: false, ...more };
}

const USERS = { resource: 'user', operation: 'batchCreate' };
const VERIFY = { resource: 'user', operation: 'verify' };
const MEMBERS = { resource: 'group', operation: 'addMembers' };
const ROSTER = { rows: 'membership', groupBy: 'class' };
const room = (left: number) => ({ limits: { usersPerRequest: 5 }, userQuota: { limit: 10, used: 10 - left } });

describe('an earlier plan is enough', () => {
	it.each([
		['for one row', USERS, {}, {}],
		['for as many as it lets into one request', USERS, { rows: 5 }, { usersPerRequest: 5 }],
		['for as many as the profile lets into one request', USERS, { rows: 100 }, {}],
		['for as many as the user lets into one request', USERS, { rows: 3, caps: { entriesPerRequest: 3 } }, {}],
		['for as many ids as one look-up takes', VERIFY, { rows: 7 }, { idsPerQuery: 7, usersPerRequest: 1 }],
		['for one membership', { ...MEMBERS, ...ROSTER }, {}, {}],
	])('%s', (_what, parameters, more, limits) => {
		expect(earlierPlanSuffices(small(parameters, more))?.({ limits })).toBe(true);
	});

	it.each([
		['for more than it lets into one request', USERS, { rows: 6 }, { usersPerRequest: 5 }],
		['for more than the profile lets into one request', USERS, { rows: 101 }, {}],
		['for more than the user lets into one request', USERS, { rows: 4, caps: { entriesPerRequest: 3 } }, {}],
		['for more ids than one look-up takes', VERIFY, { rows: 8 }, { idsPerQuery: 7 }],
	])('not %s', (_what, parameters, more, limits) => {
		expect(earlierPlanSuffices(small(parameters, more))?.({ limits })).toBe(false);
	});

	it.each([
		['rows that are not counted beforehand', USERS, { rows: undefined }],
		['a run that tells what another would do', { ...USERS, validateOnly: true }, { foretells: true }],
		['two memberships, which may be of two groups', { ...MEMBERS, ...ROSTER }, { rows: 2 }],
		['a group, which may have any number of members', { resource: 'group', operation: 'create' }, {}],
		['members of a group, which may be any number', MEMBERS, {}],
	])('never for %s', (_what, parameters, more) => {
		expect(earlierPlanSuffices(small(parameters, more))).toBeUndefined();
	});

	it.each([
		['with room for all rows', true, 3, true],
		['with room for fewer', true, 2, false],
		['with room for fewer, where rows take none', false, 0, true],
	])('%s', (_what, makesUsers, left, expected) => {
		expect(earlierPlanSuffices(small(USERS, { rows: 3, makesUsers }))?.(room(left))).toBe(expected);
	});
});

it('trying a plan on leaves the limits of the run as they are', () => {
	const run = small(USERS, { caps: { entriesPerRequest: 1 } });
	earlierPlanSuffices(run)?.({ limits: { usersPerRequest: 2 } });
	expect(run.limits).toEqual(protocol.defaultLimits);
});
