// Columns that only one service knows: a sheet's password is the one that the account gets, and nobody reads it here.

import { expect, it } from 'vitest';
import { mapperFields } from '../../nodes/TokenIm/description/mapperFields';
import { profileOf } from '../../nodes/TokenIm/protocol/auth/credentialData';
import { createHeron, HONEST, SECRET } from './heron.mts';
import { vendorNamed } from './services.mts';
import { CREATE, createLab, MEMBERS, VERIFY, type Told } from './world.mts';

const ejabberd = vendorNamed('ejabberd');
const { credential, world: makeWorld } = ejabberd;
const passwords = ({ seen }: Told) =>
	seen.filter(({ path }) => path === '/api/register').map(({ body }) => body.password);

it('what the sheet says goes to the service; a row that says nothing gets something made', async () => {
	const rows = [{ userId: 's1', password: 'chosen by hand' }, { userId: 's2', password: '' }, { userId: 's3' }];
	const told = await createLab(credential, makeWorld().service).run(CREATE, rows);
	const [chosen, ...made] = passwords(told);
	expect(chosen).toBe('chosen by hand');
	for (const password of made) expect(password).toMatch(/^[A-Za-z0-9]{24}$/);
	expect(made[0]).not.toBe(made[1]);
});

it('its column is found as others are: case, spaces and underscores do not matter', async () => {
	const told = await createLab(credential, makeWorld().service).run(CREATE, [
		{ userId: 's1', ' PASS_WORD ': 'chosen by hand' },
	]);
	expect(passwords(told)).toEqual(['chosen by hand']);
});

it('what cannot be read is said without the secret', async () => {
	const told = await createLab(credential, makeWorld().service).run(CREATE, [
		{ userId: 's1', password: { hidden: 'chosen by hand' } },
	]);
	expect(told.verdicts[0]).toMatchObject({ status: 'invalid', issues: [{ column: 'password', field: 'password' }] });
	expect(JSON.stringify(told.verdicts)).not.toContain('chosen by hand');
});

it('a look-up sends no password', async () => {
	const told = await createLab(credential, makeWorld().service).run(VERIFY, [
		{ userId: 's1', password: 'chosen by hand' },
	]);
	expect(JSON.stringify(told.seen)).not.toContain('chosen by hand');
	expect(told.statuses).toEqual(['missing']);
});

it('the editor offers it where users are written', () => {
	const profile = profileOf(credential);
	const offered = (resource: string, operation: string, rows = 'group') =>
		mapperFields(profile, { resource, operation, rows }).map(({ id, required }) => (required ? `${id}!` : id));
	expect(offered('user', 'batchCreate')).toEqual(['userId!', 'password']);
	expect(offered('user', 'deleteEvery')).toEqual(['userId!']);
	expect(offered('group', 'create')).toEqual(['groupId!', 'name', 'memberIds']);
	expect(offered('group', 'create', 'membership')).toEqual(['userId!']);
});

it("a code of an entry is told by the profile's own sentence, and by the service's text where it has none", async () => {
	const failures = { ...HONEST.operations.addMembers.answer, error: { code: 'why', message: 'why' } };
	const answer = { ...failures, says: { nobody: 'Create this user first.' } };
	for (const [one, message] of [
		[answer, 'Create this user first.'],
		[failures, 'nobody'],
	] as const) {
		const operations = { ...HONEST.operations, addMembers: { ...HONEST.operations.addMembers, answer: one } };
		const { service, rooms } = createHeron();
		rooms.set('r1', new Set());
		const lab = createLab(
			{
				baseUrl: 'https://im.example.com',
				apiKey: '',
				apiSecret: SECRET,
				profile: 'custom',
				profileJson: JSON.stringify({ ...HONEST, operations }),
				profileValues: { entries: [] },
			},
			service,
		);
		const told = await lab.run(MEMBERS, [{ groupId: 'r1', memberIds: ['x'] }]);
		expect(told.verdicts[0]).toMatchObject({ status: 'failed', code: 'nobody', message });
	}
});
