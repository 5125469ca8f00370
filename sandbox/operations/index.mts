/** Which operation stands behind which endpoint. */
import { refuse } from '../outcome.mts';
import type { EndpointName } from '../types.mts';
import type { Operation } from './context.mts';
import { groupsBatch, groupsQuery } from './groups.mts';
import { groupMembers, groupMembersQuery } from './members.mts';
import { usersBatch, usersBatchDelete, usersQuery } from './users.mts';

const notPosted: Operation = () => refuse('method_not_allowed', 'Use GET.');

export const operations: Readonly<Record<EndpointName, Operation>> = {
	limits: notPosted,
	jobs: notPosted,
	'users/batch': usersBatch,
	'users/query': usersQuery,
	'users/batch-delete': usersBatchDelete,
	'groups/batch': groupsBatch,
	'groups/query': groupsQuery,
	'groups/members': groupMembers,
	'groups/members/query': groupMembersQuery,
};
