// What stands under the node on the canvas: the words of the lists, e.g. "Batch Create: User".

import type { INodeProperties } from 'n8n-workflow';

/** @returns an expression that turns the values of Operation and Resource into the names by which the lists show them */
export function subtitleOf(properties: readonly INodeProperties[]): string {
	return `={{ (${namesOf(properties, 'operation')})[$parameter["operation"]] + ": " + (${namesOf(properties, 'resource')})[$parameter["resource"]] }}`;
}

/** A JavaScript object: name by value. A value has the same name wherever it stands. */
function namesOf(properties: readonly INodeProperties[], name: string): string {
	const lists = properties.filter((property) => property.name === name).flatMap(({ options = [] }) => options);
	const names = lists.flatMap((option) => ('value' in option ? [[String(option.value), option.name] as const] : []));
	return JSON.stringify(Object.fromEntries(names));
}
