// Whom the rows do not name: all rows are read, then everybody is listed and compared by an id that is read as theirs (law 14). Of rows
// and users the ids alone are kept; of those who are found, what the list says of them.

import { count } from '../../engine/count';
import { IdSet } from '../../engine/rows/idTable';
import type { Row } from '../../engine/types';
import type { Listed } from '../../engine/wire';
import type { Protocol } from '../../protocol/calls';
import { NothingListed, shortened, type Listing, type ListResults } from '../listing';
import { alike } from '../alike';
import { HeldRecords } from '../heldRecords';
import { NearlyNamed } from '../nearlyNamed';
import type { RowCheck } from '../rowCheck';

const MOST_ROWS_NAMED = 10;
/** Google Sheets adds it to rows that hold nothing else. */
const ROW_NUMBER = 'row_number';

export interface UnlistedSettings {
	/** Only users whose attribute has this value are looked at. */
	readonly onlyWith: { readonly name: string; readonly value: string } | undefined;
	/** Ids of those who are never found. */
	readonly never: readonly string[];
	readonly includeSuspended: boolean;
	/** In percent of the active users that are looked at; 0: no limit. */
	readonly mostPercent: number;
}

export interface Unlisted {
	readonly settings: UnlistedSettings;
	readonly protocol: Pick<Protocol, 'fold' | 'listUsers'>;
	readonly rowCheck: Pick<RowCheck, 'prepare'>;
	/** What an agent may be told; `undefined` for no such limit. */
	readonly most: number | undefined;
	/** How many items bring rows in a file or a list: of each of them somebody must be named. */
	readonly bringers?: number;
}

/** @throws Unsupported where the service has no list of its users */
export function findUnlisted({ settings, protocol, rowCheck, most, bringers = 0 }: Unlisted): Listing {
	const fold = (id: string) => alike(protocol.fold('user', id));
	const named = new IdSet();
	const nearlyNamed = new NearlyNamed(named);
	const bringing = new Set<number>();
	const rows = { read: 0, unread: 0, numbers: [] as number[] };
	const leavers = new HeldRecords();
	const users = { listed: 0, looked: 0, active: 0 };

	return {
		list: protocol.listUsers(),
		rows: {
			take(row) {
				rows.read++;
				const id = idOf(rowCheck, row);
				if (id !== undefined) {
					name(fold(id));
					bringing.add(row.item);
				} else if (!isEmpty(row)) noteUnread(row.number);
			},
			done() {
				if (rows.unread > 0) throw unreadable(rows.unread, rows.numbers);
				if (named.size === 0) throw nobodyNamed(rows.read);
				for (let item = 0; item < bringers; item++) if (!bringing.has(item)) throw nobodyFrom(item);
				for (const id of settings.never) name(fold(id));
			},
		},
		take(records) {
			for (const user of records) {
				users.listed++;
				const id = fold(user.id);
				if (named.has(id)) nearlyNamed.find(id);
				// Rows cannot name it, so that none does says nothing of it.
				if (user.foreign === true || !hasValue(user, settings.onlyWith)) continue;
				users.looked++;
				const isActive = user.active !== false;
				if (isActive) users.active++;
				if ((isActive || settings.includeSuspended) && !named.has(id)) leavers.push(user);
			}
			return true;
		},
		results(): ListResults {
			const { mostPercent, onlyWith } = settings;
			if (mostPercent > 0 && leavers.length * 100 > users.active * mostPercent)
				throw tooMany(leavers.length, users.active, mostPercent);
			// Those whom rows may mean count for the brake: a sheet that lost its zeros is to be seen.
			const certain = leavers.all.filter(({ id }) => !nearlyNamed.means(fold(id)));
			const told = certain.slice(0, most);
			const hints = told.length < certain.length ? [shortened(told.length)] : [];
			if (certain.length < leavers.length) hints.push(nearlyTheSame(leavers.length - certain.length));
			if (onlyWith !== undefined && users.looked === 0 && users.listed > 0) hints.push(nobodyWith(onlyWith.name));
			return { found: unlistedOf(told), hints };
		},
	};

	function name(id: string): void {
		named.add(id);
		nearlyNamed.name(id);
	}

	function noteUnread(number: number): void {
		rows.unread++;
		if (rows.numbers.length < MOST_ROWS_NAMED) rows.numbers.push(number);
	}
}

