// What a profile gives to who is new (`default` of a field) reaches nobody else: whoever exists keeps what stands there.

import { beforeEach, describe, expect, it } from 'vitest';

import { onlyWhatDiffers } from '../../nodes/TokenIm/operations/onlyWhatDiffers';
import { createProtocol } from '../../nodes/TokenIm/protocol/calls';
import { readProfile } from '../../nodes/TokenIm/protocol/profile/profile';
import json from '../../nodes/TokenIm/protocol/profiles/tokenim-rest-v1.json' with { type: 'json' };
import { createLab, type Lab, type LabRun } from './lab.mts';
import { readyOperation, type ParameterValues } from './parameters.mts';

const { user, group } = json.fields;
const EMAIL = 'none@example.com';
const profile = readProfile({
	...json,
	fields: {
		user: { ...user, email: { ...user.email, default: EMAIL } },
		group: { ...group, description: { ...group.description, default: 'a group' } },
	},
});

let lab: Lab;
beforeEach(() => {
	lab = createLab({ plan: 'unpaced', profile });
	lab.post('/users/batch', {
		onConflict: 'skip',
		users: [
			{ userId: 'own', username: 'A', email: 'x@example.org' },
			{ userId: 'bare', username: 'B' },
		],
	});
});

const upsert: ParameterValues = { resource: 'user', operation: 'batchUpsert' };
const statuses = ({ verdicts }: LabRun) => verdicts.map(({ status }) => status);
const emails = () => Object.fromEntries(lab.service.users().map(({ userId, email }) => [userId, email ?? null]));

describe('Batch Create or Update', () => {
	it('gives it to new users alone, and changes nothing else than it tells', async () => {
		const ran = await lab.run(upsert, [
			{ userId: 'own', username: 'A2' },
			{ userId: 'bare', username: 'B2' },
			{ userId: 'new', username: 'N' },
		]);
		expect(ran.verdicts).toMatchObject([
			{ status: 'updated', changes: [{ field: 'username', from: 'A', to: 'A2' }] },
			{ status: 'updated', changes: [{ field: 'username', from: 'B', to: 'B2' }] },
			{ status: 'created' },
		]);
		expect(emails()).toEqual({ own: 'x@example.org', bare: null, new: EMAIL });
	});

	it('clears what a row clears, once', async () => {
		const clear = { ...upsert, emptyCells: 'clear' };
		const rows = [{ userId: 'own', username: 'A', email: '' }];
		expect(statuses(await lab.run(clear, rows))).toEqual(['updated']);
		expect(emails()).toMatchObject({ own: null });
		await lab.rest(profile.readLagMs);
		expect(statuses(await lab.run(clear, rows, { executionId: '2' }))).toEqual(['unchanged']);
	});

	it('compares a later row with what the one before it made', async () => {
		const ran = await lab.run(upsert, [
			{ userId: 'new', username: 'N' },
			{ userId: 'new', username: 'N', email: EMAIL },
		]);
		expect(statuses(ran)).toEqual(['created', 'unchanged']);
	});

	it('gives it to whom a later row makes, where the earlier was refused', async () => {
		const ran = await lab.run(upsert, [
			{ userId: 'new', avatarUrl: 'https://example.com/n.png' },
			{ userId: 'new', username: 'N' },
		]);
		expect(statuses(ran)).toEqual(['failed', 'created']);
		expect(emails()).toMatchObject({ new: EMAIL });
	});

	it('gives it to nobody where nobody looks who is new, and says so', async () => {
		const every = { ...upsert, send: 'every' };
		await lab.run(every, [
			{ userId: 'own', username: 'A2' },
			{ userId: 'new', username: 'N' },
		]);
		expect(emails()).toEqual({ own: 'x@example.org', bare: null, new: null });
		const { operation } = readyOperation(every, profile, createProtocol(profile));
		expect(operation.hints?.()).toEqual([expect.stringContaining('(email)')]);
	});

	it('asks who is new, also where nothing of a row could be compared', () => {
		const protocol = createProtocol(profile);
		const entry = { id: 'u', fields: { userId: 'u', password: 'x' } };
		expect(onlyWhatDiffers(profile, protocol.queryUsers())?.asks(entry)).toBe(true);
		expect(onlyWhatDiffers(readProfile(json), protocol.queryUsers())?.asks(entry)).toBe(false);
	});
});

it('Batch Create gives it to whom it creates, and leaves the others', async () => {
	const create = { resource: 'user', operation: 'batchCreate' };
	const rows = ['own', 'bare', 'new'].map((userId) => ({ userId, username: userId }));
	expect(statuses(await lab.run(create, rows))).toEqual(['exists', 'exists', 'created']);
	expect(emails()).toEqual({ own: 'x@example.org', bare: null, new: EMAIL });
});

it('is not written where creating overwrites who exists', () => {
	const { operations } = json;
	const encoded = (conflict: object) =>
		createProtocol(
			readProfile({
				...json,
				fields: profile.fields,
				operations: { ...operations, createUsers: { ...operations.createUsers, conflict } },
			}),
		)
			.createUsers('keep')
			.encode({ id: 'own', fields: { userId: 'own', username: 'A' } });
	expect(JSON.parse(encoded({ by: 'overwriting' }))).toEqual({ userId: 'own', username: 'A' });
	expect(JSON.parse(encoded({ by: 'refusal' }))).toEqual({ userId: 'own', username: 'A', email: EMAIL });
});

it('is not written where somebody is only suspended, or let into a group', () => {
	const { operations } = json;
	const body = { container: 'objects', key: 'users' };
	const changed = readProfile({
		...json,
		fields: profile.fields,
		operations: {
			...operations,
			suspendUsers: { ...operations.suspendUsers, body },
			addMembers: { ...operations.addMembers, body },
		},
	});
	const protocol = createProtocol(changed);
	const entry = { id: 'own', fields: { userId: 'own' } };
	for (const call of [protocol.suspendUsers(), protocol.addMembers('g')])
		expect(JSON.parse(call.encode(entry))).toEqual({ userId: 'own' });
});

describe('Create or Update of groups', () => {
	const groups = { resource: 'group', operation: 'upsert' };
	const descriptions = () => lab.service.groups().map(({ description }) => description ?? null);

	it('gives it to new groups alone', async () => {
		lab.post('/groups/batch', {
			onConflict: 'skip',
			groups: [{ groupId: 'old', name: 'Old', ownerId: 'own', description: 'own words' }],
		});
		const ran = await lab.run(groups, [
			{ groupId: 'old', name: 'Older' },
			{ groupId: 'new', name: 'New', ownerId: 'own' },
			{ groupId: 'new', name: 'Newer' },
		]);
		expect(ran.verdicts).toMatchObject([
			{ status: 'updated', changes: [{ field: 'name', from: 'Old', to: 'Older' }] },
			{ status: 'created' },
			{ status: 'updated' },
		]);
		expect(descriptions()).toEqual(['own words', 'a group']);
	});
});
