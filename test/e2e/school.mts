// A school on paper: its sheet of one day and of the next, and what a service looks like that equals such a sheet.

import { csvOf as csvWith, makeRoster, PERSON_COLUMNS, type Student } from '../../scripts/lib/roster.mts';
import type { Sandbox } from '../../sandbox/server.mts';

/** One row of the sheet: somebody, in a class that has a teacher. */
export interface Person extends Student {
	readonly teacherId: string;
}

type Sheet = readonly Person[];

const COLUMNS = [...PERSON_COLUMNS, 'teacherId'] as const;

/** A school in which the first of each class is its teacher. The same size gives the same people. */
export function makeSchool(people: number, classes: number): Person[] {
	const roster = makeRoster({ students: people, classes, seed: 17 });
	const teachers = new Map<string, string>();
	for (const { classId, userId } of roster) if (!teachers.has(classId)) teachers.set(classId, userId);
	return roster.map((person) => ({ ...person, teacherId: teachers.get(person.classId) ?? '' }));
}

export function csvOf(sheet: Sheet): string {
	return csvWith(COLUMNS, sheet);
}

/** One row for each class. */
export function classesCsv(sheet: Sheet): string {
	return `classId\n${classesOf(sheet).join('\n')}\n`;
}

export interface Day {
	/** In the order of its classes. */
	readonly sheet: readonly Person[];
	readonly came: readonly string[];
	readonly changed: readonly string[];
	readonly gone: readonly string[];
}

export interface DayOf {
	/** Tells the people who come on this day from those of other days. */
	readonly prefix: string;
	readonly came: number;
	readonly changed: number;
	readonly gone: number;
	/** Who is neither changed nor goes. */
	readonly spared?: readonly string[];
}

/** A day on which so many come, change and go, each class a few of them; no teacher goes. */
export function dayAfter(sheet: Sheet, { prefix, came, changed, gone, spared = [] }: DayOf): Day {
	const stays = new Set([...spared, ...sheet.map(({ teacherId }) => teacherId)]);
	const others = sheet.filter(({ userId }) => !stays.has(userId)).map(({ userId }) => userId);
	const left = new Set(spread(others, gone));
	const renamed = new Set(
		spread(
			others.filter((userId) => !left.has(userId)),
			changed,
		),
	);
	const newcomers = makeRoster({ students: came, classes: 1, seed: 18 }).map((student, index) => {
		const userId = `${prefix}${student.userId}`;
		return joining({ ...student, userId, email: `${userId}@school.example` }, spread(sheet, came)[index]);
	});
	return {
		sheet: inOrder([
			...sheet
				.filter(({ userId }) => !left.has(userId))
				.map((row) => (renamed.has(row.userId) ? changedRow(row) : row)),
			...newcomers,
		]),
		came: newcomers.map(({ userId }) => userId),
		changed: [...renamed],
		gone: [...left],
	};
}

/** Three classes get other teachers: the first one of its students, the second and the third each the other's. */
export function otherTeachers(sheet: Sheet): Person[] {
	const [first = '', second = '', third = ''] = classesOf(sheet);
	const teacher = (classId: string) => sheet.find((row) => row.classId === classId)?.teacherId ?? '';
	const student = sheet.find(({ classId, userId }) => classId === first && userId !== teacher(first));
	const teachers = new Map([
		[first, student?.userId],
		[second, teacher(third)],
		[third, teacher(second)],
	]);
	const taught = sheet.map((row) => ({ ...row, teacherId: teachers.get(row.classId) ?? row.teacherId }));
	const ofClass = (classId: string) => taught.find((row) => row.classId === classId);
	return inOrder(
		taught.map((row) => {
			if (row.userId === teacher(second)) return joining(row, ofClass(third));
			return row.userId === teacher(third) ? joining(row, ofClass(second)) : row;
		}),
	);
}

/** The last class is dissolved: its people are in the one before. */
export function withoutLastClass(sheet: Sheet): Person[] {
	const [host, last] = classesOf(sheet).slice(-2);
	const example = sheet.find(({ classId }) => classId === host);
	return sheet.map((row) => (row.classId === last ? joining(row, example) : row));
}

