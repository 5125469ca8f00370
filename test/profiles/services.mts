// Eight services as the published examples of their vendors have them (sources and dates stand in each profile). Each
// keeps what it was told, refuses a wrong signature, and counts who was created twice.

import { createHash, createHmac } from 'node:crypto';
import { inflateSync } from 'node:zlib';

import { credentialOf, type Reply, type Seen, type Service } from './world.mts';

export interface World {
	readonly users: Map<string, Record<string, unknown>>;
	readonly groups: Map<string, { readonly members: Set<string>; readonly fields: Record<string, unknown> }>;
	/** Times that each user was written. */
	readonly writes: Map<string, number>;
	/** Users who cannot sign in. */
	readonly suspended: Set<string>;
}

export interface Vendor {
	readonly name: string;
	readonly credential: ReturnType<typeof credentialOf>;
	/** What `keep` reports of new and of known users. */
	readonly words: { readonly fresh: string; readonly known: string; readonly absent: string };
	/** Whether a request may write a user. */
	readonly isCreate: (seen: Seen) => boolean;
	readonly world: () => World & { readonly service: Service };
}

function worldOf(make: (world: World) => Service): World & { readonly service: Service } {
	const world: World = { users: new Map(), groups: new Map(), writes: new Map(), suspended: new Set() };
	return { ...world, service: make(world) };
}

function write({ users, writes }: World, id: string, fields: Record<string, unknown>): void {
	users.set(id, { ...users.get(id), ...fields });
	writes.set(id, (writes.get(id) ?? 0) + 1);
}

function makeGroup({ groups }: World, id: string, members: readonly string[], fields: Record<string, unknown>): void {
	groups.set(id, { members: new Set(members), fields });
}

/** So many of them from a place on, and where the next page begins; as many as asked for, at most what the service gives. */
function pageOf<Item>(all: Iterable<Item>, from: number, asked: number, most: number) {
	const items = [...all];
	const shown = items.slice(from, from + Math.min(asked, most));
	const next = from + shown.length;
	return { shown, next: next < items.length ? next : undefined, total: items.length };
}

const strong = { fresh: 'created', known: 'exists', absent: 'missing' };

const tencent: Vendor = {
	name: 'tencent-chat',
	credential: credentialOf(
		'tencent-chat',
		{ baseUrl: '', apiKey: '1400000000', apiSecret: '5bd2850fff3ecb11' },
		{ groupType: 'Public' },
	),
	words: strong,
	isCreate: ({ path }) => path.endsWith('multiaccount_import'),
	world: () =>
		worldOf((world) => (seen) => {
			const ok = (more: object): Reply => ({ body: { ActionStatus: 'OK', ErrorInfo: '', ErrorCode: 0, ...more } });
			const no = (code: number): Reply => ({ body: { ActionStatus: 'FAIL', ErrorInfo: 'Err', ErrorCode: code } });
			if (!isUserSig(seen)) return no(70003);
			switch (seen.path) {
				case '/v4/im_open_login_svc/multiaccount_import': {
					if (seen.body.AccountList.length > 100) return no(70206);
					const bad = seen.body.AccountList.filter(({ UserID }) => UserID.includes('bad'));
					for (const { UserID, ...fields } of seen.body.AccountList)
						if (!UserID.includes('bad')) write(world, UserID, fields);
					return ok({ FailAccounts: bad.map(({ UserID }) => UserID) });
				}
				case '/v4/im_open_login_svc/account_check':
					return ok({
						ResultItem: seen.body.CheckItem.map(({ UserID }) => ({
							UserID,
							ResultCode: 0,
							ResultInfo: '',
							AccountStatus: world.users.has(UserID) ? 'Imported' : 'NotImported',
						})),
					});
				case '/v4/im_open_login_svc/account_delete':
					return ok({
						ResultItem: seen.body.DeleteItem.map(({ UserID }: { UserID: string }) =>
							world.users.delete(UserID)
								? { ResultCode: 0, ResultInfo: '', UserID }
								: { ResultCode: 70107, ResultInfo: 'Err_TLS_PT_Open_Login_Account_Not_Exist', UserID },
						),
					});
				case '/v4/group_open_http_svc/create_group': {
					const { GroupId, MemberList = [], ...fields } = seen.body;
					if (world.groups.has(GroupId)) return no(10025);
					if (MemberList.length > 100) return no(10005);
					makeGroup(
						world,
						GroupId,
						MemberList.map((one) => one.Member_Account),
						fields,
					);
					return ok({ GroupId });
				}
				case '/v4/group_open_http_svc/add_group_member': {
					const group = world.groups.get(seen.body.GroupId);
					if (group === undefined) return no(10010);
					const MemberList = (seen.body.MemberList ?? []).map(({ Member_Account: id }) => {
						const Result = !world.users.has(id) ? 0 : group.members.has(id) ? 2 : 1;
						if (Result === 1) group.members.add(id);
						return { Member_Account: id, Result };
					});
					return ok({ MemberList });
				}
				case '/v4/group_open_http_svc/get_appid_group_list': {
					const { Limit, Next } = seen.body;
					const { shown, next = 0, total } = pageOf(world.groups.keys(), Next, Limit, 2);
					return ok({ TotalCount: total, GroupIdList: shown.map((GroupId) => ({ GroupId })), Next: next });
				}
			}
			const group = world.groups.get(seen.body.GroupId);
			if (group === undefined) return no(10010);
			switch (seen.path) {
				case '/v4/group_open_http_svc/get_group_member_info': {
					const { Limit, Offset } = seen.body;
					const owner = String(group.fields.Owner_Account);
					const { shown, total } = pageOf(new Set([owner, ...group.members]), Offset, Limit, 3);
					const MemberList = shown.map((id) => ({ Member_Account: id, Role: id === owner ? 'Owner' : 'Member' }));
					return ok({ MemberNum: total, MemberList });
				}
				case '/v4/group_open_http_svc/delete_group_member':
					if (seen.body.MemberToDel_Account.length > 100) return no(10004);
					for (const id of seen.body.MemberToDel_Account) group.members.delete(id);
					return ok({});
				case '/v4/group_open_http_svc/modify_group_base_info':
					Object.assign(group.fields, { Name: seen.body.Name });
					return ok({});
				case '/v4/group_open_http_svc/destroy_group':
					world.groups.delete(seen.body.GroupId);
					return ok({});
			}
			return no(60002);
		}),
};

