// Members that a service refuses when groups are created: refused for good is `failed`, with the reason. Only where the
// request for the group itself may have added them before is it `unknown` (law 3).

import { describe, expect, it } from 'vitest';

import { VENDORS, vendorNamed, type Vendor, type World } from './services.mts';
import {
	CREATE,
	createLab,
	GROUPS,
	type Lab,
	type Reply,
	type Script,
	type Seen,
	type Service,
	type Told,
} from './world.mts';

const ROW = { groupId: 'class1', name: 'Class 1', ownerId: 's1', memberIds: ['s2', 'nobody', 's3'] };

/** How a service refuses to add somebody to a group, and for good. */
type Refusing = readonly [name: string, code: string, refuse: (seen: Seen) => Reply | undefined];
const REFUSALS: readonly [Refusing, ...Refusing[]] = [
	[
		'ejabberd',
		'http_400',
		({ path, body }) =>
			path === '/api/set_room_affiliation' && body.jid.startsWith('nobody@')
				? { status: 400, body: 'Bad JID' }
				: undefined,
	],
	['netease-yunxin', '102404', () => undefined],
	['cometchat', 'ERR_UID_NOT_FOUND', () => undefined],
	['matrix-synapse', 'M_NOT_FOUND', () => undefined],
];

async function labWithPeople({
	credential,
	world: makeWorld,
}: Vendor): Promise<{ lab: Lab; world: World & { service: Service } }> {
	const world = makeWorld();
	const lab = createLab(credential, world.service);
	await lab.run(
		CREATE,
		['s1', 's2', 's3'].map((userId) => ({ userId, username: userId })),
	);
	return { lab, world };
}

const membersOf = ({ verdicts: [verdict] }: Told) => verdict !== undefined && 'members' in verdict && verdict.members;

describe.each(REFUSALS)('%s', (name, code, refuse) => {
	const script: Script = (seen) => refuse(seen);

	it('tells of a member that it refused why, and adds the others', async () => {
		const { lab } = await labWithPeople(vendorNamed(name));
		const told = await lab.run(GROUPS, [ROW], script);
		expect(told.verdicts[0]).toMatchObject({ status: 'created' });
		expect(membersOf(told)).toMatchObject({
			added: 2,
			unknown: [],
			failed: [{ userId: 'nobody', code, message: expect.stringMatching(/./) }],
		});
	});
});

function isGroup({ path }: Seen): boolean {
	return /create_room|createRoom|teams$|data_import\/groups|create_group$|group\/create|chatgroups$/.test(path);
}

describe('tencent-chat, whose request for a group carries members', () => {
	const notAdded: Script = (seen) =>
		seen.path.endsWith('/add_group_member')
			? {
					body: {
						ActionStatus: 'OK',
						ErrorCode: 0,
						MemberList: (seen.body.MemberList ?? []).map((one) => ({ ...one, Result: 0 })),
					},
				}
			: undefined;

	it('tells failed of a member refused by a group that existed', async () => {
		const { lab } = await labWithPeople(vendorNamed('tencent-chat'));
		await lab.run(GROUPS, [{ ...ROW, memberIds: ['s2'] }]);
		const told = await lab.run(GROUPS, [ROW], notAdded);
		expect(told.verdicts[0]).toMatchObject({ status: 'exists' });
		expect(membersOf(told)).toMatchObject({
			unknown: [],
			failed: [{ userId: 's2' }, { userId: 'nobody' }, { userId: 's3' }],
		});
	});
});

describe('ejabberd, where the answer about the room was lost and the room is found', () => {
	const [[, code, refuse]] = REFUSALS;
	const lostOnce = (): Script => {
		let lost = 0;
		return (seen) => (isGroup(seen) && lost++ === 0 ? 'lost' : refuse(seen));
	};

	it('tells failed of a refused member, since the request for a room carries none', async () => {
		const { lab } = await labWithPeople(vendorNamed('ejabberd'));
		const told = await lab.run(GROUPS, [ROW], lostOnce());
		expect(told.verdicts[0]).toMatchObject({ status: 'exists', createdBy: 'unknown' });
		expect(membersOf(told)).toMatchObject({ added: 2, unknown: [], failed: [{ userId: 'nobody', code }] });
	});

	it('tells unknown of it where the request carried it', async () => {
		const ejabberd = vendorNamed('ejabberd');
		const profile = JSON.parse(ejabberd.credential.profileJson);
		profile.fields.group.memberIds.unsent = false;
		const credential = { ...ejabberd.credential, profileJson: JSON.stringify(profile) };
		const { lab } = await labWithPeople({ ...ejabberd, credential });
		const told = await lab.run(GROUPS, [ROW], lostOnce());
		expect(told.verdicts[0]).toMatchObject({ status: 'exists', createdBy: 'unknown' });
		expect(membersOf(told)).toMatchObject({ failed: [], unknown: ['nobody'] });
	});
});

it('a service that adds members to groups which exist may have added the one that it refuses afterwards', async () => {
	const ejabberd = vendorNamed('ejabberd');
	const profile = JSON.parse(ejabberd.credential.profileJson);
	profile.fields.group.memberIds.unsent = false;
	profile.operations.createGroups.conflict = { by: 'body', key: 'if', keep: 'skip', fail: 'fail', update: 'update' };
	profile.operations.createGroups.answer.statuses = { '201': 'exists' };
	const credential = { ...ejabberd.credential, profileJson: JSON.stringify(profile) };
	const { lab } = await labWithPeople({ ...ejabberd, credential });
	await lab.run(GROUPS, [{ ...ROW, memberIds: [] }]);
	const [[, , refuse]] = REFUSALS;
	const told = await lab.run(GROUPS, [ROW], (seen) => (isGroup(seen) ? { status: 201, body: 0 } : refuse(seen)));
	expect(told.verdicts[0]).toMatchObject({ status: 'exists', members: { failed: [], unknown: ['nobody'] } });
});

it('every service is either told of here, or carries the members with the group', () => {
	const unsent = VENDORS.filter(({ credential }) => {
		const { fields } = JSON.parse(credential.profileJson);
		return fields.group?.memberIds?.unsent === true;
	});
	expect(unsent.map(({ name }) => name).sort()).toEqual(REFUSALS.map(([name]) => name).sort());
});
