// Law 13: every setting of the node, with what it does and what an expression in it holds for. A setting that is not
// here fails, so that none comes in without this being asked.

import type { INodeProperties } from 'n8n-workflow';
import { expect, test } from 'vitest';
import { properties } from '../../nodes/TokenIm/description';
import { expressionsOf, settingsIn } from '../../nodes/TokenIm/description/expressions';

/** Decide what happens to people, or who they are: no expression. */
const NONE: Readonly<Record<string, string>> = {
	resource: 'whether users or groups are changed',
	operation: 'what is done to them',
	ifUserExists: 'what becomes of who exists',
	deleteAtMost: 'how many may be deleted',
	findAtMost: 'how many may be found',
	includeSuspended: 'who is found',
	neverThese: 'who is never found, or stays',
	'onlyUsersWith.attribute.name': 'who is looked at',
	'onlyUsersWith.attribute.value': 'who is looked at',
	deleteGroupsAtMost: 'how many groups may be deleted',
	removeAtMost: 'how many members may be taken out',
	removeShareAtMost: 'how many may be taken out of a group',
	otherMembers: 'who is told of',
	emptyMeansNobody: 'whether an empty cell empties a group',
	suspendAtMost: 'how many may be suspended',
	emptyCells: 'whether empty cells erase',
	send: 'whether who did not change is written',
	input: 'which rows there are',
	rows: 'what a row is',
	owner: 'who owns a group',
	groupIdFrom: 'which group a row is of',
	columns: 'how a row is read',
	'chosenAttributes.attribute.name': 'which attribute is written',
	'attributeValues.attribute.name': 'which attribute is written',
	validateOnly: 'whether anything is written',
	lookUpExisting: 'whether the service is asked',
	'options.allowAgentToTakeAway': 'what an agent may do',
};

/** Hold for all rows: worked out for every item, and refused unsent where items disagree. */
const ONE_FOR_ALL: Readonly<Record<string, string>> = {
	returnAll: 'how many come out',
	limit: 'how many come out',
	sameGroupId: 'the group of all rows',
	sameGroupName: 'its name',
	ownerId: 'the owner of all groups',
	'fileOptions.comment': 'which rows of a file are left out',
	'fileOptions.delimiter': 'how a file is read',
	'fileOptions.encoding': 'how a file is read',
	'fileOptions.format': 'how a file is read',
	'fileOptions.headerRow': 'how a file is read',
	'fileOptions.sheet': 'which sheet is read',
	'options.batchSize': 'how requests are cut',
	'options.concurrentRequests': 'how requests are sent',
	'options.dateFormat': 'how dates are read',
	'options.defaultCountryCode': 'how phones are read',
	'options.escapeFormulas': 'how the report is written',
	'options.failRunWhen': 'when the run fails',
	'options.includeInputFields': 'what comes out',
	'options.maximumRunTime': 'how long it may take',
	'options.output': 'what comes out',
	'options.reportFile': 'what comes out',
	'options.reportFileFormat': 'what comes out',
	'options.requestTimeout': 'how long a request may take',
	'options.returnTokens': 'what comes out',
	'options.sharePercent': 'when the run fails',
};

/** Name a column, which may be dragged there. */
const COLUMNS: Readonly<Record<string, string>> = {
	groupBy: 'the column of the group',
	groupNameColumn: 'the column of its name',
	ownerColumn: 'the column of its owner',
};

/** Of each item, for its own rows. */
const FOR_EACH_ITEM: Readonly<Record<string, string>> = {
	rowsAsJson: 'the rows of this item',
	inputDataFieldName: 'the file of this item',
	chosenColumns: 'the values of this row',
	'chosenAttributes.attribute.value': 'the values of this row',
	values: 'the values of this row',
	'attributeValues.attribute.value': 'the values of this row',
};

/** Every setting with its path, those in collections too. */
function walk(list: readonly INodeProperties[], before: readonly string[] = []): Array<[string, INodeProperties]> {
	return list
		.filter(({ type }) => type !== 'notice')
		.flatMap((property): Array<[string, INodeProperties]> => {
			const inner = settingsIn(property);
			const at = [...before, property.name];
			if (inner.length === 0) return [[at.join('.'), property]];
			return inner.flatMap(({ property: setting, names }) => walk([setting], [...at, ...names.slice(0, -1)]));
		});
}

test('every setting is known for what it does, and takes an expression only where its answer holds', () => {
	const found: Record<string, string> = {};
	for (const [path, property] of walk(properties)) found[path] = expressionsOf(property, path);
	const known = (settings: Readonly<Record<string, string>>, takes: string) =>
		Object.fromEntries(Object.keys(settings).map((path) => [path, takes]));
	expect(found).toEqual({
		...known(NONE, 'none'),
		...known(ONE_FOR_ALL, 'oneForAll'),
		...known(FOR_EACH_ITEM, 'forEachItem'),
		...known(COLUMNS, 'column'),
	});
});

test('a setting has the same rule wherever it stands', () => {
	const rules = new Map<string, string>();
	for (const [path, property] of walk(properties)) {
		const rule = expressionsOf(property, path);
		expect([path, rules.get(path) ?? rule]).toEqual([path, rule]);
		rules.set(path, rule);
	}
});