function isUserSig({ query }: Seen): boolean {
	const text = (query.get('usersig') ?? '').replaceAll('*', '+').replaceAll('-', '/').replaceAll('_', '=');
	const sig = JSON.parse(inflateSync(Buffer.from(text, 'base64')).toString());
	const signed = `TLS.identifier:administrator\nTLS.sdkappid:1400000000\nTLS.time:${sig['TLS.time']}\nTLS.expire:86400\n`;
	const expected = createHmac('sha256', '5bd2850fff3ecb11').update(signed).digest('base64');
	return (
		sig['TLS.sig'] === expected && sig['TLS.sdkappid'] === 1400000000 && /^\d{1,10}$/.test(query.get('random') ?? '')
	);
}

const easemob: Vendor = {
	name: 'easemob',
	credential: credentialOf(
		'easemob',
		{ baseUrl: '', apiKey: 'client-1', apiSecret: 'client secret' },
		{ host: 'a1.example.com', orgName: 'school', appName: 'chat' },
	),
	words: strong,
	isCreate: ({ path, method }) => path === '/school/chat/users' && method === 'POST',
	world: () =>
		worldOf((world) => {
			let tokens = 0;
			/** Another one each time that the id is registered. */
			const uuidOf = (id: string) => `u-${id}-${world.writes.get(id)}`;
			return (seen) => {
				const path = seen.path.replace('/school/chat', '');
				const no = (status: number, error: string, text = ''): Reply => ({
					status,
					body: { error, error_description: text, exception: 'E' },
				});
				if (path === '/token') {
					if (seen.body.client_secret !== 'client secret') return no(401, 'invalid_client');
					return { body: { access_token: `YWMt-${++tokens}`, expires_in: 5184000, application: 'app' } };
				}
				if (seen.headers.authorization !== `Bearer YWMt-${tokens}`)
					return no(401, 'unauthorized', 'Unable to authenticate');
				if (path === '/users' && seen.method === 'GET') {
					const from = Number(seen.query.get('cursor')?.replace('c+', '') ?? 0);
					const { shown, next } = pageOf(world.users.keys(), from, Number(seen.query.get('limit') ?? 10), 3);
					return {
						body: {
							entities: shown.map((username) => ({
								uuid: uuidOf(username),
								type: 'user',
								username,
								activated: !world.suspended.has(username),
							})),
							count: shown.length,
							...(next === undefined ? {} : { cursor: `c+${next}` }),
						},
					};
				}
				const [, changed = '', change] = /^\/users\/([^/]+)\/(deactivate|activate)$/.exec(path) ?? [];
				if (change !== undefined) {
					if (!world.users.has(changed)) return no(404, 'service_resource_not_found', 'Service resource not found');
					if (change === 'activate') world.suspended.delete(changed);
					else world.suspended.add(changed);
					const entities = [{ uuid: uuidOf(changed), username: changed, activated: false }];
					return {
						body: change === 'activate' ? { action: 'activate user' } : { action: 'Deactivate user', entities },
					};
				}
				if (path === '/users') {
					const taken = seen.list.filter(({ username }) => world.users.has(username));
					if (taken.length > 0)
						return no(
							400,
							'duplicate_unique_property_exists',
							'Entity user requires that property named username be unique',
						);
					for (const one of seen.list) write(world, one.username, one);
					return {
						body: {
							entities: seen.list.map(({ username }) => ({
								uuid: uuidOf(username),
								type: 'user',
								username,
								activated: true,
							})),
							data: [],
						},
					};
				}
				const one = /^\/users\/([^/]+)$/.exec(path)?.[1];
				if (one !== undefined) {
					if (!world.users.has(one)) return no(404, 'service_resource_not_found', 'Service resource not found');
					const body = {
						entities: [{ uuid: uuidOf(one), type: 'user', username: one, activated: !world.suspended.has(one) }],
					};
					if (seen.method === 'DELETE') world.users.delete(one);
					return { body };
				}
				if (path === '/chatgroups' && seen.method === 'GET') {
					const from = Number(seen.query.get('cursor') ?? 0);
					const { shown, next } = pageOf(world.groups, from, Number(seen.query.get('limit') ?? 10), 2);
					const data = shown.map(([groupid, { fields }]) => ({
						groupid,
						groupname: fields.groupname,
						owner: `school#chat_${String(fields.owner)}`,
					}));
					return { body: { data, count: data.length, ...(next === undefined ? {} : { cursor: String(next) }) } };
				}
				if (path === '/chatgroups') {
					const id = String(66016455491585 + world.groups.size);
					makeGroup(world, id, seen.body.members ?? [], seen.body);
					return { body: { data: { groupid: id } } };
				}
				const [, about = '', kicked] = /^\/chatgroups\/(\d+)(?:\/users\/([^/]+))?$/.exec(path) ?? [];
				if (about !== '') {
					const chat = world.groups.get(about);
					if (chat === undefined) return no(404, 'resource_not_found', `grpID ${about} does not exist!`);
					if (kicked !== undefined) {
						if (kicked === chat.fields.owner) return no(403, 'forbidden_op', 'forbidden operation on group owner!');
						if (!chat.members.delete(kicked))
							return no(403, 'forbidden_op', `users [${kicked}] are not members of this group!`);
						return { body: { data: { result: true, action: 'remove_member', user: kicked, groupid: about } } };
					}
					if (seen.method === 'DELETE') world.groups.delete(about);
					else Object.assign(chat.fields, seen.body);
					return { body: { data: { success: true, groupid: about, groupname: true } } };
				}
				const group = world.groups.get(/^\/chatgroups\/(\d+)\/users$/.exec(path)?.[1] ?? '');
				if (group === undefined) return no(404, 'service_resource_not_found');
				if (seen.method === 'GET') {
					const page = Number(seen.query.get('pagenum'));
					const size = Math.min(Number(seen.query.get('pagesize')), 3);
					const owner = String(group.fields.owner);
					const { shown } = pageOf(new Set([owner, ...group.members]), (page - 1) * size, size, size);
					return {
						body: { data: shown.map((id) => ({ [id === owner ? 'owner' : 'member']: id })), count: shown.length },
					};
				}
				const fresh = seen.body.usernames.filter((id) => !group.members.has(id));
				if (fresh.length === 0) return no(403, 'forbidden_op', 'already in group');
				if (fresh.some((id) => !world.users.has(id))) return no(400, 'illegal_argument', 'user does not exist');
				for (const id of fresh) group.members.add(id);
				return { body: { data: { newmembers: fresh, groupid: '1', action: 'add_member' } } };
			};
		}),
};

