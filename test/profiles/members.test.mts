// A service that would change the role of somebody who is in a group already: members are looked up before they are added.

import { beforeEach, describe, expect, it } from 'vitest';
import { parseProfile, ProfileMistake } from '../../nodes/TokenIm/protocol/profile/profile';
import { vendorNamed, type World } from './services.mts';
import {
	CREATE,
	createLab,
	credentialOf,
	DELETE,
	GROUPS,
	MEMBERS,
	profileText,
	VERIFY_GROUPS,
	type Lab,
	type Service,
	type Told,
} from './world.mts';

const ejabberd = vendorNamed('ejabberd');
const { credential, world: makeWorld } = ejabberd;

const added = ({ seen }: Told) =>
	seen.filter(({ path }) => path === '/api/set_room_affiliation').map(({ body }) => body.jid);
const asked = ({ seen }: Told) =>
	seen.filter(({ path }) => path === '/api/get_room_affiliation').map(({ body }) => body.jid);

describe('members that are looked up first', () => {
	let world: World & { readonly service: Service };
	let lab: Lab;
	beforeEach(async () => {
		world = makeWorld();
		lab = createLab(credential, world.service);
		await lab.run(
			CREATE,
			['s1', 's2', 's3'].map((userId) => ({ userId })),
		);
	});

	it('are not looked up in a room that the run has made', async () => {
		const told = await lab.run(GROUPS, [{ groupId: 'r1', memberIds: ['s1', 's2'] }]);
		expect(told.verdicts[0]).toMatchObject({ status: 'created', members: { added: 2 } });
		expect([asked(told), added(told)]).toEqual([[], ['s1@example.com', 's2@example.com']]);
	});

	it('are not sent where they are in the room', async () => {
		await lab.run(GROUPS, [{ groupId: 'r1', memberIds: ['s1', 's2'] }]);
		const again = await lab.run(GROUPS, [{ groupId: 'r1', memberIds: ['s1', 's2', 's3'] }]);
		expect(again.verdicts[0]).toMatchObject({ status: 'exists', members: { added: 1, exists: 2 } });
		expect(added(again)).toEqual(['s3@example.com']);
		const told = await lab.run(MEMBERS, [{ groupId: 'r1', memberIds: ['s1'] }]);
		expect([told.statuses, added(told)]).toEqual([['exists'], []]);
	});

	it('are not sent where the look-up is not answered', async () => {
		await lab.run(GROUPS, [{ groupId: 'r1', memberIds: ['s1'] }]);
		const told = await lab.run(MEMBERS, [{ groupId: 'r1', memberIds: ['s1'] }], ({ path }) =>
			path === '/api/get_room_affiliation' ? 'lost' : undefined,
		);
		expect([told.statuses, added(told)]).toEqual([['notAttempted'], []]);
	});

	it('cannot be added to a room that does not exist', async () => {
		const told = await lab.run(MEMBERS, [{ groupId: 'nowhere', memberIds: ['s1'] }]);
		expect(told.verdicts[0]).toMatchObject({
			status: 'failed',
			code: 'group_not_found',
			message: expect.stringContaining('The group does not exist'),
		});
		expect(told.ended).toBeUndefined();
	});

	it('are what Verify asks for too', async () => {
		await lab.run(GROUPS, [{ groupId: 'r1', memberIds: ['s1'] }]);
		const { verdicts } = await lab.run(VERIFY_GROUPS, [
			{ groupId: 'r1', memberIds: ['s1'] },
			{ groupId: 'r1', memberIds: ['s2'] },
			{ groupId: 'nowhere' },
		]);
		expect(verdicts.map(({ status }) => status)).toEqual(['found', 'mismatch', 'missing']);
	});
});

it('a room without an owner is foretold to be created', async () => {
	const told = await createLab(credential, makeWorld().service).run(
		{ resource: 'group', operation: 'create', validateOnly: true },
		[{ groupId: 'r1' }],
	);
	expect(told.verdicts[0]).toMatchObject({ status: 'valid', would: 'created' });
});

it('looking members up first needs a look-up for them', () => {
	const profile = JSON.parse(profileText('ejabberd'));
	profile.operations.queryMembers = { unsupported: 'None.' };
	expect(() => parseProfile(JSON.stringify(profile))).toThrow(ProfileMistake);
	expect(() => parseProfile(JSON.stringify(profile))).toThrow(/addMembers\.lookUpFirst.*queryMembers is unsupported/);
});

describe('a host that the service does not have', () => {
	const people = Array.from({ length: 30 }, (_, index) => ({ userId: `s${index}` }));
	const elsewhere = (values: Record<string, string>) =>
		createLab(
			credentialOf(
				'ejabberd',
				{ baseUrl: credential.baseUrl, apiKey: credential.apiKey, apiSecret: credential.apiSecret },
				{ host: 'example.com', mucService: 'conference.example.com', ...values },
			),
			makeWorld().service,
		);

	it.each([
		['creates', CREATE],
		['deletes', DELETE],
	] as const)('ends a run that %s users at once, and says which value to check', async (_, choice) => {
		const told = await elsewhere({ host: 'elsewhere.example' }).run(choice, people);
		expect(told.ended).toMatch(/no such virtual host.*value host/);
		expect(new Set(told.statuses)).toEqual(new Set(['notAttempted']));
		expect(told.seen.length).toBeLessThanOrEqual(4);
	});

	it('ends a run that creates rooms at once too', async () => {
		const told = await elsewhere({ mucService: 'rooms.elsewhere.example' }).run(GROUPS, [{ groupId: 'r1' }]);
		expect(told.ended).toMatch(/no such host of rooms.*mucService/);
		expect(told.statuses).toEqual(['notAttempted']);
	});
});
