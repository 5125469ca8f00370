// What an outcome means for a row: the same for every operation, but for what Verify compares.

import type { Entry, Judgement, Outcome } from '../engine/types';

export type IdField = 'userId' | 'groupId';

/** The verdict of a row, without its numbers. `found` answers are judged by Verify itself. */
export function judgementOf(idField: IdField, entry: Entry, outcome: Outcome): Judgement {
	const id = idField === 'userId' ? { userId: entry.id } : { groupId: entry.id };
	switch (outcome.kind) {
		case 'done': {
			const { status, imId, createdBy, changes, kept, active, memberSummary, returned } = outcome;
			return { status, ...id, imId, createdBy, changes, kept, active, members: memberSummary, tokens: returned };
		}
		case 'found':
			return { status: 'found', ...id, imId: outcome.imId };
		case 'kept':
			return { status: 'kept', ...id, reason: outcome.reason };
		case 'valid': {
			const { would, changes, kept, active, memberSummary } = outcome;
			return { status: 'valid', ...id, would, changes, kept, active, members: memberSummary };
		}
		case 'missing':
			return { status: 'missing', ...id };
		case 'failed': {
			const { code, message, field, retryable } = outcome;
			return { status: 'failed', ...id, code, message, field, retryable };
		}
		case 'unknown':
			return { status: 'unknown', ...id, reason: outcome.reason };
		case 'notAttempted':
			return { status: 'notAttempted', ...id, code: outcome.code, reason: outcome.reason };
	}
}
