// What a profile would do, for people: the requests it would send for made-up users, secrets hidden, and how answers
// would be read.

import type { Entry } from '../../nodes/TokenIm/engine/types';
import type { Call } from '../../nodes/TokenIm/engine/call';
import type { ListCall } from '../../nodes/TokenIm/engine/list';
import { createProtocol, Unsupported } from '../../nodes/TokenIm/protocol/calls';
import { compileFields } from '../../nodes/TokenIm/input/rules/entryRules';
import type { EndpointName } from '../../nodes/TokenIm/protocol/profile/refusals';
import { compileIdForms } from '../../nodes/TokenIm/protocol/fields/ids';
import type { Profile } from '../../nodes/TokenIm/protocol/profile/profile';
import { fillPath } from '../../nodes/TokenIm/protocol/language/template';
import { listLines, type ListName } from './checkLists.mts';
import type { Sample } from '../../nodes/TokenIm/protocol/profile/samples';
import { readSample } from './fromDocument.mts';
import { idLines } from './idRules.mts';
import { limitLines } from './limits.mts';
import { sampleAnswers } from './sampleAnswers.mts';
import { GROUP, leastRow, sampleValues, USER } from './samples.mts';
import { hiddenRequest, named } from './hidden.mts';
import { inWords, MEANINGS, NOTHING } from './words.mts';

/** What operations take in different ways, whatever else they answer. */
const STRANGE = [[404, '{}']] as const;
const ALWAYS = `  HTTP 500, 502, 503 or 504, or a body that cannot be read, where no line above fits → ${MEANINGS.transient}.`;

export interface Examined {
	/** For people. */
	readonly lines: readonly string[];
	/** Where the profile reads an answer of the documents otherwise than they mean it. */
	readonly contradictions: readonly string[];
}

/** Lines for people. */
export function check(document: Profile): readonly string[] {
	return examine(document).lines;
}

/** @param samples answers that the documents show */
export function examine(document: Profile, samples: readonly Sample[] = document.samples): Examined {
	const contradictions: string[] = [];
	const profile: Profile = { ...document, given: sampleValues(document) };
	const protocol = createProtocol(profile);
	const ids = compileIdForms(profile);
	const users = samplesOf(profile, 'user');
	const groups = samplesOf(profile, 'group');
	const people = users.map(({ id }) => ({ id, fields: { userId: id } }));
	const group = groups[0]?.id ?? '';
	const lines = [
		`${profile.name}: this profile can be used.`,
		`From: ${profile.source} (${profile.asOf})`,
		...profile.notes.map((note) => `Note: ${note}`),
		...Object.entries(profile.values).map(([name, value]) => asked(name, value)),
		...limitLines(profile),
		...idLines(profile),
		...standIns(profile),
		...tokenLines(profile),
		...shown('createUsers', 'Batch Create', () => protocol.createUsers('keep'), users),
		...shown('updateUsers', 'Batch Create or Update', () => protocol.createUsers('update'), users),
		...shown('queryUsers', 'Verify users, and look-ups', () => protocol.queryUsers(), people),
		...shown('deleteUsers', 'Batch Delete', () => protocol.deleteUsers(), people),
		...shown('suspendUsers', 'Batch Suspend', () => protocol.suspendUsers(), people),
		...shown('reactivateUsers', 'Batch Reactivate', () => protocol.reactivateUsers(), people),
		...listed('listUsers', 'Get Many users', () => protocol.listUsers(), 'user'),
		...shown('createGroups', 'Create groups', () => protocol.createGroups('keep'), groups),
		...shown('updateGroups', 'Create or Update groups', () => protocol.createGroups('update'), groups),
		...shown('addMembers', 'Add Members', () => protocol.addMembers(group), people),
		...shown(
			'queryGroups',
			'Verify groups',
			() => protocol.queryGroups(),
			groups.map(({ id }) => ({ id, fields: {} })),
		),
		...shown('queryMembers', 'members of groups that are verified', () => protocol.queryMembers(group), people),
		...shown('removeMembers', 'Remove Members', () => protocol.removeMembers(group), people),
		...listed('listMembers', 'all members of a group', () => protocol.listMembers(group), 'user'),
		...shown(
			'deleteGroups',
			'Batch Delete groups',
			() => protocol.deleteGroups(),
			groups.map(({ id }) => ({ id, fields: {} })),
		),
		...listed('listGroups', 'Get Many groups', () => protocol.listGroups(), 'group'),
		'',
		'What refusals of whole requests mean (the first line that fits counts; what no line names goes by its HTTP status):',
		...profile.refusals.table.map(refusalLine),
		ALWAYS,
	];
	return { lines, contradictions };

	function shown(name: EndpointName, what: string, make: () => Call, all: readonly Entry[]): string[] {
		const head = ['', `${what} (${name})`];
		try {
			return [
				...head,
				...requestLines(make(), all),
				...answerLines(name, make(), all),
				...documentLines(name, make(), all),
			];
		} catch (error) {
			if (!(error instanceof Unsupported)) throw error;
			return [...head, `  left out: ${error.why}`];
		}
	}

	function listed(name: ListName, what: string, make: () => ListCall, kind: 'user' | 'group'): string[] {
		const named = (kind === 'user' ? users : groups).map(({ id }) => ids.toWire(kind, id));
		return ['', `${what} (${name})`, ...listLines(profile, name, make, named)];
	}

	function requestLines(call: Call, all: readonly Entry[]): string[] {
		const { entries, parts } = carriedBy(call, all);
		const { url, headers, body } = hiddenRequest(profile, call.request(entries, parts));
		return [
			...(call.onlyIfFound ? ['  after a look-up, and only for what it finds:'] : []),
			...(call.looksUpFirst ? ['  after a look-up, and only for what it does not find:'] : []),
			`  ${url}`,
			...Object.entries(headers).map(([header, value]) => `  ${header}: ${value}`),
			...(body === undefined ? [] : [`  ${body}`]),
		];
	}

	function documentLines(name: EndpointName, call: Call, all: readonly Entry[]): string[] {
		const operation = profile.operations[name] ?? profile.operations.createUsers;
		const readsEntries = 'unsupported' in operation || 'pages' in operation || operation.answer.kind !== 'all';
		return samples
			.filter((sample) => sample.operation === name)
			.flatMap((sample) => {
				const [first] = all;
				const named = sample.ids.map((id) => ({ ...first, id, fields: { ...first?.fields } }));
				const read = readSample(sample, call, carriedBy(call, named.length === 0 ? all : named), readsEntries);
				contradictions.push(...read.contradictions);
				return [...read.lines];
			});
	}

	function answerLines(name: EndpointName, call: Call, all: readonly Entry[]): string[] {
		const made = name === 'updateGroups' ? 'createGroups' : 'createUsers';
		const operation = profile.operations[name] ?? profile.operations[made];
		if ('unsupported' in operation || 'pages' in operation) return [];
		const carried = carriedBy(call, all);
		const kind = name.endsWith('Groups') ? 'group' : 'user';
		const about = {
			ids: carried.entries.map(({ id }) => ids.toWire(kind, id)),
			members: GROUP.memberIds.map((id) => ids.toWire('user', id)),
		};
		const good = sampleAnswers(operation.answer, operation.success ?? profile.success, about).map(
			({ status, text }) => [status, text] as const,
		);
		const none =
			good.length === 0 && !samples.some(({ operation: of }) => of === name)
				? [
						'  (its answers are pointed into with expressions: none can be made up; give one of the document under `samples`)',
					]
				: [];
		return [
			...none,
			...[...good, ...STRANGE].flatMap(([status, text]) => {
				const [first = NOTHING, ...more] = inWords(
					call.read({ kind: 'answer', status, headers: {}, body: new TextEncoder().encode(text) }, 0, carried),
				);
				return [
					`  answered HTTP ${status} ${text === '' ? '(no body)' : text}`,
					...[first, ...more].map((line) => `    → ${line}`),
				];
			}),
		];
	}
}

