// Which settings take an expression, and what its answer holds for (law 13).

import type { INodeProperties } from 'n8n-workflow';

export type Expressions =
	/** None: the setting decides what happens to people, and nothing that a row or a model says may decide that. */
	| 'none'
	/** One for the run: it is worked out for every item, and refused where items disagree. */
	| 'oneForAll'
	/** Worked out for each item by itself. */
	| 'forEachItem'
	/** None is worked out: a column that was dragged there is that column. */
	| 'column';

/** Those that name a column. */
const COLUMNS: ReadonlySet<string> = new Set(['groupBy', 'groupNameColumn', 'ownerColumn']);

/** What is not here is one for the run, unless the editor offers no expression for it. */
const FOR_EACH_ITEM: ReadonlySet<string> = new Set([
	'rowsAsJson',
	'inputDataFieldName',
	'chosenColumns',
	'chosenAttributes.attribute.value',
	'values',
	'attributeValues.attribute.value',
]);

/** @param path its name, after those of the collections that it stands in, e.g. `options.batchSize` */
export function expressionsOf({ noDataExpression }: INodeProperties, path: string): Expressions {
	if (FOR_EACH_ITEM.has(path)) return 'forEachItem';
	if (COLUMNS.has(path)) return 'column';
	return noDataExpression === true ? 'none' : 'oneForAll';
}

/** A setting inside a collection. */
export interface Inner {
	readonly property: INodeProperties;
	/** Names from the collection's value on, e.g. `attribute`, `name`. */
	readonly names: readonly string[];
}

/** The settings inside a collection; none where it is a setting itself. */
export function settingsIn({ options = [] }: INodeProperties): Inner[] {
	return options.flatMap((option): Inner[] => {
		if ('values' in option) return option.values.map((property) => ({ property, names: [option.name, property.name] }));
		return 'type' in option ? [{ property: option, names: [option.name] }] : [];
	});
}
