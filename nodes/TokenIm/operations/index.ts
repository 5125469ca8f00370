// The operations of the node. What the editor shows and what a run does derive from this list.

import { addMembers } from './group/addMembers';
import { batchDeleteGroups } from './group/batchDelete';
import { createGroups } from './group/create';
import { getGroups } from './group/getAll';
import { removeMembers } from './group/removeMembers';
import { setMembers } from './group/setMembers';
import { upsertGroups } from './group/upsert';
import { verifyGroups } from './group/verify';
import type { ListedOperation, Resource } from './definition';
import { batchCreateUsers } from './user/batchCreate';
import { batchDeleteUsers } from './user/batchDelete';
import { batchReactivateUsers } from './user/batchReactivate';
import { batchSuspendUsers } from './user/batchSuspend';
import { batchUpsertUsers } from './user/batchUpsert';
import { findUnlistedUsers } from './user/findUnlisted';
import { getUsers } from './user/getAll';
import { undoUsers } from './user/undo';
import { verifyUsers } from './user/verify';

/** Of each resource in the order of their names, as n8n wants them listed. */
export const OPERATIONS: readonly ListedOperation[] = [
	batchCreateUsers,
	batchUpsertUsers,
	batchDeleteUsers,
	batchReactivateUsers,
	batchSuspendUsers,
	findUnlistedUsers,
	getUsers,
	undoUsers,
	verifyUsers,
	addMembers,
	batchDeleteGroups,
	createGroups,
	upsertGroups,
	getGroups,
	removeMembers,
	setMembers,
	verifyGroups,
];

/** What the editor shows at first. */
const FIRST: Readonly<Record<Resource, ListedOperation>> = { user: batchCreateUsers, group: createGroups };

/** The operation of these values; an edited workflow file may hold any. */
export function operationNamed(resource: unknown, operation: unknown): ListedOperation | undefined {
	return OPERATIONS.find((listed) => listed.resource === resource && listed.words.value === operation);
}

/** What to do where these values name no operation: an earlier one may have gone. */
export function adviceFor(resource: unknown, operation: unknown): string {
	const gone = OPERATIONS.find((listed) => listed.resource === resource && listed.formerly?.value === operation);
	return gone?.formerly?.advice ?? 'Choose both from their lists.';
}

/** The value of the operation that holds where none was chosen. */
export function firstOperation(resource: unknown): string {
	return (resource === 'group' ? FIRST.group : FIRST.user).words.value;
}
