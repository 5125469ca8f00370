// A live ejabberd, reached by its profile from the real n8n: what the node reports is what ejabberd itself says is there.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Credential } from '../../scripts/lib/n8n-cli.mts';
import { ROOT } from '../../scripts/lib/paths.mts';
import type { RunResult } from '../../scripts/lib/run-data.mts';
import { verdictsOf } from '../../scripts/lib/verdicts.mts';
import { describeWithEjabberd } from './describe.mts';
import { HOST, ROOMS, startEjabberd, type Ejabberd } from './ejabberd/server.mts';
import { openLab, type Lab } from './lab.mts';
import { csvInto, USERS_CREATE } from './workflows.mts';

const PEOPLE = Array.from({ length: 1_000 }, (_, index) => `u${String(index + 1).padStart(4, '0')}`);
/** They have accounts before the first run. */
const KNOWN = PEOPLE.slice(0, 20);
const ROOM_NAMES = Array.from({ length: 10 }, (_, index) => `room-${index + 1}`);
const titleOf = (room: number) => `第${room + 1}班`;
const roomOf = (index: number) => ROOM_NAMES[Math.floor((index * ROOM_NAMES.length) / PEOPLE.length)] ?? '';

/** Rows among the others, each with an account that cannot be made. The service itself refuses the last one. */
const BAD_ROWS = [
	{
		at: 100,
		userId: 'u 101',
		password: '',
		verdict: {
			status: 'invalid',
			issues: [expect.objectContaining({ column: 'userId', fix: expect.stringMatching(/space/) })],
		},
	},
	{
		at: 300,
		userId: 'U0001',
		password: '',
		verdict: {
			status: 'invalid',
			issues: [expect.objectContaining({ column: 'userId', fix: expect.stringContaining('Same as row 1.') })],
		},
	},
	{
		at: 500,
		userId: 'u'.repeat(1_024),
		password: '',
		verdict: { status: 'invalid', issues: [expect.objectContaining({ column: 'userId' })] },
	},
	{
		at: 700,
		userId: 'u-refused',
		password: 'private \uE000 use',
		verdict: { status: 'failed', code: '10001', message: expect.stringMatching(/password/) },
	},
];

const OLD_PASSWORD = 'was there before';
const CHOSEN_PASSWORD = 'chosen in the sheet';

const PROVISION = 'ejabberdUsers';
const FILL = 'ejabberdRooms';
const ADD = 'ejabberdAdd';
const UNDO = 'ejabberdUndo';
const ELSEWHERE = 'ejabberdElsewhere';

const membership = { resource: 'group', rows: 'membership', groupBy: 'room' };