/** What a row says of whom it is about, whatever else is wrong with it. */
function idOf(rowCheck: Pick<RowCheck, 'prepare'>, row: Row): string | undefined {
	const prepared = rowCheck.prepare(row);
	return prepared.ok ? prepared.entry.id : prepared.id;
}

/** Whether nothing stands in the row at all, as in the last rows of many sheets. */
function isEmpty({ columns, issues = [] }: Row): boolean {
	return issues.length === 0 && Object.entries(columns).every(([name, cell]) => name === ROW_NUMBER || isBlank(cell));
}

function isBlank(cell: unknown): boolean {
	return cell === undefined || cell === null || (typeof cell === 'string' && cell.trim() === '');
}

function hasValue({ record }: Listed, only: UnlistedSettings['onlyWith']): boolean {
	if (only === undefined) return true;
	const { attributes } = record;
	if (typeof attributes !== 'object' || attributes === null) return false;
	const value: unknown = Object.getOwnPropertyDescriptor(attributes, only.name)?.value;
	return ['string', 'number', 'boolean'].includes(typeof value) && String(value) === only.value;
}

function* unlistedOf(leavers: readonly Listed[]) {
	for (const listed of leavers) yield { status: 'unlisted', id: { userId: listed.id }, listed } as const;
}

function nobodyNamed(rows: number): NothingListed {
	const came = rows === 0 ? 'No rows came in.' : `${count(rows)} ${rows === 1 ? 'row' : 'rows'} came in, all empty.`;
	return new NothingListed(
		'no_rows',
		'No row names anybody, so nobody was looked for',
		`${came} Without rows everybody would be found. Nothing was sent.`,
	);
}

function nobodyFrom(item: number): NothingListed {
	return new NothingListed(
		'no_rows',
		`Item ${count(item + 1)} names nobody, so nobody was looked for`,
		'Its file, or its list, holds no rows, or empty ones alone. Whoever should stand there would be found to be in no row. Mend it, or leave the item out where nobody is meant. Nothing was sent.',
	);
}

function unreadable(rows: number, numbers: readonly number[]): NothingListed {
	const more = rows > numbers.length ? ', …' : '';
	return new NothingListed(
		'rows_unreadable',
		`The ID of ${count(rows)} ${rows === 1 ? 'row' : 'rows'} cannot be read, so nobody was looked for`,
		`Whoever is meant there would be found to be in no row. It is row ${numbers.join(', ')}${more}: mend the User ID, or take the row out; Verify tells of each row what is wrong. Nothing was sent.`,
	);
}

function tooMany(found: number, active: number, mostPercent: number): NothingListed {
	const share = active === 0 ? '' : ` (${count(Math.ceil((found * 1000) / active) / 10)} %)`;
	return new NothingListed(
		'brake',
		`${count(found)} users are in no row, of ${count(active)} active ones${share}, and "Find at Most" is ${count(mostPercent)} %`,
		'Nobody is given. Look at the rows again; where all of them are meant, raise that number (0: no limit).',
	);
}

function nearlyTheSame(users: number): string {
	const who = users === 1 ? '1 user has an ID that differs' : `${count(users)} users have IDs that differ`;
	return `${who} from one of the rows or of Never These in capitals or leading zeros alone, and nobody has that ID. They count as named: mend these IDs.`;
}

function nobodyWith(name: string): string {
	return `No user has the attribute "${name}" with the value of Only Users With, so nobody was found.`;
}