const rongcloud: Vendor = {
	name: 'rongcloud',
	credential: credentialOf('rongcloud', {}),
	words: { fresh: 'updated', known: 'updated', absent: 'unknown' },
	isCreate: ({ path }) => path === '/user/getToken.json',
	world: () =>
		worldOf((world) => (seen) => {
			const { nonce, timestamp, signature } = seen.headers;
			const expected = createHash('sha1').update(`the secret${nonce}${timestamp}`).digest('hex');
			if (signature !== expected || timestamp?.length !== 13 || (nonce?.length ?? 99) > 18)
				return { status: 401, body: { code: 1004, errorMessage: 'signature error' } };
			const id = seen.form.get('userId') ?? '';
			switch (seen.path) {
				case '/user/getToken.json':
					if (id.includes('bad')) return { status: 400, body: { code: 1002, errorMessage: 'userId is invalid' } };
					write(world, id, { name: seen.form.get('name') });
					return { body: { code: 200, userId: id, token: `token-of-${id}` } };
				case '/user/info.json':
					return { body: { code: 200, userName: world.users.get(id)?.name ?? '', userPortrait: '' } };
				case '/group/create.json':
					makeGroup(world, seen.form.get('groupId') ?? '', seen.form.getAll('userId'), {});
					return { body: { code: 200 } };
				case '/group/join.json':
					for (const member of seen.form.getAll('userId'))
						world.groups.get(seen.form.get('groupId') ?? '')?.members.add(member);
					return { body: { code: 200 } };
				case '/group/refresh.json':
					Object.assign(world.groups.get(seen.form.get('groupId') ?? '')?.fields ?? {}, {
						name: seen.form.get('groupName'),
					});
					return { body: { code: 200 } };
				case '/group/quit.json':
					for (const member of seen.form.getAll('userId'))
						world.groups.get(seen.form.get('groupId') ?? '')?.members.delete(member);
					return { body: { code: 200 } };
				case '/group/user/query.json': {
					const members = world.groups.get(seen.form.get('groupId') ?? '')?.members ?? [];
					return { body: { code: 200, users: [...members].map((id) => ({ id, time: '2026-11-30 08:00:00' })) } };
				}
			}
			return { status: 404, body: {} };
		}),
};

