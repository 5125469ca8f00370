// What a service cannot do, told as a person would: who cannot do what, why, and what to do.

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
	createGroups: 'create groups',
	addMembers: 'add members to groups',
	queryGroups: 'look groups up',
	queryMembers: 'look members of groups up',
};

function sentence(text: string): string {
	return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
