// Codes that a profile does not name, where each request is about one entry: the fault of that entry, unless the service
// refuses everybody (laws 4 and 7).

import { describe, expect, it } from 'vitest';

import { vendorNamed, type Vendor } from './services.mts';
import { CREATE, createLab, GROUPS, MEMBERS, VERIFY, type Reply, type Script, type Seen, type Told } from './world.mts';

const synapse = vendorNamed('matrix-synapse');
const netease = vendorNamed('netease-yunxin');

const people = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ userId: `s${index + 1}`, username: `Person ${index + 1}` }));
const labOf = ({ credential, world }: Vendor) => createLab(credential, world().service);
const count = (told: Told, status: string) => told.statuses.filter((one) => one === status).length;
const coded = (told: Told, row: number) => told.verdicts[row - 1];

/** As each of the two services says a code that its profile does not name. */
const CODE: ReadonlyArray<readonly [vendor: Vendor, code: string, reply: Reply]> = [
	[synapse, 'M_UNHEARD_OF', { status: 409, body: { errcode: 'M_UNHEARD_OF', error: 'No.' } }],
	[synapse, 'M_UNHEARD_OF', { status: 404, body: { errcode: 'M_UNHEARD_OF', error: 'No.' } }],
	[netease, '102998', { status: 200, body: { code: 102998, msg: 'no' } }],
];

const writes =
	({ isCreate }: Vendor, id: string, reply: Reply): Script =>
	(seen) =>
		isCreate(seen) && `${seen.path} ${seen.text}`.includes(id) ? reply : undefined;

describe.each(CODE)('$name', (vendor, code, reply) => {
	it(`has a row refused with ${code}, and the others go on`, async () => {
		for (const bad of [1, 17, 30]) {
			const told = await labOf(vendor).run(CREATE, people(30), (seen, number) =>
				idOf(seen) === `s${bad}` ? writes(vendor, `s${bad}`, reply)(seen, number) : undefined,
			);
			expect(told.ended).toBeUndefined();
			expect(coded(told, bad)).toMatchObject({ status: 'failed', code, retryable: false });
			expect(coded(told, bad)).toMatchObject({ message: expect.stringContaining('does not name') });
			expect(count(told, 'created')).toBe(29);
		}
	});

	it(`is suspected itself where it refuses everybody with ${code}`, async () => {
		const told = await labOf(vendor).run(CREATE, people(300), (seen) => (vendor.isCreate(seen) ? reply : undefined));
		expect(told.ended).toContain('10 rows sent alone');
		expect(count(told, 'failed')).toBeGreaterThanOrEqual(10);
		expect(count(told, 'failed')).toBeLessThan(30);
		expect(count(told, 'failed') + count(told, 'notAttempted')).toBe(300);
		expect(told.seen.filter(vendor.isCreate).length).toBeLessThan(30);
	});
});

function idOf({ path, body }: Seen): string | undefined {
	return body?.account_id ?? /@([^:]+):/.exec(decodeURIComponent(path))?.[1];
}

describe('matrix-synapse, one entry a request', () => {
	const unheard: Reply = { status: 409, body: { errcode: 'M_UNHEARD_OF', error: 'No.' } };

	it('has a group refused, and the others go on', async () => {
		const told = await labOf(synapse).run(
			GROUPS,
			['g1', 'g2', 'g3'].map((groupId) => ({ groupId, name: groupId })),
			(seen) => (seen.body?.room_alias_name === 'g2' ? unheard : undefined),
		);
		expect([told.statuses, told.ended]).toEqual([['created', 'failed', 'created'], undefined]);
	});

	it('has a member refused, and the others go on', async () => {
		const lab = labOf(synapse);
		await lab.run(CREATE, people(5));
		await lab.run(GROUPS, [{ groupId: 'g1', name: 'g1' }]);
		const told = await lab.run(
			MEMBERS,
			[{ groupId: 'g1', memberIds: people(5).map(({ userId }) => userId) }],
			(seen) => (seen.body?.user_id === '@s3:example.com' ? unheard : undefined),
		);
		expect(told.ended).toBeUndefined();
		expect(told.verdicts[0]).toMatchObject({
			status: 'added',
			members: { added: 4, failed: [{ userId: 's3', code: 'M_UNHEARD_OF' }] },
		});
	});

	it('ends the run where all members are refused alike', async () => {
		const lab = labOf(synapse);
		await lab.run(GROUPS, [{ groupId: 'g1', name: 'g1' }]);
		const told = await lab.run(
			MEMBERS,
			[{ groupId: 'g1', memberIds: people(200).map(({ userId }) => userId) }],
			(seen) => (seen.path.includes('/join/') ? unheard : undefined),
		);
		expect(told.ended).toContain('refused every request to add members');
		expect(told.seen.length).toBeLessThan(30);
	});

	it('is not suspected once a member was added', async () => {
		const lab = labOf(synapse);
		await lab.run(CREATE, people(40));
		await lab.run(GROUPS, [{ groupId: 'g1', name: 'g1' }]);
		const told = await lab.run(
			MEMBERS,
			[{ groupId: 'g1', memberIds: people(40).map(({ userId }) => userId) }],
			(_seen, number) => (number > 5 ? unheard : undefined),
		);
		expect(told.ended).toBeUndefined();
		expect(told.verdicts[0]).toMatchObject({ status: 'added', members: { added: 5, notAttempted: [] } });
	});

	it('has a look-up refused, and the others go on', async () => {
		const lab = labOf(synapse);
		await lab.run(CREATE, people(5));
		const told = await lab.run(
			VERIFY,
			people(5).map(({ userId }) => ({ userId })),
			(seen) => (idOf(seen) === 's3' ? unheard : undefined),
		);
		expect([told.statuses, told.ended]).toEqual([['found', 'found', 'failed', 'found', 'found'], undefined]);
	});

	it('ends the run where nobody can be looked up before a create', async () => {
		const told = await labOf(synapse).run(CREATE, people(300), (seen) => (seen.method === 'GET' ? unheard : undefined));
		expect(told.ended).toContain('refused every request to look users up');
		expect(told.seen.length).toBeLessThan(30);
	});

	it.each<[string, Reply]>([
		['401', { status: 401, body: { errcode: 'M_UNHEARD_OF' } }],
		['402', { status: 402, body: { errcode: 'M_UNHEARD_OF' } }],
		['403', { status: 403, body: { errcode: 'M_UNHEARD_OF' } }],
		['a redirect', { status: 307, body: { errcode: 'M_UNHEARD_OF' } }],
		['404 without a code', { status: 404, body: {} }],
		['418 without a code', { status: 418, body: 'teapot' }],
	])('ends the run with %s, whoever it is about', async (_what, reply) => {
		const told = await labOf(synapse).run(CREATE, people(30), (seen) => (synapse.isCreate(seen) ? reply : undefined));
		expect(told.ended).toBeDefined();
		expect(count(told, 'notAttempted')).toBe(30);
	});
});

it('a batch that is refused with a code that nobody names ends the run', async () => {
	const cometchat = vendorNamed('cometchat');
	const told = await labOf(cometchat).run(CREATE, people(120), (seen) =>
		cometchat.isCreate(seen) ? { status: 409, body: { error: { code: 'ERR_UNHEARD_OF', message: 'No.' } } } : undefined,
	);
	expect(told.ended).toBeDefined();
	expect(count(told, 'notAttempted')).toBe(120);
});
