/** The SQLite database behind the sandbox: its tables, its transactions, and the stores that speak to them. */
import { DatabaseSync } from 'node:sqlite';
import { createGroupStore, type GroupStore } from './groups.mts';
import { createIdempotencyStore, type IdempotencyStore } from './idempotency.mts';
import { createUserStore, type UserStore } from './users.mts';

// `autoincrement`: the id of a deleted user is never given to another. `synchronous off`: a killed process loses
// nothing, only a power cut would, and this is a sandbox.
const schema = `
pragma journal_mode = wal;
pragma synchronous = off;
create table if not exists users (
	seq integer primary key autoincrement, user_id text not null unique, username text not null, avatar_url text,
	registered_at text, email text, phone text, attributes text not null,
	active integer not null default 1);
create table if not exists groups (
	seq integer primary key autoincrement, group_id text not null unique, name text not null, owner_id text not null,
	description text, avatar_url text, attributes text not null);
create table if not exists members (
	group_id text not null, user_id text not null, primary key (group_id, user_id)) without rowid;
create index if not exists members_by_user on members (user_id);
create table if not exists idempotency (
	key text primary key, at_ms integer not null, fingerprint text not null, status integer not null,
	body blob not null) without rowid;
create index if not exists idempotency_by_time on idempotency (at_ms);`;

export interface Store {
	readonly users: UserStore;
	readonly groups: GroupStore;
	readonly idempotency: IdempotencyStore;
	/** Runs `work` in one transaction and keeps what it wrote only if `keep` says so. */
	transaction<T>(work: () => T, keep: (result: T) => boolean): T;
	clear(): void;
	close(): void;
}

/** Opens a database file, or a new one in memory for `:memory:`. */
export function openStore(database: string): Store {
	const db = new DatabaseSync(database);
	db.exec(schema);
	addActive(db);
	const users = createUserStore(db);
	const groups = createGroupStore(db);
	const begin = db.prepare('begin immediate');
	const commit = db.prepare('commit');

	const rollback = () => {
		db.exec('rollback');
		users.recount();
	};

	return {
		users,
		groups,
		idempotency: createIdempotencyStore(db),
		transaction(work, keep) {
			begin.run();
			try {
				const result = work();
				if (keep(result)) commit.run();
				else rollback();
				return result;
			} catch (thrown) {
				rollback();
				throw thrown;
			}
		},
		clear() {
			db.exec('delete from users; delete from groups; delete from members; delete from idempotency;');
			users.recount();
		},
		close: () => db.close(),
	};
}

/** A file of an earlier sandbox knows nobody who is suspended. */
function addActive(db: DatabaseSync): void {
	const columns = db.prepare('pragma table_info(users)').all();
	if (columns.some(({ name }) => name === 'active')) return;
	db.exec('alter table users add column active integer not null default 1');
}
