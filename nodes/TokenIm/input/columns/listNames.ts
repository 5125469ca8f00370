// What services call the lists in their answers and exports: data, no code. Names are compared as those of columns are.

import { columnKey } from '../cells/text';

/** What the rows of a run are to be. */
export type Holds = 'users' | 'groups';

/**
 * `own`: a list of what is asked for. `plain`: a list of whatever the answer is about. `other`: never what is asked for.
 * `unknown`: its name says nothing.
 */
export type ListKind = 'own' | 'plain' | 'other' | 'unknown';

const USERS = `user users member members person persons people student students pupil pupils teacher teachers employee
	employees staff contact contacts account accounts participant participants attendee attendees learner learners
	subscriber subscribers customer customers profile profiles userlist memberlist userinfolist usersinfo useritem
	useritems 用户 用户列表 成员 成员列表 学生 学生列表 学生名单 教师 教师列表 老师 员工 员工列表 人员 人员列表 通讯录`;
const GROUPS = `group groups class classes room rooms chatroom chatrooms team teams channel channels grouplist groupinfo
	群 群组 群列表 群组列表 群聊 班级 班级列表`;
const PLAIN = `data result results item items entity entities entry entries element elements record records row rows list
	value values node nodes edge edges object objects response content hits resource resources payload doc docs documents
	body output 数据 列表 结果 记录 名单`;
const OTHER = `role roles permission permissions scope scopes client clients clientscopes error errors message messages
	warning warnings notice notices link links tag tags included attachment attachments field fields column columns header
	headers department departments organization organizations organisation organisations org orgs company companies course
	courses subject subjects project projects order orders product products device devices session sessions identity
	identities email emails phone phones phonenumbers address addresses policy policies application applications app apps
	event events log logs meta pagination subgroups memberof components 角色 权限 部门 课程 错误 消息`;

const keysOf = (names: string): ReadonlySet<string> => new Set(names.split(/\s+/).map(columnKey));
const KINDS: Readonly<Record<Holds | 'plain' | 'other', ReadonlySet<string>>> = {
	users: keysOf(USERS),
	groups: keysOf(GROUPS),
	plain: keysOf(PLAIN),
	other: keysOf(OTHER),
};

/** @param path the names by which the list is reached: of `users.nodes` the first tells what it holds */
export function kindOfList(path: readonly string[], holds: Holds): ListKind {
	const keys = path.map(columnKey).reverse();
	for (const key of keys) {
		if (KINDS[holds].has(key)) return 'own';
		if (KINDS.other.has(key) || KINDS[holds === 'users' ? 'groups' : 'users'].has(key)) return 'other';
	}
	return keys.some((key) => KINDS.plain.has(key)) ? 'plain' : 'unknown';
}
