// A list of members that goes on in columns without a name, as under a heading that spans several: whoever stands there
// would be in no row, and so be taken out (law 14).

import { issueOf, shown, type Finding } from '../../input/cells/finding';
import type { ColumnMap } from '../../input/columns/columns';
import type { Prepared, Row } from '../../engine/types';
import type { RowCheck } from '../rowCheck';

/** What this node, and the SheetJS of n8n's Extract from File, call a column without a name. */
const WITHOUT_NAME = /^(?:column\d+|__EMPTY(?:_\d+)?)$/;

/** The same check, which refuses rows whose list may go on where nobody reads it. */
export function listsRead(rowCheck: RowCheck, columns: Pick<ColumnMap, 'map'>): RowCheck {
	return {
		...rowCheck,
		prepare(row) {
			const prepared = rowCheck.prepare(row);
			const column = goesOnIn(row, () => columns.map(row).columnOf('memberIds'));
			return column === undefined ? prepared : refusedFor(prepared, column, row.columns[column]);
		},
	};
}

/** The first filled column without a name that nothing but such columns parts from the list. */
function goesOnIn({ columns }: Row, listColumn: () => string | null): string | undefined {
	const names = Object.keys(columns);
	if (!names.some((name) => WITHOUT_NAME.test(name))) return undefined;
	// Of a list in several columns the name is `member1 + member2`.
	const list = listColumn();
	if (list === null) return undefined;
	const last = names.findLastIndex((name) => name === list || list.endsWith(` + ${name}`));
	if (last < 0) return undefined;
	for (const name of names.slice(last + 1)) {
		if (!WITHOUT_NAME.test(name)) return undefined;
		const cell = columns[name];
		if (cell !== undefined && cell !== null && String(cell).trim() !== '') return name;
	}
	return undefined;
}

function refusedFor(prepared: Prepared, column: string, cell: unknown): Prepared {
	const issue = issueOf('memberIds', goesOn(cell), () => column);
	return prepared.ok
		? { ok: false, issues: [issue], id: prepared.entry.id }
		: { ...prepared, issues: [...prepared.issues, issue] };
}

function goesOn(cell: unknown): Finding {
	return {
		code: 'list_goes_on',
		found: shown(cell),
		expected: 'nothing beside the list of members',
		fix: () =>
			'The column beside the list has no name, and somebody may be meant there. Name the columns of the list member1, member2 and so on, or empty this one.',
	};
}
