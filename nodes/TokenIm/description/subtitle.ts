// What stands under the node on the canvas: the words of the lists, e.g. "Batch Create: User", and whether it only tries.

import type { INodeProperties } from 'n8n-workflow';
import { OPERATIONS } from '../operations';

/** @returns an expression that turns the values of Operation and Resource into the names by which the lists show them */
export function subtitleOf(properties: readonly INodeProperties[]): string {
	const name = (parameter: string) => `(${namesOf(properties, parameter)})[$parameter["${parameter}"]]`;
	return `={{ ${name('operation')} + ": " + ${name('resource')} + (${isTrial()} ? " (validate only)" : "") }}`;
}

/** A choice is kept while another operation is looked at: it counts where the editor shows it. */
function isTrial(): string {
	const have = OPERATIONS.filter(({ hasValidateOnly }) => hasValidateOnly);
	const keys = have.map(({ resource, words }) => `${resource} ${words.value}`);
	return `$parameter["validateOnly"] === true && ${JSON.stringify(keys)}.includes($parameter["resource"] + " " + $parameter["operation"])`;
}

/** A JavaScript object: name by value. A value has the same name wherever it stands. */
function namesOf(properties: readonly INodeProperties[], name: string): string {
	const lists = properties.filter((property) => property.name === name).flatMap(({ options = [] }) => options);
	const names = lists.flatMap((option) => ('value' in option ? [[String(option.value), option.name] as const] : []));
	return JSON.stringify(Object.fromEntries(names));
}
