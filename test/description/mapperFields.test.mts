import { describe, expect, test } from 'vitest';
import { mapperFields } from '../../nodes/TokenIm/description/mapperFields';
import { defaultProfile } from '../../nodes/TokenIm/protocol/profiles';

const fieldsOf = (resource: string, operation: string, rows = 'group') =>
	mapperFields(defaultProfile, { resource, operation, rows }).map(({ id, required }) => (required ? `${id}!` : id));

const ABOUT_USERS = ['avatarUrl', 'registeredAt', 'email', 'phone', 'attributes'];
const ABOUT_GROUPS = ['description', 'avatarUrl', 'attributes'];

describe('the fields beside which columns or values are put', () => {
	test.each([
		['user', 'batchCreate', 'group', ['userId!', 'username!', ...ABOUT_USERS]],
		['user', 'batchUpsert', 'group', ['userId!', 'username', ...ABOUT_USERS]],
		['user', 'deleteEvery', 'group', ['userId!']],
		['user', 'findUnlisted', 'group', ['userId!']],
		['user', 'batchSuspend', 'group', ['userId!']],
		['user', 'batchReactivate', 'group', ['userId!']],
		['user', 'undo', 'group', ['userId!']],
		['user', 'verify', 'group', ['userId!', 'username', ...ABOUT_USERS]],
		['group', 'create', 'group', ['groupId!', 'name!', 'ownerId!', 'memberIds', ...ABOUT_GROUPS]],
		['group', 'upsert', 'group', ['groupId!', 'name', 'ownerId', 'memberIds', ...ABOUT_GROUPS]],
		['group', 'setMembers', 'group', ['groupId!', 'memberIds!']],
		['group', 'addMembers', 'group', ['groupId!', 'memberIds!']],
		['group', 'batchDelete', 'group', ['groupId!']],
		['group', 'removeMembers', 'group', ['groupId!', 'memberIds!']],
		['group', 'removeMembers', 'membership', ['userId!']],
		['group', 'verify', 'group', ['groupId!', 'name', 'ownerId', 'memberIds', ...ABOUT_GROUPS]],
		['group', 'create', 'membership', ['userId!']],
		['group', 'verify', 'membership', ['userId!']],
		// The rows of users are never memberships, whatever was chosen while the resource was Group.
		['user', 'deleteEvery', 'membership', ['userId!']],
		['user', 'explode', 'group', []],
	])('%s %s, one row for each %s', (resource, operation, rows, fields) => {
		expect(fieldsOf(resource, operation, rows)).toEqual(fields);
	});

	test('call attributes by another name than the list of single ones below them', () => {
		const fields = mapperFields(defaultProfile, { resource: 'user', operation: 'batchCreate', rows: 'group' });
		expect(fields.find(({ id }) => id === 'attributes')?.displayName).toBe('All Attributes as JSON');
		expect(fields.filter(({ displayName }) => displayName === 'Attributes')).toEqual([]);
	});

	test('are those that the profile knows', () => {
		const {
			fields: { user, group },
			operations,
		} = defaultProfile;
		const { phone: _, ...rest } = user;
		const fields = mapperFields(
			{ fields: { user: rest, group }, operations },
			{ resource: 'user', operation: 'batchCreate', rows: 'group' },
		);
		expect(fields.map(({ id }) => id)).not.toContain('phone');
	});
});