const netease: Vendor = {
	name: 'netease-yunxin',
	credential: credentialOf('netease-yunxin', {}, { operatorId: 'teacher' }),
	words: strong,
	isCreate: ({ path, method }) => path === '/im/v2/accounts' && method === 'POST',
	world: () =>
		worldOf((world) => (seen) => {
			const expected = createHash('sha1')
				.update(`the secret${seen.headers.nonce}${seen.headers.curtime}`)
				.digest('hex');
			if (seen.headers.checksum !== expected) return { body: { code: 403, msg: 'illegal' } };
			if (seen.path === '/im/v2/accounts' && seen.method === 'GET') {
				const ids = (seen.query.get('account_ids') ?? '').toLowerCase().split(',');
				return {
					body: {
						code: 200,
						msg: 'success',
						data: {
							success_list: ids
								.filter((id) => world.users.has(id))
								.map((id) => ({
									account_id: id,
									...world.users.get(id),
									configuration: { enabled: !world.suspended.has(id) },
								})),
							failed_list: ids
								.filter((id) => !world.users.has(id))
								.map((id) => ({ account_id: id, error_code: 102404, error_msg: 'account not exist' })),
						},
					},
				};
			}
			if (seen.method === 'PATCH') {
				const id = seen.path.replace('/im/v2/accounts/', '').toLowerCase();
				if (!world.users.has(id)) return { body: { code: 102404, msg: 'account not exist' } };
				const { enabled } = seen.body.configuration;
				if (enabled) world.suspended.delete(id);
				else world.suspended.add(id);
				return { body: { code: 200, msg: 'success', data: { account_id: id, configuration: { enabled } } } };
			}
			if (seen.method === 'DELETE') {
				const team = seen.query.get('team_id') ?? seen.path.replace('/im/v2/teams/', '');
				const found = world.groups.get(team);
				if (found === undefined) return { body: { code: 108404, msg: 'team not exist' } };
				const kicked = seen.query.get('kick_account_ids');
				if (kicked === null) world.groups.delete(team);
				const failed =
					kicked === null || found.members.delete(kicked) ? [] : [{ account_id: kicked, error_code: 109404 }];
				return { body: { code: 200, msg: 'success', data: { failed_list: failed } } };
			}
			if (seen.path === '/im/v2/accounts') {
				const { account_id: given, ...fields } = seen.body;
				const id = given.toLowerCase();
				write(world, id, fields);
				return { body: { code: 200, msg: 'success', data: { account_id: id, token: 'f0e1', ...fields } } };
			}
			if (seen.path === '/im/v2.1/teams') {
				const id = String(3000 + world.groups.size);
				makeGroup(world, id, [], seen.body);
				return { body: { code: 200, msg: 'success', data: { team_info: { team_id: Number(id) }, failed_list: [] } } };
			}
			const group = world.groups.get(seen.body.team_id);
			const failed = seen.body.invite_account_ids.filter((id) => !world.users.has(id));
			for (const id of seen.body.invite_account_ids) if (world.users.has(id)) group?.members.add(id);
			return {
				body: {
					code: 200,
					msg: 'success',
					data: {
						failed_list: failed.map((account_id) => ({
							account_id,
							error_code: 102404,
							error_msg: 'account not exist',
						})),
					},
				},
			};
		}),
};

