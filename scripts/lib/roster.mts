// A made-up school: students with Chinese names in classes. The same seed makes the same people on every machine.

import { Faker, zh_CN, base } from '@faker-js/faker';

/** One row of the roster. The first columns are TokenIM's own field names, so the node finds them by name. */
export interface Student {
	readonly userId: string;
	readonly username: string;
	readonly avatarUrl: string;
	/** RFC 3339 with offset. */
	readonly registeredAt: string;
	readonly email: string;
	/** E.164. */
	readonly phone: string;
	readonly classId: string;
	readonly className: string;
	/** The first student of the class: owns its group. */
	readonly monitorId: string;
}

/** A class as it is to stand in TokenIM: its monitor owns the group. */
export interface Classroom {
	readonly groupId: string;
	readonly name: string;
	readonly ownerId: string;
	/** With the owner. */
	readonly memberIds: readonly string[];
}

export interface RosterSize {
	readonly students: number;
	readonly classes: number;
	readonly seed: number;
}

/** Of a person in a class, in the order of the sheet. */
export const PERSON_COLUMNS = [
	'userId',
	'username',
	'avatarUrl',
	'registeredAt',
	'email',
	'phone',
	'classId',
	'className',
] as const;
const COLUMNS = [...PERSON_COLUMNS, 'monitorId'] as const;
const GRADES = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
const MOBILE_PREFIXES = [
	'130',
	'131',
	'135',
	'136',
	'138',
	'139',
	'150',
	'151',
	'158',
	'159',
	'177',
	'180',
	'186',
	'188',
	'189',
	'199',
];
const FIRST_DAY = new Date('2021-09-01T00:00:00Z');
const LAST_DAY = new Date('2025-08-31T23:59:59Z');

/** Students in class order: s000001, s000002 and so on, the classes equally large. */
export function makeRoster({ students, classes, seed }: RosterSize): Student[] {
	const faker = new Faker({ locale: [zh_CN, base], seed });
	const phones = new Set<string>();
	return Array.from({ length: students }, (_, index) => {
		const userId = idOf(index);
		const classNumber = Math.floor((index * classes) / students);
		return {
			userId,
			username: faker.person.lastName() + faker.person.firstName(),
			avatarUrl: `https://avatars.school.example/${userId}.png`,
			registeredAt: inBeijing(faker.date.between({ from: FIRST_DAY, to: LAST_DAY })),
			email: `${userId}@school.example`,
			phone: newPhone(faker, phones),
			classId: `class-${String(classNumber + 1).padStart(3, '0')}`,
			className: className(classNumber, classes),
			monitorId: idOf(Math.ceil((classNumber * students) / classes)),
		};
	});
}

function idOf(index: number): string {
	return `s${String(index + 1).padStart(6, '0')}`;
}

/** The groups that the example workflow makes of a roster. */
export function classesOf(roster: readonly Student[]): Classroom[] {
	const classes = new Map<string, Student[]>();
	for (const student of roster) classes.set(student.classId, [...(classes.get(student.classId) ?? []), student]);
	return [...classes].map(([groupId, students]) => ({
		groupId,
		name: students[0]?.className ?? '',
		ownerId: students[0]?.monitorId ?? '',
		memberIds: students.map((student) => student.userId),
	}));
}

/** The roster as a CSV file. */
export function toCsv(roster: readonly Student[]): string {
	return csvOf(COLUMNS, roster);
}

/** Rows as a CSV file with these columns. */
export function csvOf<Column extends string>(
	columns: readonly Column[],
	rows: ReadonlyArray<Readonly<Record<Column, string>>>,
): string {
	const lines = [columns.join(','), ...rows.map((row) => columns.map((column) => cell(row[column])).join(','))];
	return `${lines.join('\n')}\n`;
}

function cell(text: string): string {
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** 一年级（1）班, 一年级（2）班 and so on: the classes share ten grades. */
function className(classNumber: number, classes: number): string {
	const perGrade = Math.ceil(classes / GRADES.length);
	return `${GRADES[Math.floor(classNumber / perGrade)]}年级（${(classNumber % perGrade) + 1}）班`;
}

function newPhone(faker: Faker, taken: Set<string>): string {
	for (;;) {
		const phone = `+86${faker.helpers.arrayElement(MOBILE_PREFIXES)}${faker.string.numeric(8)}`;
		if (taken.has(phone)) continue;
		taken.add(phone);
		return phone;
	}
}

/** An instant as a clock in China shows it, to the second. */
function inBeijing(date: Date): string {
	const shifted = new Date(date.getTime() + 8 * 3_600_000);
	return `${shifted.toISOString().slice(0, 19)}+08:00`;
}