await describeWithEjabberd('ejabberd', () => {
	let lab: Lab;
	let ejabberd: Ejabberd;
	const roster = PEOPLE.map((userId) => ({ userId, password: userId === 'u1000' ? CHOSEN_PASSWORD : '' }));
	for (const { at, userId, password } of BAD_ROWS) roster.splice(at, 0, { userId, password });

	beforeAll(async () => {
		[lab, ejabberd] = await Promise.all([openLab(), startEjabberd()]);
		for (const user of KNOWN) await ejabberd.ask('register', { user, host: HOST, password: OLD_PASSWORD });
		const credential = await credentialFor(ejabberd, HOST);
		const elsewhere = await credentialFor(ejabberd, 'elsewhere.example');
		const users = await lab.write(
			'users.csv',
			csv(
				'userId,password',
				roster.map(({ userId, password }) => [userId, password]),
			),
		);
		const rooms = await lab.write(
			'rooms.csv',
			csv(
				'userId,room,title',
				PEOPLE.map((userId, index) => [userId, roomOf(index), titleOf(ROOM_NAMES.indexOf(roomOf(index)))]),
			),
		);
		const more = await lab.write(
			'more.csv',
			csv('userId,room', [
				['u0001', 'room-2'],
				['u0002', 'no-such-room'],
				['u0003', 'room 3'],
			]),
		);
		const created = await lab.write('created.csv', '');
		await lab.store(
			[credential, elsewhere],
			[
				csvInto(PROVISION, users, credential, [
					{ name: 'Create', parameters: USERS_CREATE },
					{ name: 'Verify', parameters: { resource: 'user', operation: 'verify' } },
				]),
				csvInto(FILL, rooms, credential, [
					{
						name: 'Rooms',
						parameters: {
							...membership,
							operation: 'create',
							groupNameColumn: 'title',
							owner: 'same',
							ownerId: { __rl: true, mode: 'id', value: 'admin' },
						},
					},
				]),
				csvInto(ADD, more, credential, [
					{ name: 'Add', parameters: { ...membership, operation: 'addMembers' } },
					{ name: 'Verify', parameters: { ...membership, operation: 'verify' } },
				]),
				csvInto(ELSEWHERE, users, elsewhere, [{ name: 'Create', parameters: USERS_CREATE }]),
				csvInto(UNDO, created, credential, [
					{ name: 'Delete', parameters: { resource: 'user', operation: 'deleteEvery', deleteAtMost: 0 } },
				]),
			],
		);
	});
	afterAll(async () => {
		await ejabberd?.stop();
		await lab?.close();
	});

	/** Runs a workflow that must end well. */
	async function run(id: string): Promise<RunResult> {
		const result = await lab.run(id);
		expect(result.error).toBeUndefined();
		return result;
	}

	/** Whom ejabberd itself has, in order; the administrator is no row of anybody. */
	async function accounts(): Promise<string[]> {
		return texts(await ejabberd.ask('registered_users', { host: HOST }))
			.filter((user) => user !== 'admin')
			.sort();
	}

	/** The affiliations of a room, as ejabberd itself has them. */
	async function affiliations(name: string): Promise<Record<string, string>> {
		const found = await ejabberd.ask('get_room_affiliations', { name, service: ROOMS });
		if (!Array.isArray(found)) throw new Error(`no affiliations: ${JSON.stringify(found)}`);
		return Object.fromEntries(found.map(({ username, affiliation }) => [username, affiliation]));
	}

	test('listens on this machine only, and starts no port mapper', async () => {
		expect([...(await ejabberd.listeners())].sort()).toEqual(ejabberd.ports.map((port) => `127.0.0.1:${port}`).sort());
	});

	describe('users', () => {
		let first: RunResult;
		beforeAll(async () => {
			first = await run(PROVISION);
		});

		test('are created, all but the bad rows, each with one verdict in its place', async () => {
			const verdicts = verdictsOf(first, 'Create');
			expect(verdicts.map(({ row }) => row)).toEqual(roster.map((_, index) => index + 1));
			expect(verdicts.map(({ status }) => status)).toEqual(roster.map(({ userId }) => statusOf(userId)));
			expect(await accounts()).toEqual(PEOPLE);
		});

		test.each(BAD_ROWS)('but not item $at, which says why', ({ at, verdict }) => {
			expect(verdictsOf(first, 'Create')[at]).toMatchObject(verdict);
		});

		test('are verified: found, but for whom ejabberd does not have', () => {
			const statuses = verdictsOf(first, 'Verify').map(({ status }) => status);
			// Verify gives a repeated id the verdict of the first.
			const expected = roster.map(({ userId }) =>
				userId === 'u-refused' ? 'missing' : userId === 'U0001' || PEOPLE.includes(userId) ? 'found' : 'invalid',
			);
			expect(statuses).toEqual(expected);
		});

		test('are left as they are by a second run, passwords too', async () => {
			const second = verdictsOf(await run(PROVISION), 'Create');
			expect(second.map(({ status }) => status)).toEqual(
				roster.map(({ userId }) => (statusOf(userId) === 'created' ? 'exists' : statusOf(userId))),
			);
			expect(await accounts()).toEqual(PEOPLE);
			expect(await ejabberd.ask('check_password', { user: 'u0001', host: HOST, password: OLD_PASSWORD })).toBe(0);
			expect(await ejabberd.ask('check_password', { user: 'u1000', host: HOST, password: CHOSEN_PASSWORD })).toBe(0);
		});

		test('keep their passwords out of what the run shows', () => {
			const shown = JSON.stringify(verdictsOf(first, 'Create'));
			for (const secret of [OLD_PASSWORD, CHOSEN_PASSWORD, 'private', ejabberd.admin.password])
				expect(shown).not.toContain(secret);
		});
	});

	describe('rooms', () => {
		test('are made of the rows of a roster, each person a member', async () => {
			const verdicts = verdictsOf(await run(FILL), 'Rooms');
			expect(verdicts).toEqual(
				PEOPLE.map((userId, index) =>
					expect.objectContaining({
						row: index + 1,
						status: 'added',
						group: 'created',
						userId,
						groupId: roomOf(index),
					}),
				),
			);
			expect(texts(await ejabberd.ask('muc_online_rooms', { service: ROOMS })).sort()).toEqual(
				ROOM_NAMES.map((name) => `${name}@${ROOMS}`).sort(),
			);
			for (const [index, name] of ROOM_NAMES.entries()) {
				expect(await affiliations(name)).toEqual(
					Object.fromEntries(PEOPLE.filter((_, person) => roomOf(person) === name).map((userId) => [userId, 'member'])),
				);
				expect(await ejabberd.ask('get_room_options', { name, service: ROOMS })).toMatchObject({
					title: titleOf(index),
					persistent: 'true',
				});
			}
		});

		test('are left as they are by a second run, the role of an owner too', async () => {
			await ejabberd.ask('set_room_affiliation', {
				name: 'room-1',
				service: ROOMS,
				jid: `u0001@${HOST}`,
				affiliation: 'owner',
			});
			const verdicts = verdictsOf(await run(FILL), 'Rooms');
			expect(verdicts).toEqual(
				PEOPLE.map((userId) => expect.objectContaining({ status: 'exists', group: 'exists', userId })),
			);
			expect(await affiliations('room-1')).toMatchObject({ u0001: 'owner', u0002: 'member' });
		});

		test('take more members; a room that is not there, and a name that cannot be one, say so', async () => {
			const result = await run(ADD);
			expect(verdictsOf(result, 'Add')).toMatchObject([
				{ row: 1, status: 'added', groupId: 'room-2', userId: 'u0001' },
				{
					row: 2,
					status: 'failed',
					groupId: 'no-such-room',
					userId: 'u0002',
					code: 'group_not_found',
					reason: expect.stringContaining('The group does not exist'),
				},
				{ row: 3, status: 'invalid', issues: [expect.objectContaining({ column: 'room', found: 'room 3' })] },
			]);
			expect(verdictsOf(result, 'Verify').map(({ status }) => status)).toEqual(['found', 'missing', 'invalid']);
			expect(await affiliations('room-2')).toMatchObject({ u0001: 'member', u0101: 'member' });
		});
	});

	test('whom a run created is deleted, and nobody else', async () => {
		const created = roster.filter(({ userId }) => statusOf(userId) === 'created');
		await lab.write(
			'created.csv',
			csv(
				'status,userId',
				created.map(({ userId }) => ['created', userId]),
			),
		);
		const verdicts = verdictsOf(await run(UNDO), 'Delete');
		expect(verdicts.map(({ status }) => status)).toEqual(created.map(() => 'deleted'));
		expect(await accounts()).toEqual(KNOWN);
	});

	test('a virtual host that ejabberd does not have ends the run, which says what to check', async () => {
		const result = await lab.run(ELSEWHERE);
		expect(`${result.error?.message} ${result.error?.description}`).toMatch(/no such virtual host.*value host/s);
		expect(await accounts()).toEqual(KNOWN);
	});

	test('nothing of it is left once it was stopped', async () => {
		expect((await ejabberd.processes()).length).toBeGreaterThan(0);
		await ejabberd.stop();
		expect(await ejabberd.processes()).toEqual([]);
		await expect(fetch(ejabberd.baseUrl)).rejects.toThrow();
	});

	async function credentialFor({ baseUrl, admin }: Ejabberd, host: string): Promise<Credential> {
		const profileJson = await readFile(join(ROOT, 'examples', 'profiles', 'ejabberd.json'), 'utf8');
		const entries = [
			{ name: 'host', value: host },
			{ name: 'mucService', value: ROOMS },
		];
		const data = {
			profile: 'custom',
			baseUrl,
			apiKey: admin.jid,
			apiSecret: admin.password,
			profileValues: { entries },
			profileJson,
		};
		return { id: `ejabberd ${host}`, name: host, type: 'tokenImApi', data };
	}
});

function csv(header: string, rows: ReadonlyArray<readonly string[]>): string {
	return [header, ...rows.map((cells) => cells.join(','))].join('\n');
}

function texts(value: unknown): string[] {
	if (!Array.isArray(value)) throw new Error(`no list: ${JSON.stringify(value)}`);
	return value.map(String);
}

/** What a first run says of a row. */
function statusOf(userId: string): string {
	const bad = BAD_ROWS.find((row) => row.userId === userId);
	return bad?.verdict.status ?? (KNOWN.includes(userId) ? 'exists' : 'created');
}
