// Ids that are e-mail addresses: capitals make no other address, so that one person must not become two users.

import type { Operation } from '../engine/operation';
import type { ColumnMap } from '../input/columns/columns';

/** Rows whose ids are one address are the same person, unless the column says that it holds ids as the service has them. */
export function oncePerAddress(operation: Operation, columns: ColumnMap): Operation {
	const { call } = operation;
	const isAddress = (id: string) => id.includes('@') && !columns.hasOwnIds();
	return {
		...operation,
		call: { ...call, fold: (id) => (isAddress(id) ? id.toLowerCase() : call.fold(id)) },
		describe(row, entry, what) {
			const issue = operation.describe(row, entry, what);
			if (!('sameAsRow' in what) || !isAddress(entry.id)) return issue;
			return { ...issue, fix: issue.fix.replace('. ', ' (capitals make no other e-mail address). ') };
		},
	};
}
