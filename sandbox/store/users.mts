/** Users as rows. */
import type { DatabaseSync } from 'node:sqlite';
import { attributesOf, text, textOrNull, whole, type Attributes, type Row } from './columns.mts';

export interface User {
	readonly userId: string;
	readonly imId: string;
	readonly username: string;
	readonly avatarUrl: string | null;
	readonly registeredAt: string | null;
	readonly email: string | null;
	readonly phone: string | null;
	readonly attributes: Attributes;
	/** False while suspended. */
	readonly active: boolean;
}

export interface UserStore {
	find(userId: string): User | undefined;
	imIdOf(userId: string): string | undefined;
	/** The new user's `imId`, or `undefined` when the id is taken and nothing was written. */
	insert(user: Omit<User, 'imId' | 'active'>): string | undefined;
	/** Changes all but whether the user is active. */
	update(user: User): void;
	setActive(userId: string, active: boolean): void;
	/** Deletes the user and its memberships; false when there was none. */
	remove(userId: string): boolean;
	/** So many ids after this one, by their bytes. */
	idsAfter(userId: string, count: number): string[];
	all(): User[];
	count(): number;
	/** After a rollback the count is read anew. */
	recount(): void;
}

/** The statements for users, prepared once. */
export function createUserStore(db: DatabaseSync): UserStore {
	const selectOne = db.prepare('select * from users where user_id = ?');
	const selectSeq = db.prepare('select seq from users where user_id = ?');
	const selectAll = db.prepare('select * from users order by seq');
	const selectCount = db.prepare('select count(*) as n from users');
	const insertOne = db.prepare(
		`insert into users (user_id, username, avatar_url, registered_at, email, phone, attributes)
		values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing`,
	);
	const updateOne = db.prepare(
		`update users set username = ?, avatar_url = ?, registered_at = ?, email = ?, phone = ?, attributes = ?
		where user_id = ?`,
	);
	const updateActive = db.prepare('update users set active = ? where user_id = ?');
	const selectAfter = db.prepare('select user_id from users where user_id > ? order by user_id limit ?');
	const deleteOne = db.prepare('delete from users where user_id = ?');
	const deleteMemberships = db.prepare('delete from members where user_id = ?');
	let count = whole(selectCount.get()?.n);

	return {
		find(userId) {
			const row = selectOne.get(userId);
			return row && userOf(row);
		},
		imIdOf(userId) {
			const row = selectSeq.get(userId);
			return row && imIdOf(whole(row.seq));
		},
		insert(user) {
			const { changes, lastInsertRowid } = insertOne.run(
				user.userId,
				user.username,
				user.avatarUrl,
				user.registeredAt,
				user.email,
				user.phone,
				JSON.stringify(user.attributes),
			);
			if (changes === 0) return undefined;
			count += 1;
			return imIdOf(Number(lastInsertRowid));
		},
		update(user) {
			const { username, avatarUrl, registeredAt, email, phone, attributes, userId } = user;
			updateOne.run(username, avatarUrl, registeredAt, email, phone, JSON.stringify(attributes), userId);
		},
		setActive: (userId, active) => void updateActive.run(active ? 1 : 0, userId),
		remove(userId) {
			if (deleteOne.run(userId).changes === 0) return false;
			deleteMemberships.run(userId);
			count -= 1;
			return true;
		},
		idsAfter: (userId, count) => selectAfter.all(userId, count).map((row) => text(row.user_id)),
		all: () => selectAll.all().map(userOf),
		count: () => count,
		recount() {
			count = whole(selectCount.get()?.n);
		},
	};
}

function userOf(row: Row): User {
	return {
		userId: text(row.user_id),
		imId: imIdOf(whole(row.seq)),
		username: text(row.username),
		avatarUrl: textOrNull(row.avatar_url),
		registeredAt: textOrNull(row.registered_at),
		email: textOrNull(row.email),
		phone: textOrNull(row.phone),
		attributes: attributesOf(row.attributes),
		active: row.active !== 0,
	};
}

const imIdOf = (seq: number): string => `im_${seq.toString(36).padStart(4, '0')}`;
