// A row becomes an entry, or is invalid: columns are mapped and cleaned, then held against the service's rules.

import { count } from '../engine/count';
import type { Obstacle, Operation } from '../engine/operation';
import type { Entry, Issue } from '../engine/types';
import type { ColumnMap } from '../input/columns/columns';
import type { Validate } from '../input/rules/entryRules';
import type { IdField } from './judgement';

export type RowCheck = Pick<Operation, 'prepare' | 'describe' | 'idField' | 'rowsOfOne'>;

/** The part that every operation shares: how its rows are read, and what is said of rows that go no further. */
export function createRowCheck(idField: IdField, columns: ColumnMap, validate: Validate): RowCheck {
	return {
		idField,
		prepare(row) {
			if (row.issues !== undefined && row.issues.length > 0) return { ok: false, issues: row.issues };
			const { values, columnOf, issues } = columns.map(row);
			const prepared = validate(values, columnOf);
			if (issues.length === 0)
				return prepared.ok
					? prepared
					: { ok: false, issues: bounded(eachOnce(prepared.issues)), id: idIn(values, prepared.issues) };
			// What could not be read is missing for the rules: they add nothing to that. Of some rows nothing was read.
			const said = new Set(issues.map((issue) => issue.field));
			const more = prepared.ok || said.has('row') ? [] : prepared.issues.filter((issue) => !said.has(issue.field));
			const all = [...issues, ...more];
			return { ok: false, issues: bounded(all), id: idIn(values, all) };
		},
		describe: (row, entry, what) => describe(idField, columns.map(row).columnOf, entry, what),
	};

	/** A row may be wrong elsewhere and still say whom it is about. */
	function idIn(values: Readonly<Record<string, unknown>>, issues: readonly Issue[]): string | undefined {
		const id = values[idField];
		return typeof id === 'string' && !issues.some(({ field }) => field === idField) ? id : undefined;
	}
}

/** One column may give several fields, and says once what is wrong with its cell. */
function eachOnce(issues: readonly Issue[]): readonly Issue[] {
	const said = new Set<string>();
	return issues.filter(({ column, code }) => {
		const key = JSON.stringify([column, code]);
		const isNew = column === null || !said.has(key);
		said.add(key);
		return isNew;
	});
}

/** A person mends some and looks again; what a row may hold wrong has no end, and its verdict must. */
const MOST_FINDINGS = 20;

function bounded(issues: readonly Issue[]): readonly Issue[] {
	if (issues.length <= MOST_FINDINGS) return issues;
	const more = issues.length - MOST_FINDINGS;
	return [
		...issues.slice(0, MOST_FINDINGS),
		{
			column: null,
			field: 'row',
			code: 'more_issues',
			found: `${count(more)} more`,
			expected: 'none',
			fix: `${count(more)} more values of this row cannot be used. Mend those named before, and run the row again.`,
		},
	];
}

function describe(idField: IdField, columnOf: (field: string) => string | null, entry: Entry, what: Obstacle): Issue {
	if ('sameAsRow' in what) {
		return {
			column: columnOf(idField),
			field: idField,
			code: 'repeated',
			found: entry.id,
			expected: 'an id that no earlier row has',
			fix: `Same as row ${what.sameAsRow}. Remove one of the two rows, or give this one an id of its own.`,
		};
	}
	if ('differsIn' in what) {
		return {
			column: columnOf(what.differsIn),
			field: what.differsIn,
			code: 'differs_within_group',
			found: String(entry.fields[what.differsIn] ?? 'nothing'),
			expected: `the same as in row ${what.fromRow}, which names the same group`,
			fix: `Give all rows of ${entry.id} the same value, or give this row another group.`,
		};
	}
	return {
		column: null,
		field: 'row',
		code: 'too_large',
		found: 'a row larger than one request may be',
		expected: `at most ${count(what.overBytes)} bytes in all`,
		fix: 'Shorten the longest values of this row.',
	};
}
