// The canonical fields: what a person or a group is made of here, whatever the sheet calls it and whatever the wire does.

import type { FieldKind } from '../cells/cell';

export interface Field {
	/** The contract's name, which is also the name in messages to the person: `userId`. */
	readonly name: string;
	/** As the editor writes it: "User ID". */
	readonly label: string;
	readonly kind: FieldKind;
	/** Whether it can be taken away from one who has it; an id or a name can only be changed. */
	readonly clearable: boolean;
	/** Only this service has it: a column of its name is this field and no other. */
	readonly isExtra?: true;
	/** What a row gives for it is in no message. */
	readonly isSecret?: boolean;
}

const AVATAR_URL: Field = { name: 'avatarUrl', label: 'Avatar URL', kind: 'url', clearable: true };
const ATTRIBUTES: Field = { name: 'attributes', label: 'Attributes', kind: 'attributes', clearable: true };

export const USER_FIELDS: readonly Field[] = [
	{ name: 'userId', label: 'User ID', kind: 'id', clearable: false },
	{ name: 'username', label: 'Username', kind: 'text', clearable: false },
	AVATAR_URL,
	{ name: 'registeredAt', label: 'Registered At', kind: 'time', clearable: true },
	{ name: 'email', label: 'Email', kind: 'email', clearable: true },
	{ name: 'phone', label: 'Phone', kind: 'phone', clearable: true },
	ATTRIBUTES,
];

/** What a profile says of a field that only its service has. */
export interface ExtraRule {
	readonly type: 'text' | 'url' | 'dateTime' | 'email' | 'phone';
	readonly required: string;
	readonly secret: boolean;
}

/**
 * The fields of users with those that only this service has, under the names that its profile gives them.
 * A secret is never taken away by an empty cell, nor is what the service cannot do without.
 */
export function userFields(extra: Readonly<Record<string, ExtraRule>> = {}): readonly Field[] {
	const more = Object.entries(extra).map(([name, { type, required, secret }]): Field => {
		const kind = type === 'dateTime' ? 'time' : type;
		return {
			name,
			label: labelOf(name),
			kind,
			clearable: required === 'never' && !secret,
			isExtra: true,
			...(secret ? { isSecret: true } : {}),
		};
	});
	return [...USER_FIELDS, ...more];
}

/** `loginPassword` as the editor writes it: "Login Password". */
function labelOf(name: string): string {
	const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2');
	return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

export const GROUP_FIELDS: readonly Field[] = [
	{ name: 'groupId', label: 'Group ID', kind: 'id', clearable: false },
	{ name: 'name', label: 'Name', kind: 'text', clearable: false },
	{ name: 'ownerId', label: 'Owner ID', kind: 'id', clearable: false },
	{ name: 'memberIds', label: 'Member IDs', kind: 'ids', clearable: false },
	{ name: 'description', label: 'Description', kind: 'text', clearable: true },
	AVATAR_URL,
	ATTRIBUTES,
];
