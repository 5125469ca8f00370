/** Which operation stands behind which endpoint. */
import { refuse } from '../outcome.mts';
import type { EndpointName } from '../types.mts';
import type { Operation } from './context.mts';
import { groupsBatch, groupsBatchDelete, groupsQuery } from './groups.mts';
import { groupMembers, groupMembersQuery, groupMembersRemove } from './members.mts';
import { usersBatchDelete, usersBatchStatus } from './leavers.mts';
import { usersBatch, usersQuery } from './users.mts';

const notPosted: Operation = () => refuse('method_not_allowed', 'Use GET.');

export const operations: Readonly<Record<EndpointName, Operation>> = {
	limits: notPosted,
	jobs: notPosted,
	'users/list': notPosted,
	'groups/list': notPosted,
	'groups/members/list': notPosted,
	'users/batch': usersBatch,
	'users/query': usersQuery,
	'users/batch-delete': usersBatchDelete,
	'users/batch-status': usersBatchStatus,
	'groups/batch': groupsBatch,
	'groups/query': groupsQuery,
	'groups/batch-delete': groupsBatchDelete,
	'groups/members': groupMembers,
	'groups/members/query': groupMembersQuery,
	'groups/members/remove': groupMembersRemove,
};
