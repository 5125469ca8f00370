// At which operations the editor shows what several of them share.

import type { INodeProperties } from 'n8n-workflow';
import { OPERATIONS } from '../operations';
import type { ListedOperation } from '../operations/definition';

/** In the form of n8n's `displayOptions`; what holds for all operations, or for all of a resource, is left out. */
type Shown = {
	readonly resource?: string[];
	readonly operation?: string[];
};

/**
 * Where a property stands that only some operations have. n8n combines each resource with each operation: where one of
 * these combinations must not show it, the property has to be given once for each resource.
 */
export function shownAt(test: (listed: ListedOperation) => boolean): Shown {
	const shown = OPERATIONS.filter(test);
	const resources = [...new Set(shown.map(({ resource }) => resource))];
	const ofResources = OPERATIONS.filter(({ resource }) => resources.includes(resource));
	return {
		...(ofResources.length === OPERATIONS.length && shown.length === OPERATIONS.length ? {} : { resource: resources }),
		...(ofResources.length === shown.length ? {} : { operation: values(shown) }),
	};
}

function values(listed: readonly ListedOperation[]): string[] {
	return [...new Set(listed.map(({ words }) => words.value))].sort();
}

/** Operations that have no rows of their own, at whatever resource. */
const WITHOUT_ROWS = values(OPERATIONS.filter(({ lists }) => lists === 'alone'));
/** Operations whose items are what a list names. */
const LISTS = values(OPERATIONS.filter(({ lists }) => lists !== undefined));

/** Of rows: not shown where an operation has none. */
export function rowsOnly(property: INodeProperties): INodeProperties {
	const hide = { ...property.displayOptions?.hide, operation: WITHOUT_ROWS };
	return { ...property, displayOptions: { ...property.displayOptions, hide } };
}

/** Of an option about the result of each row: not shown where items are what a list names. */
export const NOT_AT_LISTS = { '/operation': LISTS };
