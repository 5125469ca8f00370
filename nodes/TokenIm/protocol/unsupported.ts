// What a service cannot do, told as a person would: who cannot do what, why, and what to do.

import type { Profile } from './profile/profile';
import type { EndpointName } from './profile/refusals';

/** The service cannot do this, by its profile. Thrown before anything is sent. */
export class Unsupported extends Error {
	override readonly name = 'Unsupported';
	/** Why, and what to do. */
	readonly description: string;

	constructor(
		readonly operation: EndpointName,
		/** The profile's own words. */
		readonly why: string,
		private readonly service: string,
		advice = '',
		private readonly deed = DEEDS[operation],
	) {
		super(`${service} cannot ${deed}`);
		this.description = [`Its API profile says: ${sentence(why)}`, advice, 'Nothing was sent.']
			.filter((text) => text !== '')
			.join(' ');
	}

	/** The same, with a way out. */
	with(advice: string): Unsupported {
		return new Unsupported(this.operation, this.why, this.service, advice, this.deed);
	}
}

const DEEDS: Readonly<Record<EndpointName, string>> = {
	createUsers: 'create users',
	updateUsers: 'create or update users',
	queryUsers: 'look users up',
	deleteUsers: 'delete users',
	suspendUsers: 'suspend users',
	reactivateUsers: 'reactivate users',
	listUsers: 'list users',
	createGroups: 'create groups',
	updateGroups: 'create or update groups',
	addMembers: 'add members to groups',
	removeMembers: 'remove members from groups',
	queryGroups: 'look groups up',
	queryMembers: 'look members of groups up',
	deleteGroups: 'delete groups',
	listGroups: 'list groups',
	listMembers: 'list members of groups',
};

function sentence(text: string): string {
	return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}

type Operations = Profile['operations'];

/** A rule of the profile for something that the service can do. */
export type Supported<Rule> = Exclude<Rule, { unsupported: string } | undefined>;

/** What a profile leaves out that need not be in it. `updateUsers` and `updateGroups` are then what creates. */
const NOT_NAMED = 'It names no operation for this.';

/** Why the service cannot do this; nothing where it can. */
export function whyUnsupported({ operations, name: service }: Profile, name: EndpointName): Unsupported | undefined {
	const operation = operations[name];
	if (operation !== undefined)
		return 'unsupported' in operation ? new Unsupported(name, operation.unsupported, service) : undefined;
	return name === 'updateUsers' || name === 'updateGroups' ? undefined : new Unsupported(name, NOT_NAMED, service);
}

/** The rule of an operation. @throws Unsupported where the service does not have it */
export function ruleOf<Name extends EndpointName>(profile: Profile, name: Name): Supported<Operations[Name]> {
	const rule = profile.operations[name];
	if (isSupported(rule)) return rule;
	throw whyUnsupported(profile, name) ?? new Unsupported(name, NOT_NAMED, profile.name);
}

function isSupported<Rule>(rule: Rule): rule is Supported<Rule> {
	return typeof rule === 'object' && rule !== null && !('unsupported' in rule);
}
