// docs/messages.md is what people are sent to: every code that they can meet stands there.

import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

import { KINDS } from '../../nodes/TokenIm/input/cells/kinds';

const root = resolve(import.meta.dirname, '../..');
const sources = join(root, 'nodes/TokenIm');
const told = readFileSync(join(root, 'docs/messages.md'), 'utf8');

/** How the source names a code where it is not one of the kinds. */
const CODE = /\bcode: '([a-z_]+)'/g;

/** zod's own word for a finding; the credential's test has a page of its own. */
const NOT_SHOWN = new Set(['custom']);
const NOT_OF_ROWS = /credentialTest\.ts$|[\\/]format[\\/]/;

function codesOf(folder: string): Map<string, string> {
	const found = new Map<string, string>();
	for (const entry of readdirSync(join(sources, folder), { recursive: true, withFileTypes: true })) {
		const file = join(entry.parentPath, entry.name);
		if (!entry.isFile() || !file.endsWith('.ts') || NOT_OF_ROWS.test(file)) continue;
		const text = readFileSync(file, 'utf8');
		for (const [, code = ''] of text.matchAll(CODE)) if (!NOT_SHOWN.has(code)) found.set(code, entry.name);
	}
	return found;
}

test.each(['input', 'protocol', 'operations', 'engine'])('every code of %s stands in docs/messages.md', (folder) => {
	const codes = codesOf(folder);
	expect(codes.size).toBeGreaterThan(0);
	expect([...codes].filter(([code]) => !told.includes(`\`${code}\``))).toEqual([]);
});

test('so does every kind of finding about a field', () => {
	expect(Object.keys(KINDS).filter((kind) => !told.includes(`\`${kind}\``))).toEqual([]);
});

test('so do the codes of the profile that end a run', () => {
	const profile = readFileSync(join(sources, 'protocol/profiles/tokenim-rest-v1.json'), 'utf8');
	const { refusals }: { refusals: { table: Array<{ code?: string; class: string }> } } = JSON.parse(profile);
	const stopping = refusals.table.filter(({ class: kind }) => kind === 'stop').flatMap(({ code }) => code ?? []);
	expect(stopping.length).toBeGreaterThan(3);
	expect(stopping.filter((code) => !told.includes(`\`${code}\``))).toEqual([]);
});
