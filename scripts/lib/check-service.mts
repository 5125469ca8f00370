// Does the service hold exactly the people and classes of the roster? It is asked itself, field by field; what the
// node reported plays no part.

import { classesOf, type Classroom, type Student } from './roster.mts';
import { ask, type Limits, type ServiceAccess } from './tokenim-client.mts';

const FIELDS = ['username', 'avatarUrl', 'email', 'phone'] as const;

type Account = { readonly userId: string; readonly registeredAt?: string } & Partial<
	Record<(typeof FIELDS)[number], string>
>;
type Group = {
	readonly groupId: string;
	readonly name: string;
	readonly ownerId: string;
	readonly memberCount: number;
};

/** One sentence for each thing that is not as the roster says; empty where all is right. */
export async function differences(access: ServiceAccess, roster: readonly Student[]): Promise<string[]> {
	const { limits, quota } = await ask<Limits>(access, 'GET', '/limits');
	const found =
		roster.length === quota.users.used
			? []
			: [`The service holds ${quota.users.used} people, the roster ${roster.length}.`];
	for (const page of pages(roster, limits.idsPerQuery)) found.push(...(await userDifferences(access, page)));
	for (const page of pages(classesOf(roster), limits.idsPerQuery))
		found.push(...(await groupDifferences(access, page)));
	return found;
}

async function userDifferences(access: ServiceAccess, students: readonly Student[]): Promise<string[]> {
	const answer = await ask<{ users: Account[] }>(access, 'POST', '/users/query', {
		userIds: students.map((student) => student.userId),
	});
	const accounts = new Map(answer.users.map((account) => [account.userId, account]));
	return students.flatMap((student) => {
		const account = accounts.get(student.userId);
		if (!account) return [`${student.userId} has no account.`];
		const wrong = FIELDS.filter((field) => account[field] !== student[field]);
		const sameInstant = Date.parse(account.registeredAt ?? '') === Date.parse(student.registeredAt);
		return [
			...wrong.map(
				(field) => `${student.userId}: ${field} is "${account[field]}", the roster says "${student[field]}".`,
			),
			...(sameInstant
				? []
				: [`${student.userId}: registeredAt is "${account.registeredAt}", the roster says "${student.registeredAt}".`]),
		];
	});
}

async function groupDifferences(access: ServiceAccess, classes: readonly Classroom[]): Promise<string[]> {
	const answer = await ask<{ groups: Group[] }>(access, 'POST', '/groups/query', {
		groupIds: classes.map((classroom) => classroom.groupId),
	});
	const groups = new Map(answer.groups.map((group) => [group.groupId, group]));
	const found: string[] = [];
	for (const classroom of classes) {
		const group = groups.get(classroom.groupId);
		if (!group) {
			found.push(`${classroom.groupId} is no group.`);
			continue;
		}
		for (const field of ['name', 'ownerId'] as const) {
			if (group[field] !== classroom[field])
				found.push(`${classroom.groupId}: ${field} is "${group[field]}", the roster says "${classroom[field]}".`);
		}
		if (group.memberCount !== classroom.memberIds.length) {
			found.push(`${classroom.groupId} has ${group.memberCount} members, the class ${classroom.memberIds.length}.`);
		}
		found.push(...(await memberDifferences(access, classroom)));
	}
	return found;
}

async function memberDifferences(access: ServiceAccess, { groupId, memberIds }: Classroom): Promise<string[]> {
	const answer = await ask<{ members: string[] }>(
		access,
		'POST',
		`/groups/${encodeURIComponent(groupId)}/members/query`,
		{ memberIds },
	);
	const members = new Set(answer.members);
	return memberIds.filter((userId) => !members.has(userId)).map((userId) => `${userId} is not in ${groupId}.`);
}

function* pages<T>(all: readonly T[], size: number): Generator<readonly T[]> {
	for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size);
}
