// What is wrong with a row, in a few words that other rows share: for counts such as "12 × Phone is not a phone number".

import type { Issue } from '../engine/types';
import { KINDS } from '../input/cells/kinds';
import { GROUP_FIELDS, USER_FIELDS } from '../input/columns/fields';

/** Field names to what people call them; "row" is the fault of no field. */
const LABELS: ReadonlyMap<string, string> = new Map(
	[...USER_FIELDS, ...GROUP_FIELDS].map(({ name, label }) => [name, name === 'memberIds' ? 'Member list' : label]),
);

/** By code, behind the name of the field. */
const OF_FIELDS: ReadonlyMap<string, string> = new Map(Object.entries(KINDS));

/** By code, where no field is to blame. The same codes stand in docs/messages.md. */
const OF_ROWS: ReadonlyMap<string, string> = new Map([
	['repeated', 'same as another row'],
	['code_taken', 'two group names give one ID'],
	['too_many_columns', 'row has too many columns'],
	['columns_unclear', 'two columns hold one field'],
	['too_large', 'row is larger than a request may be'],
	['quote_unclosed', 'quote is not closed'],
	['rows_in_cell', 'rows within a cell'],
	['cells_missing', 'row has too few cells'],
	['row_spread', 'row is spread over several lines'],
	['header_changed', 'row stands below another header'],
	['header_unclear', 'row may hold names of columns'],
	['total_unclear', 'row may be a total'],
	['zero_byte', 'row holds a zero byte'],
	['cells_over', 'row has too many cells'],
	['row_too_long', 'row is too long'],
	['more_issues', 'row holds more than 20 faults'],
	['row_unreadable', 'row could not be worked through'],
	['characters_unreadable', 'characters cannot be read'],
	['json_invalid', 'entry is not valid JSON'],
	['json_not_a_row', 'entry is not an object'],
	['json_cut_off', 'file is cut off'],
	['json_trailing', 'more follows after the list'],
]);

/** A code that a profile's rules may bring and that is not listed reads as it is: `odd_code` is "Phone: odd code". */
export function issueInWords({ field, code }: Pick<Issue, 'field' | 'code'>): string {
	const ofRow = OF_ROWS.get(code);
	if (ofRow !== undefined) return ofRow;
	const ofField = OF_FIELDS.get(code);
	return ofField === undefined ? `${labelOf(field)}: ${code.replaceAll('_', ' ')}` : `${labelOf(field)} ${ofField}`;
}

/** `memberIds.3` is one member; `attributes.class` is named, for attributes are the user's own. */
function labelOf(field: string): string {
	const dot = field.indexOf('.');
	const [name, inside] = dot < 0 ? [field, ''] : [field.slice(0, dot), field.slice(dot + 1)];
	if (name === 'attributes' && inside !== '') return `Attribute "${inside.slice(0, 40)}"`;
	if (name === 'memberIds' && inside !== '') return 'Member ID';
	return LABELS.get(name) ?? name;
}