const cometchat: Vendor = {
	name: 'cometchat',
	credential: credentialOf('cometchat', { baseUrl: '', apiSecret: '' }, { appId: '12345', region: 'eu' }),
	words: strong,
	isCreate: ({ path }) => path === '/v3/data_import/users',
	world: () =>
		worldOf((world) => (seen) => {
			const no = (status: number, code: string): Reply => ({
				status,
				body: { error: { code, message: `The ${code}` } },
			});
			if (seen.headers.apikey !== 'the-key') return no(401, 'AUTH_ERR_APIKEY_NOT_FOUND');
			const made = (
				map: Record<string, Record<string, unknown>>,
				has: (id: string) => boolean,
				add: (id: string, fields: Record<string, unknown>) => void,
				code: string,
			): Reply => ({
				body: {
					data: Object.fromEntries(
						Object.entries(map).map(([key, fields]) => {
							const id = key.toLowerCase();
							if (has(id)) return [id, { success: false, error: { code, message: 'already exists' } }];
							add(id, fields);
							return [id, { success: true, data: { uid: id, guid: id } }];
						}),
					),
				},
			});
			if (seen.path === '/v3/data_import/users')
				return made(
					seen.body.users,
					(id) => world.users.has(id),
					(id, fields) => write(world, id, fields),
					'ERR_UID_ALREADY_EXISTS',
				);
			if (seen.path === '/v3/data_import/groups')
				return made(
					seen.body.groups,
					(id) => world.groups.has(id),
					(id, fields) => makeGroup(world, id, [], fields),
					'ERR_GUID_ALREADY_EXISTS',
				);
			if (seen.path === '/v3/users' && seen.method === 'DELETE') {
				const known = seen.body.uidsToDeactivate.filter((id: string) => world.users.has(id));
				for (const id of known) world.suspended.add(id);
				return { body: { data: { deactivatedUids: known } } };
			}
			const user = /^\/v3\/users\/([^/]+)$/.exec(seen.path)?.[1]?.toLowerCase();
			if (user !== undefined && seen.method === 'DELETE') {
				if (!world.users.has(user)) return no(404, 'ERR_UID_NOT_FOUND');
				if (seen.body.permanent === true) world.users.delete(user);
				return { body: { data: { success: true, message: `User with ${user} has been deleted successfully.` } } };
			}
			if (user !== undefined)
				return world.users.has(user)
					? { body: { data: { uid: user, ...world.users.get(user) } } }
					: no(404, 'ERR_UID_NOT_FOUND');
			const group = world.groups.get(/^\/v3\/groups\/([^/]+)\/members$/.exec(seen.path)?.[1] ?? '');
			if (group === undefined) return no(404, 'ERR_GUID_NOT_FOUND');
			const participants = Object.fromEntries(
				seen.body.participants.map((id) => {
					if (!world.users.has(id))
						return [id, { success: false, error: { code: 'ERR_UID_NOT_FOUND', message: 'not found' } }];
					group.members.add(id);
					return [id, { success: true, data: {} }];
				}),
			);
			return { body: { data: { participants } } };
		}),
};

