// What is wrong with a row, in a few words that other rows share: for counts such as "12 × Phone is not a phone number".

import type { Issue } from '../engine/types';
import { GROUP_FIELDS, USER_FIELDS } from '../input/columns/fields';

/** Field names to what people call them; "row" is the fault of no field. */
const LABELS: ReadonlyMap<string, string> = new Map(
	[...USER_FIELDS, ...GROUP_FIELDS].map(({ name, label }) => [name, name === 'memberIds' ? 'Member list' : label]),
);

/** By code, behind the name of the field. The same codes stand in docs/messages.md. */
const OF_FIELDS: ReadonlyMap<string, string> = new Map([
	['required', 'is missing'],
	['bad_characters', 'holds a character that is not allowed'],
	['broken_character', 'holds half a character'],
	['too_long', 'is too long'],
	['too_short', 'is too short'],
	['not_allowed', 'is reserved by the service'],
	['number_shortened', 'was shortened by the spreadsheet'],
	['number_too_long', 'has lost its last digits'],
	['number_decimal_tail', 'ends in .0'],
	['number_not_whole', 'has decimals'],
	['not_text', 'is not one text or number'],
	['not_an_email', 'is not an e-mail address'],
	['not_a_phone', 'is not a phone number'],
	['not_a_url', 'is not a web address'],
	['not_a_time', 'is not a date'],
	['ambiguous_time', 'could be two different days'],
	['impossible_time', 'is not in the calendar'],
	['time_not_of_format', 'is not written as Date Format says'],
	['no_country_code', 'has no country code'],
	['country_unclear', 'may or may not have its country code'],
	['expression_broke', 'has an expression that cannot be worked out'],
	['not_a_list', 'is not a list of IDs'],
	['not_an_object', 'are not names and values'],
	['bad_attribute', 'is neither text nor a number nor true or false'],
	['too_many_attributes', 'are too many'],
	['given_twice', 'has two different values'],
	['cannot_clear', 'cannot be cleared'],
	['differs_within_group', 'differs within a group'],
]);

/** By code, where no field is to blame. */
const OF_ROWS: ReadonlyMap<string, string> = new Map([
	['repeated', 'same as another row'],
	['columns_unclear', 'two columns hold one field'],
	['too_large', 'row is larger than a request may be'],
	['quote_unclosed', 'quote is not closed'],
	['cells_missing', 'row has too few cells'],
	['cells_over', 'row has too many cells'],
	['row_too_long', 'row is too long'],
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
