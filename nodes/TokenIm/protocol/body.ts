// Bodies of requests, made as text: each entry is encoded once, and a request joins the parts.

import type { Entry } from '../engine/types';
import type { Fields } from './format/fields';
import type { Profile } from './profile';

export type BodyShape = Profile['operations'][keyof Profile['operations']]['body'];

export interface BodyWriter {
	encode(entry: Entry, maxMembers?: number): string;
	body(parts: readonly string[]): string;
	/** Bytes of the body around the entries. */
	readonly overheadBytes: number;
}

/**
 * Compiles how an operation's body is written.
 *
 * @param fields the fields of what its entries are
 * @param extra constants beside those of the operation, such as what to do with a taken id
 */
export function compileBody(
	body: BodyShape,
	fields: Fields['user'] | Fields['group'],
	extra: Readonly<Record<string, string>> = {},
): BodyWriter {
	const constants = Object.entries({ ...extra, ...body.constants });
	const head = constants.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)},`).join('');
	const prefix = `{${head}${JSON.stringify(body.key)}:[`;
	const suffix = ']}';
	return {
		encode: body.container === 'ids' ? (entry) => JSON.stringify(entry.id) : compileObject(fields),
		body: (parts) => `${prefix}${parts.join(',')}${suffix}`,
		overheadBytes: Buffer.byteLength(prefix) + suffix.length,
	};
}

function compileObject(fields: Fields['user'] | Fields['group']): BodyWriter['encode'] {
	const known = Object.entries(fields).flatMap(([name, field]) =>
		field === undefined ? [] : [{ name, ...field }],
	);
	const ids = known.filter(({ type }) => type === 'id');
	const members = known.filter(({ type }) => type === 'userIds');
	const plain = known.filter(({ type }) => type !== 'id' && type !== 'userIds');
	return (entry, maxMembers) => {
		const written: Record<string, unknown> = {};
		for (const { wire } of ids) written[wire] = entry.id;
		for (const { name, wire } of plain) {
			const value = entry.fields[name];
			if (value !== undefined) written[wire] = value;
		}
		const memberIds = entry.memberIds?.slice(0, maxMembers);
		if (memberIds !== undefined && memberIds.length > 0) {
			for (const { wire } of members) written[wire] = memberIds;
		}
		return JSON.stringify(written);
	};
}
