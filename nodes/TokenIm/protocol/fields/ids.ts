// Ids as rows give them and as the service writes them.

import type { Profile } from '../profile/profile';
import { fill } from '../language/template';

export type Kind = 'user' | 'group';

export interface Ids {
	/** The id as the service writes it. */
	toWire(kind: Kind, id: string): string;
	/** The id as rows give it; a text of another form stays as it is, and is foreign. */
	fromWire(kind: Kind, text: string): string;
	/** The form in which ids are compared. */
	fold(kind: Kind, id: string): string;
}

/** Compiles the rules for ids. */
export function compileIdForms({ fields, given = {} }: Pick<Profile, 'fields' | 'given'>): Ids {
	const forms = { user: formOf(fields.user.userId), group: formOf(fields.group.groupId) };
	return {
		toWire: (kind, id) => forms[kind].to(id),
		fromWire: (kind, text) => forms[kind].from(text),
		fold: (kind, id) => (forms[kind].isCaseSensitive ? id : id.toLowerCase()),
	};

	function formOf({ template, caseSensitive }: Profile['fields']['user']['userId']) {
		return { isCaseSensitive: caseSensitive, ...compileForm(template, given) };
	}
}

/** How ids are written: a template with `{id}` in it, or as they are. */
export interface Form {
	to(id: string): string;
	/** A text of another form stays as it is. */
	from(text: string): string;
}

export function compileForm(template: string | undefined, given: Readonly<Record<string, string>>): Form {
	if (template === undefined) return { to: same, from: same };
	const [before = '', after = ''] = template.split('{id}').map((part) => fill(part, given));
	return {
		to: (id: string) => `${before}${id}${after}`,
		from(text: string) {
			const isOurs = text.length > before.length + after.length && text.startsWith(before) && text.endsWith(after);
			return isOurs ? text.slice(before.length, text.length - after.length) : text;
		},
	};
}

function same(id: string): string {
	return id;
}
