/** Groups and their members as rows. */
import type { DatabaseSync } from 'node:sqlite';
import { attributesOf, text, textOrNull, whole, type Attributes, type Row } from './columns.mts';

export interface Group {
	readonly groupId: string;
	readonly imId: string;
	readonly name: string;
	readonly ownerId: string;
	readonly description: string | null;
	readonly avatarUrl: string | null;
	readonly attributes: Attributes;
}

export interface GroupStore {
	find(groupId: string): Group | undefined;
	/** Writes the group and makes its owner a member; gives its `imId`. The id must be free. */
	insert(group: Omit<Group, 'imId'>): string;
	/** Changes the group; a new owner becomes a member, the old one stays one. */
	update(group: Group): void;
	/** True when the member was not in the group before. */
	addMember(groupId: string, userId: string): boolean;
	/** True when the member was in the group. */
	removeMember(groupId: string, userId: string): boolean;
	/** Deletes the group and its memberships. */
	remove(groupId: string): void;
	hasMember(groupId: string, userId: string): boolean;
	memberCount(groupId: string): number;
	memberIds(groupId: string): string[];
	/** So many members after this one, by their bytes. */
	memberIdsAfter(groupId: string, userId: string, count: number): string[];
	/** So many groups after this one. */
	idsAfter(groupId: string, count: number): string[];
	/** The groups that a user is in. */
	groupsOf(userId: string): string[];
	all(): Group[];
}

/** The statements for groups, prepared once. */
export function createGroupStore(db: DatabaseSync): GroupStore {
	const selectOne = db.prepare('select * from groups where group_id = ?');
	const selectAll = db.prepare('select * from groups order by seq');
	const insertOne = db.prepare(
		`insert into groups (group_id, name, owner_id, description, avatar_url, attributes) values (?, ?, ?, ?, ?, ?)`,
	);
	const updateOne = db.prepare(
		`update groups set name = ?, owner_id = ?, description = ?, avatar_url = ?, attributes = ? where group_id = ?`,
	);
	const insertMember = db.prepare('insert into members (group_id, user_id) values (?, ?) on conflict do nothing');
	const selectMember = db.prepare('select 1 from members where group_id = ? and user_id = ?');
	const selectMembers = db.prepare('select user_id from members where group_id = ? order by user_id');
	const selectMembersAfter = db.prepare(
		'select user_id from members where group_id = ? and user_id > ? order by user_id limit ?',
	);
	const selectAfter = db.prepare('select group_id from groups where group_id > ? order by group_id limit ?');
	const selectGroupsOf = db.prepare('select group_id from members where user_id = ?');
	const deleteMember = db.prepare('delete from members where group_id = ? and user_id = ?');
	const deleteMembers = db.prepare('delete from members where group_id = ?');
	const deleteOne = db.prepare('delete from groups where group_id = ?');
	const countMembers = db.prepare('select count(*) as n from members where group_id = ?');

	return {
		find(groupId) {
			const row = selectOne.get(groupId);
			return row && groupOf(row);
		},
		insert({ groupId, name, ownerId, description, avatarUrl, attributes }) {
			const json = JSON.stringify(attributes);
			const { lastInsertRowid } = insertOne.run(groupId, name, ownerId, description, avatarUrl, json);
			insertMember.run(groupId, ownerId);
			return imIdOf(Number(lastInsertRowid));
		},
		update({ groupId, name, ownerId, description, avatarUrl, attributes }) {
			updateOne.run(name, ownerId, description, avatarUrl, JSON.stringify(attributes), groupId);
			insertMember.run(groupId, ownerId);
		},
		addMember: (groupId, userId) => insertMember.run(groupId, userId).changes !== 0,
		removeMember: (groupId, userId) => deleteMember.run(groupId, userId).changes !== 0,
		remove(groupId) {
			deleteOne.run(groupId);
			deleteMembers.run(groupId);
		},
		hasMember: (groupId, userId) => selectMember.get(groupId, userId) !== undefined,
		memberCount: (groupId) => whole(countMembers.get(groupId)?.n),
		memberIds: (groupId) => selectMembers.all(groupId).map((row) => text(row.user_id)),
		memberIdsAfter: (groupId, userId, count) =>
			selectMembersAfter.all(groupId, userId, count).map((row) => text(row.user_id)),
		idsAfter: (groupId, count) => selectAfter.all(groupId, count).map((row) => text(row.group_id)),
		groupsOf: (userId) => selectGroupsOf.all(userId).map((row) => text(row.group_id)),
		all: () => selectAll.all().map(groupOf),
	};
}

function groupOf(row: Row): Group {
	return {
		groupId: text(row.group_id),
		imId: imIdOf(whole(row.seq)),
		name: text(row.name),
		ownerId: text(row.owner_id),
		description: textOrNull(row.description),
		avatarUrl: textOrNull(row.avatar_url),
		attributes: attributesOf(row.attributes),
	};
}

const imIdOf = (seq: number): string => `img_${seq.toString(36).padStart(4, '0')}`;