/** What stands in the addresses and bodies below in place of what only the credential knows. */
function standIns({ baseUrl, given = {}, values }: Profile): string[] {
	const made = Object.entries(given)
		.filter(([name]) => values[name]?.default === undefined)
		.map(([name, value]) => `${name} is "${value}"`);
	const all = [...(baseUrl === undefined ? ['the base URL is https://im.example.com'] : []), ...made];
	return all.length === 0 ? [] : [`In what follows ${all.join(', ')}.`];
}

/** The request for a token, with names where secrets would stand. */
function tokenLines(profile: Profile): string[] {
	const { token } = profile.authentication;
	if (token === undefined) return [];
	const { url } = hiddenRequest(profile, {
		method: token.method,
		path: fillPath(token.path, profile.given ?? {}),
		headers: {},
		body: undefined,
	});
	const body = Object.fromEntries(Object.entries(token.body).map(([name, text]) => [name, named(text, profile)]));
	return [
		'',
		'Before the first request, and whenever it has run out, a token is fetched',
		`  ${url}`,
		`  ${JSON.stringify(body)}`,
	];
}

function carriedBy(call: Call, all: readonly Entry[]) {
	const entries = call.most?.entries === 1 ? all.slice(0, 1) : all;
	return { entries, parts: entries.map((entry) => call.encode(entry, call.most?.members)) };
}

function asked(name: string, { label, secret, default: otherwise }: Profile['values'][string]): string {
	return `Asks the credential for ${name}${secret ? ', a secret' : ''}: ${label}${otherwise === undefined ? '' : ` (else ${otherwise})`}`;
}

function refusalLine({
	status,
	code,
	contains,
	operations,
	class: className,
	say,
}: Profile['refusals']['table'][number]): string {
	const when = [
		status === undefined ? [] : `HTTP ${status}`,
		code === undefined ? [] : `code ${[code].flat().join(', ')}`,
		contains === undefined ? [] : `"${contains}"`,
		operations === undefined ? [] : `for ${operations.join(', ')}`,
	].flat();
	return `  ${when.join(', ')} → ${MEANINGS[className]}. Rows say: ${say}`;
}

/** Two users or one group, by the rules of the profile; all that it knows of them. */
function samplesOf(profile: Profile, kind: 'user' | 'group'): Entry[] {
	const validate = compileFields(profile, kind, 'create');
	const rows = kind === 'user' ? [USER, { ...USER, userId: 's002', username: 'Han Meimei' }] : [GROUP];
	return rows.map((row) => {
		const prepared = validate({ ...leastRow(profile, kind, row), ...row }, () => null);
		if (prepared.ok) return prepared.entry;
		const id = String(kind === 'user' ? Object(row).userId : GROUP.groupId);
		return { id, fields: row, ...(kind === 'group' ? { memberIds: GROUP.memberIds } : {}) };
	});
}