const synapse: Vendor = {
	name: 'matrix-synapse',
	credential: credentialOf('matrix-synapse', { apiKey: '', apiSecret: 'syt_admin' }, { domain: 'example.com' }),
	words: strong,
	isCreate: ({ path, method }) => path.startsWith('/_synapse/admin/v2/users/') && method === 'PUT',
	world: () =>
		worldOf((world) => (seen) => {
			if (seen.headers.authorization !== 'Bearer syt_admin')
				return { status: 401, body: { errcode: 'M_UNKNOWN_TOKEN', error: 'Unknown token' } };
			const path = decodeURIComponent(seen.path);
			if (path === '/_synapse/admin/v2/users') {
				const from = Number(seen.query.get('from') ?? 0);
				const { shown, next, total } = pageOf(world.users.keys(), from, Number(seen.query.get('limit') ?? 100), 3);
				const users = shown.map((id) => ({
					name: `@${id}:example.com`,
					displayname: world.users.get(id)?.displayname,
					locked: world.suspended.has(id),
				}));
				return { body: { users, total, ...(next === undefined ? {} : { next_token: String(next) }) } };
			}
			if (path === '/_synapse/admin/v1/rooms') {
				const from = Number(seen.query.get('from') ?? 0);
				const all = [null, ...world.groups.keys()];
				const { shown, next } = pageOf(all, from, Number(seen.query.get('limit') ?? 100), 2);
				const rooms = shown.map((alias) => ({
					room_id: `!${alias ?? 'direct'}:example.com`,
					name: alias,
					canonical_alias: alias === null ? null : `#${alias}:example.com`,
				}));
				return { body: { rooms, offset: from, ...(next === undefined ? {} : { next_batch: next }) } };
			}
			const user = /^\/_synapse\/admin\/v2\/users\/@([^:]+):example\.com$/.exec(path)?.[1];
			if (user !== undefined && seen.method === 'GET')
				return world.users.has(user)
					? { body: { name: `@${user}:example.com`, ...world.users.get(user), locked: world.suspended.has(user) } }
					: { status: 404, body: { errcode: 'M_NOT_FOUND', error: 'User not found' } };
			if (user !== undefined) {
				const status = world.users.has(user) ? 200 : 201;
				write(world, user, seen.body);
				if (seen.body.locked === true) world.suspended.add(user);
				if (seen.body.locked === false) world.suspended.delete(user);
				return { status, body: { ...seen.body, name: `@${user}:example.com` } };
			}
			if (path === '/_matrix/client/v3/createRoom') {
				const alias = seen.body.room_alias_name;
				if (world.groups.has(alias))
					return { status: 400, body: { errcode: 'M_ROOM_IN_USE', error: 'Room alias already taken' } };
				makeGroup(world, alias, [], seen.body);
				return { body: { room_id: `!${alias}:example.com` } };
			}
			const room = world.groups.get(/^\/_synapse\/admin\/v1\/join\/#([^:]+):example\.com$/.exec(path)?.[1] ?? '');
			const member = /^@([^:]+):example\.com$/.exec(seen.body.user_id)?.[1] ?? '';
			if (room === undefined || !world.users.has(member))
				return { status: 404, body: { errcode: 'M_NOT_FOUND', error: 'User not found' } };
			room.members.add(member);
			return { body: { room_id: '!x:example.com' } };
		}),
};

const ejabberd: Vendor = {
	name: 'ejabberd',
	credential: credentialOf(
		'ejabberd',
		{ baseUrl: 'http://127.0.0.1:5280/api', apiKey: 'admin@example.com', apiSecret: 'pass' },
		{ host: 'example.com', mucService: 'conference.example.com' },
	),
	words: strong,
	isCreate: ({ path }) => path === '/api/register',
	world: () =>
		worldOf((world) => (seen) => {
			if (seen.headers.authorization !== `Basic ${Buffer.from('admin@example.com:pass').toString('base64')}`)
				return {
					status: 401,
					body: { status: 'error', code: 10, message: 'You are not authorized to call this command.' },
				};
			switch (seen.path) {
				case '/api/register': {
					const { user, host, password } = seen.body;
					if (password === undefined) return { status: 400, body: 'Request have missing argument: password' };
					if (host !== 'example.com')
						return { status: 500, body: { status: 'error', code: 10001, message: 'Unknown virtual host' } };
					if (world.users.has(user))
						return {
							status: 409,
							body: { status: 'error', code: 10090, message: `User ${user}@${host} already registered` },
						};
					if (user.includes('bad'))
						return {
							status: 500,
							body: {
								status: 'error',
								code: 10001,
								message: `Can't register user ${user}@${host} at node ejabberd@localhost: Malformed username`,
							},
						};
					write(world, user, {});
					return { body: `User ${user}@${host} successfully registered` };
				}
				case '/api/check_account':
					return { body: world.users.has(seen.body.user) ? 0 : 1 };
				case '/api/unregister':
					if (seen.body.host !== 'example.com') return { status: 400, body: 'Unknown virtual host' };
					world.users.delete(seen.body.user);
					return { body: '' };
				case '/api/registered_users':
					return { body: [...world.users.keys()] };
				case '/api/ban_account':
					// As a live 23.01 does: it makes an account of whom there is none.
					write(world, seen.body.user, {});
					world.suspended.add(seen.body.user);
					return { body: 0 };
				case '/api/unban_account':
					world.suspended.delete(seen.body.user);
					return { body: 0 };
				case '/api/muc_online_rooms':
					return { body: [...world.groups.keys()].map((name) => `${name}@${seen.body.service}`) };
				case '/api/get_room_affiliations': {
					const room = world.groups.get(seen.body.name);
					if (room === undefined) return { status: 400, body: 'The room does not exist.' };
					const one = (username: string, affiliation: string, domain = 'example.com') => ({
						username,
						domain,
						affiliation,
						reason: '',
					});
					return {
						body: [
							one('head', 'owner'),
							...[...room.members].map((id) => one(id, 'member')),
							one('banned', 'outcast'),
							one('guest', 'member', 'elsewhere.example'),
						],
					};
				}
				case '/api/change_room_option': {
					const room = world.groups.get(seen.body.name);
					if (room === undefined) return { status: 400, body: 'Room not found' };
					Object.assign(room.fields, { [seen.body.option]: seen.body.value });
					return { body: 0 };
				}
				case '/api/destroy_room':
					if (!world.groups.delete(seen.body.name)) return { status: 400, body: "Room doesn't exists" };
					return { body: 0 };
				case '/api/create_room_with_opts':
					if (seen.body.service !== 'conference.example.com') return { status: 400, body: "Invalid 'service'" };
					if (world.groups.has(seen.body.name)) return { status: 400, body: 'Room already exists' };
					makeGroup(world, seen.body.name, [], seen.body);
					return { body: 0 };
				case '/api/set_room_affiliation': {
					const room = world.groups.get(seen.body.name);
					if (room === undefined) return { status: 400, body: "Room doesn't exists" };
					const member = seen.body.jid.split('@')[0] ?? '';
					if (seen.body.affiliation === 'none') room.members.delete(member);
					else room.members.add(member);
					return { body: 0 };
				}
				case '/api/get_room_affiliation': {
					const room = world.groups.get(seen.body.name);
					if (room === undefined) return { status: 400, body: 'The room does not exist.' };
					return { body: { affiliation: room.members.has(seen.body.jid.split('@')[0] ?? '') ? 'member' : 'none' } };
				}
			}
			return { status: 404, body: { status: 'error', code: 40, message: 'Endpoint not found.' } };
		}),
};

/** What its queries say in one parameter. */
interface StreamQuery {
	readonly id?: string;
	readonly limit?: number;
	readonly id_gt?: string;
	readonly user_id_gt?: string;
	readonly include_deactivated_users?: boolean;
	readonly filter_conditions?: { readonly id?: { readonly $in: readonly string[] } };
}

const stream: Vendor = {
	name: 'stream-chat',
	credential: credentialOf('stream-chat', { baseUrl: '' }),
	words: strong,
	isCreate: ({ path, method }) => path === '/users' && method === 'POST',
	world: () =>
		worldOf((world) => (seen) => {
			const no = (StatusCode: number, code: number): Reply => ({
				status: StatusCode,
				body: { code, message: 'No.', StatusCode },
			});
			const signed = (seen.headers.authorization ?? '').split('.');
			const mac = createHmac('sha256', 'the secret').update(`${signed[0]}.${signed[1]}`).digest('base64url');
			if (seen.query.get('api_key') !== 'the-key') return no(401, 2);
			if (signed[2] !== mac || seen.headers['stream-auth-type'] !== 'jwt') return no(401, 43);
			const payload: StreamQuery = JSON.parse(seen.query.get('payload') ?? '{}');
			const asked = payload.filter_conditions?.id?.$in ?? [];
			const limit = payload.limit ?? 0;
			const user = (id: string) => ({
				id,
				...world.users.get(id),
				...(world.suspended.has(id) ? { deactivated_at: '2026-11-30T08:00:00Z' } : {}),
			});
			if (seen.path === '/users' && seen.method === 'GET') {
				if (asked.length > limit) return no(400, 4);
				const isShown = (id: string) => payload.include_deactivated_users === true || !world.suspended.has(id);
				const wanted = payload.filter_conditions?.id === undefined ? [...world.users.keys()].sort() : asked;
				const shown = wanted.filter((id) => world.users.has(id) && isShown(id) && id > (payload.id_gt ?? ''));
				return { body: { users: shown.slice(0, Math.min(limit, 30)).map(user) } };
			}
			const [, changed = '', change] = /^\/users\/([^/]+)\/(deactivate|reactivate)$/.exec(seen.path) ?? [];
			if (change !== undefined) {
				if (!world.users.has(changed)) return no(404, 16);
				if (change === 'deactivate') world.suspended.add(changed);
				else world.suspended.delete(changed);
				return { status: 201, body: { user: user(changed), duration: '5ms' } };
			}
			if (seen.path === '/users') {
				const users = Object.entries(seen.body.users);
				if (users.length > 100 || users.some(([id]) => !/^[a-z0-9@_-]+$/.test(id) || id.includes('bad')))
					return no(400, 4);
				for (const [id, fields] of users) write(world, id, fields);
				return { status: 201, body: { users: Object.fromEntries(users), duration: '5ms' } };
			}
			const made = (id: string) => ({ id, type: 'messaging', cid: `messaging:${id}`, ...world.groups.get(id)?.fields });
			const deleted = (id: string) => {
				const channel = { ...made(id), deleted_at: '2026-11-30T08:00:00Z' };
				world.groups.delete(id);
				return channel;
			};
			if (seen.path === '/channels' && seen.body.filter_conditions.type !== undefined) {
				const { limit: most, offset = 0 } = seen.body;
				if (offset > 1_000 || most > 30) return no(400, 4);
				const { shown } = pageOf(world.groups.keys(), offset, most, 2);
				return { body: { channels: shown.map((id) => ({ channel: made(id) })) } };
			}
			if (seen.path === '/channels') {
				const id = String(seen.body.filter_conditions.cid?.$eq).replace('messaging:', '');
				return { body: { channels: world.groups.has(id) ? [{ channel: made(id), members: [] }] : [] } };
			}
			if (seen.path === '/members') {
				const members = world.groups.get(payload.id ?? '')?.members;
				if (members === undefined) return no(404, 16);
				if (payload.filter_conditions?.id === undefined) {
					const owner = Object(world.groups.get(payload.id ?? '')?.fields.created_by).id;
					const rest = [...members].sort().filter((id) => id > (payload.user_id_gt ?? ''));
					const shown = rest.slice(0, Math.min(limit, 3));
					return { body: { members: shown.map((id) => ({ user_id: id, role: id === owner ? 'owner' : 'member' })) } };
				}
				return { body: { members: asked.filter((id) => members.has(id)).map((user_id) => ({ user_id })) } };
			}
			const [, id = '', query] = /^\/channels\/messaging\/([^/]+)(\/query)?$/.exec(seen.path) ?? [];
			if (seen.method === 'DELETE')
				return world.groups.has(id) ? { body: { channel: deleted(id), duration: '5ms' } } : no(404, 16);
			const leaving = seen.body.remove_members;
			if (leaving !== undefined) {
				if (leaving.length > 100) return no(400, 4);
				if (!world.groups.has(id)) return no(404, 16);
				for (const member of leaving) world.groups.get(id)?.members.delete(member);
				return { status: 201, body: { channel: made(id), duration: '5ms' } };
			}
			const joining: readonly string[] = (query === undefined ? seen.body.add_members : seen.body.data.members) ?? [];
			if (joining.length > 100 || joining.some((member) => !world.users.has(member))) return no(400, 4);
			if (query === undefined && !world.groups.has(id)) return no(404, 16);
			if (!world.groups.has(id))
				makeGroup(world, id, joining, {
					name: seen.body.data.name,
					created_by: { id: seen.body.data.created_by_id },
				});
			for (const member of joining) world.groups.get(id)?.members.add(member);
			return { status: 201, body: { channel: made(id), duration: '5ms' } };
		}),
};

export const VENDORS: readonly Vendor[] = [tencent, easemob, rongcloud, netease, cometchat, synapse, ejabberd, stream];

/** @throws Error where there is none of that name */
export function vendorNamed(name: string): Vendor {
	const vendor = VENDORS.find((one) => one.name === name);
	if (vendor === undefined) throw new Error(`no service ${name}`);
	return vendor;
}
