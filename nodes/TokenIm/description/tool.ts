// What the editor shows of the node as a tool of an AI agent: the model fills in Rows as JSON, and is told which fields
// an object may have.

import type { INodeProperties } from 'n8n-workflow';
import { OPERATIONS } from '../operations';
import type { ListedOperation } from '../operations/definition';
import { defaultProfile } from '../protocol/profiles';
import { mapperFields } from './mapperFields';
import { shownAt } from './shownAt';

/** n8n's own condition: whether the node is a tool. */
export const IS_TOOL = { '@tool': [true] };

export const toolNotices: INodeProperties[] = [
	{
		displayName:
			'As a tool of an agent: leave Input at JSON, and let the model fill in Rows as JSON. It is told the fields of the operation, and may send at most 50 rows and members in one call.',
		name: 'toolNotice',
		type: 'notice',
		displayOptions: { show: IS_TOOL },
		default: '',
	},
	{
		displayName: 'An agent may not run this operation unless you turn on the option Allow an Agent to Take Away.',
		name: 'toolTakesAwayNotice',
		type: 'notice',
		// Where that option can be added.
		displayOptions: { show: { ...shownAt(({ takesAway }) => takesAway === true), ...IS_TOOL } },
		default: '',
	},
];

/**
 * The parameter, filled in by the model from the start. Its words hold for every operation: the editor keeps a value
 * when the operation is changed, and a model must not be told the fields of another one.
 */
export function filledInByModel(rows: INodeProperties): INodeProperties {
	return {
		...rows,
		displayOptions: { show: { ...rows.displayOptions?.show, ...IS_TOOL } },
		// The mark by which the editor shows a field as the model's, with these words for it.
		default: `={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('rows', \`${toldToModel()}\`, 'json') }}`,
	};
}

/** What an object may hold, and examples. No two braces in a row, for n8n ends an expression there. */
function toldToModel(): string {
	const actions = new Map<string, string[]>();
	for (const listed of OPERATIONS.filter(({ lists }) => lists !== 'alone')) {
		const fields = listed.rowsAre ?? fieldsIn(listed, 'group');
		actions.set(fields, [...(actions.get(fields) ?? []), listed.words.action]);
	}
	const memberships = new Set(
		OPERATIONS.filter(({ takesMemberships }) => takesMemberships).map((listed) => fieldsIn(listed, 'membership')),
	);
	const told = [...actions].map(([fields, which]) => `${which.join('; ')}: ${fields}.`);
	return [
		'A JSON list of objects, one for each row, at most 50 rows and members in all. The fields of an object, by what the tool does:',
		...told,
		`Where the tool has one row for each membership: ${[...memberships].join(' or ')}, and the columns that it names for the group.`,
		`Examples: ${JSON.stringify([{ userId: 's001', username: 'Ada' }])} or`,
		JSON.stringify([{ groupId: 'class-3b', name: 'Class 3B', ownerId: 't100', memberIds: ['s001', 's002'] }]),
	].join(' ');
}

function fieldsIn({ resource, words }: ListedOperation, rows: string): string {
	const fields = mapperFields(defaultProfile, { resource, operation: words.value, rows });
	return fields.map(({ id, required }) => (required ? `${id} (required)` : id)).join(', ');
}
