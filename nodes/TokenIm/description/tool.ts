// What the editor shows of the node as a tool of an AI agent: the model fills in Rows as JSON, and is told which fields
// an object may have.

import type { INodeProperties } from 'n8n-workflow';
import { OPERATIONS } from '../operations';
import type { ListedOperation } from '../operations/definition';
import { defaultProfile } from '../protocol/profiles';
import { mapperFields } from './mapperFields';

/** n8n's own condition: whether the node is a tool. */
export const IS_TOOL = { '@tool': [true] };

const NOTICE =
	'As a tool of an agent: leave Input at JSON, and Rows as JSON to the model, as the sparkle ✨ beside it shows. It is told the fields of the operation, and may send 50 rows and members in one call. It takes nobody away unless you switch the option Allow an Agent to Take Away on.';

export const toolNotice: INodeProperties = {
	displayName: NOTICE,
	name: 'toolNotice',
	type: 'notice',
	displayOptions: { show: IS_TOOL },
	default: '',
};

/** The parameter, filled in by the model from the start: for each operation, with the fields that its rows have. */
export function filledInByModel(rows: INodeProperties): INodeProperties[] {
	return OPERATIONS.filter(({ lists }) => lists !== 'alone').flatMap((listed) => {
		const shown = { resource: [listed.resource], operation: [listed.words.value], ...IS_TOOL };
		const forRows = (kind: 'group' | 'membership', more = {}): INodeProperties => ({
			...rows,
			displayOptions: { show: { ...rows.displayOptions?.show, ...shown, ...more } },
			// The mark by which the editor shows a field as the model's, with these words for it.
			default: `={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('rows', \`${toldToModel(listed, kind)}\`, 'json') }}`,
		});
		if (listed.takesMemberships !== true) return [forRows('group')];
		return [forRows('group', { rows: ['group'] }), forRows('membership', { rows: ['membership'] })];
	});
}

/** What an object may hold, and an example. No braces in a row, for n8n ends an expression there. */
function toldToModel(listed: ListedOperation, rows: 'group' | 'membership'): string {
	const { resource, words, rowsAre } = listed;
	const about = 'A JSON list of objects, one for each row, at most 50 rows and members in all.';
	const fields = mapperFields(defaultProfile, { resource, operation: words.value, rows });
	const names = fields.map(({ id, required }) => (required ? `${id} (required)` : id));
	const columns = rows === 'membership' ? ', and the columns that this node names for the group' : '';
	const told = rowsAre?.told ?? `Fields: ${names.join(', ')}${columns}.`;
	const needed = fields.filter(({ id, required }) => required || id === 'memberIds');
	const example = rowsAre?.example ?? Object.fromEntries(needed.map(({ id }) => [id, EXAMPLES[id] ?? 'text']));
	return `${about} ${told} Example: ${JSON.stringify([example])}`;
}

const EXAMPLES: Readonly<Record<string, unknown>> = {
	userId: 's001',
	username: 'Ada',
	groupId: 'class-3b',
	name: 'Class 3B',
	ownerId: 't100',
	memberIds: ['s001', 's002'],
};
