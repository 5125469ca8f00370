// What stands under the node on the canvas: the words of the lists, e.g. "Batch Create: User", and whether it only tries.

import type { INodeProperties } from 'n8n-workflow';

/**
 * @returns an expression that turns the values of Operation and Resource into the names by which the lists show them.
 * That nothing is written comes first, in few words: n8n's canvas has 192 pixels and cuts off what is longer.
 */
export function subtitleOf(properties: readonly INodeProperties[]): string {
	const name = (parameter: string) => `(${namesOf(properties, parameter)})[$parameter["${parameter}"]]`;
	const trial = `"(validate only) " + ${name('operation')}.replace("Batch ", "")`;
	// Where an operation has no Validate Only, n8n has no such parameter.
	return `={{ $parameter["validateOnly"] ? ${trial} : ${name('operation')} + ": " + ${name('resource')} }}`;
}

/** A JavaScript object: name by value. A value has the same name wherever it stands. */
function namesOf(properties: readonly INodeProperties[], name: string): string {
	const lists = properties.filter((property) => property.name === name).flatMap(({ options = [] }) => options);
	const names = lists.flatMap((option) => ('value' in option ? [[String(option.value), option.name] as const] : []));
	return JSON.stringify(Object.fromEntries(names));
}
