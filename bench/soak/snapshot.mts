// A heap snapshot of V8's: how many bytes of what.

import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Bytes by kind of V8's (`object`, `array`, `closure`, `code`, …), and within it by name: the class of an object. */
export type Snapshot = ReadonlyMap<string, ReadonlyMap<string, number>>;

const Format = z.object({
	snapshot: z.object({
		meta: z.object({ node_fields: z.array(z.string()), node_types: z.tuple([z.array(z.string())]).rest(z.unknown()) }),
	}),
	nodes: z.custom<readonly number[]>(Array.isArray), // millions: looked at below, not one by one
	strings: z.custom<readonly string[]>(Array.isArray),
});
/** The name of these is a class or a table; that of all others is their text, or a function's. */
const NAMED = new Set(['object', 'hidden', 'native']);

/** @throws where the file is no snapshot */
export function readSnapshot(file: string): Snapshot {
	const { snapshot, nodes, strings } = Format.parse(JSON.parse(readFileSync(file, 'utf8')));
	const { node_fields: fields, node_types: types } = snapshot.meta;
	const [type, name, size] = ['type', 'name', 'self_size'].map((field) => fields.indexOf(field));
	if (type === undefined || name === undefined || size === undefined || Math.min(type, name, size) < 0)
		throw new Error(`${file} says neither type, name nor size`);
	const found = new Map<string, Map<string, number>>();
	for (let at = 0; at < nodes.length; at += fields.length) {
		const kind = types[0][nodes[at + type] ?? -1] ?? '?';
		const called = strings[nodes[at + name] ?? -1] ?? '?';
		// V8's own tables begin with "system /"; all other code is named after its function.
		const label = NAMED.has(kind) || called.startsWith('system /') ? called : '';
		const names = found.get(kind) ?? new Map<string, number>();
		names.set(label, (names.get(label) ?? 0) + (nodes[at + size] ?? 0));
		found.set(kind, names);
	}
	return found;
}

/** Bytes of a kind, or of one name in it. */
export function bytesOf(snapshot: Snapshot, kind: string, name?: string): number {
	const names = snapshot.get(kind) ?? new Map<string, number>();
	return name === undefined ? [...names.values()].reduce((total, bytes) => total + bytes, 0) : (names.get(name) ?? 0);
}
