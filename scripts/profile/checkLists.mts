// What a profile would ask for lists, for people: the first page, the next one, and how answers would be read.

import type { ListCall } from '../../nodes/TokenIm/engine/list';
import { Unsupported } from '../../nodes/TokenIm/protocol/calls';
import type { Profile } from '../../nodes/TokenIm/protocol/profile/profile';
import { hiddenRequest } from './hidden.mts';
import { samplePage } from './sampleAnswers.mts';
import { inWords } from './words.mts';

/** What stands for a cursor that a service would name. */
const CURSOR = 'cursor-2';

export type ListName = 'listUsers' | 'listGroups' | 'listMembers';

/** @param ids whom the sample page names, as the service writes them */
export function listLines(profile: Profile, name: ListName, make: () => ListCall, ids: readonly string[]): string[] {
	const rule = profile.operations[name];
	try {
		const list = make();
		if (rule === undefined || 'unsupported' in rule) return [];
		const first = list.page(undefined, sizeOf(profile, list));
		const text = samplePage(rule, rule.success ?? profile.success, ids, CURSOR);
		const answer = { kind: 'answer', status: 200, headers: {}, body: new TextEncoder().encode(text) } as const;
		const reading = first.read(answer, 0);
		const next = reading.kind === 'complete' ? reading.page?.next : undefined;
		return [
			...requestLines(profile, list, undefined),
			...(text === undefined
				? ['  (its answers are pointed into with expressions: no sample can be made up)']
				: [`  answered HTTP 200 ${text}`, ...inWords(reading).map((line) => `    → ${line}`)]),
			...(next === undefined ? [] : ['  and then', ...requestLines(profile, list, next)]),
		];
	} catch (error) {
		if (!(error instanceof Unsupported)) throw error;
		return [`  left out: ${error.why}`];
	}
}

function requestLines(profile: Profile, list: ListCall, cursor: string | number | undefined): string[] {
	const { url, headers, body } = hiddenRequest(profile, list.page(cursor, sizeOf(profile, list)).request([], []));
	return [
		`  ${url}`,
		...Object.entries(headers).map(([header, value]) => `  ${header}: ${value}`),
		...(body === undefined ? [] : [`  ${body}`]),
	];
}

function sizeOf({ limits: { defaults } }: Profile, { pageSize: { limit, most } }: ListCall): number | undefined {
	const sizes = [defaults[limit], most].filter((size) => size !== undefined);
	return sizes.length === 0 ? undefined : Math.min(...sizes);
}