/** These people too, in the first class. */
export function withAlso(sheet: Sheet, people: readonly Student[]): Person[] {
	return inOrder([...sheet, ...people.map((person) => joining(person, sheet[0]))]);
}

/** About half of the rows: the last class of them is there but for one in ten. */
export function cutOff(sheet: Sheet): Person[] {
	const { classId } = sheet[Math.floor(sheet.length / 2)] ?? {};
	const from = sheet.findIndex((row) => row.classId === classId);
	const size = sheet.filter((row) => row.classId === classId).length;
	return sheet.slice(0, from + Math.floor(size * 0.9));
}

function classesOf(sheet: Sheet): string[] {
	return [...new Set(sheet.map(({ classId }) => classId))].sort();
}

/** In the class of another. */
function joining(person: Student, other: Person | undefined): Person {
	if (other === undefined) throw new Error('Nobody is there to join.');
	const { classId, className, teacherId } = other;
	return { ...person, classId, className, teacherId };
}

function changedRow(row: Person): Person {
	return { ...row, username: `${row.username}一`, email: `new-${row.email}` };
}

/** So many of them, evenly. */
function spread<T>(from: readonly T[], count: number): T[] {
	return from.filter(
		(_, index) => Math.floor(((index + 1) * count) / from.length) > Math.floor((index * count) / from.length),
	);
}

function inOrder(sheet: Sheet): Person[] {
	return [...sheet].sort((a, b) => (a.classId < b.classId ? -1 : a.classId > b.classId ? 1 : 0));
}

/** All that a service holds, in a form that compares. */
export interface State {
	readonly users: Readonly<Record<string, string>>;
	readonly groups: Readonly<Record<string, string>>;
}

export function stateOf(sandbox: Sandbox): State {
	return {
		users: Object.fromEntries(
			sandbox.users().map((user) => [user.userId, userLine(user, user.active ? 'active' : 'suspended')]),
		),
		groups: Object.fromEntries(
			sandbox
				.groups()
				.map(({ groupId, name, ownerId, memberIds }) => [groupId, groupLine(name, ownerId, [...memberIds, ownerId])]),
		),
	};
}

/** What a service is to hold that equals this sheet. @param suspended who stays beside it, and cannot sign in */
export function stateBy(sheet: Sheet, suspended: Sheet): State {
	const classes = new Map<string, Person[]>();
	for (const person of sheet) classes.set(person.classId, [...(classes.get(person.classId) ?? []), person]);
	return {
		users: Object.fromEntries([
			...sheet.map((person) => [person.userId, userLine(person, 'active')]),
			...suspended.map((person) => [person.userId, userLine(person, 'suspended')]),
		]),
		groups: Object.fromEntries(
			[...classes].map(([groupId, people]) => {
				const { className = '', teacherId = '' } = people[0] ?? {};
				return [groupId, groupLine(className, teacherId, [teacherId, ...people.map(({ userId }) => userId)])];
			}),
		),
	};
}

interface UserFields {
	readonly username: string;
	readonly avatarUrl?: string | null;
	readonly registeredAt?: string | null;
	readonly email?: string | null;
	readonly phone?: string | null;
}

function userLine({ username, avatarUrl, registeredAt, email, phone }: UserFields, active: string): string {
	return [username, avatarUrl, registeredAt && Date.parse(registeredAt), email, phone, active].join(' | ');
}

function groupLine(name: string, owner: string, members: readonly string[]): string {
	return `${name} | ${owner} | ${[...new Set(members)].sort().join(' ')}`;
}

/** Who could sign in and cannot, and who was in a class and is not. */
export function takenAway(before: State, after: State): string[] {
	const holds = ({ users, groups }: State) => [
		...Object.entries(users).flatMap(([userId, line]) => (line.endsWith('| active') ? [userId] : [])),
		...Object.entries(groups).flatMap(([groupId, line]) =>
			(line.split(' | ').at(-1) ?? '').split(' ').map((userId) => `${userId} in ${groupId}`),
		),
	];
	const still = new Set(holds(after));
	return holds(before).filter((one) => !still.has(one));
}
