// docs/messages.md is what people are sent to: every code that they can meet stands there.

import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const sources = join(root, 'nodes/TokenIm');
const told = readFileSync(join(root, 'docs/messages.md'), 'utf8');

/** How the source names a code: as a key, or as an argument of the functions that make findings. */
const CODES = [/\bcode: '([a-z_]+)'/g, /\b(?:wrongType|badFormat)\(\s*(?:[^,()']+,\s*)?'([a-z_]+)'/g];

/** zod's own word for a finding; the credential's test has a page of its own. */
const NOT_SHOWN = new Set(['custom']);
const NOT_OF_ROWS = /credentialTest\.ts$|[\\/]format[\\/]/;

function codesOf(folder: string): Map<string, string> {
	const found = new Map<string, string>();
	for (const entry of readdirSync(join(sources, folder), { recursive: true, withFileTypes: true })) {
		const file = join(entry.parentPath, entry.name);
		if (!entry.isFile() || !file.endsWith('.ts') || NOT_OF_ROWS.test(file)) continue;
		const text = readFileSync(file, 'utf8');
		for (const pattern of CODES)
			for (const [, code = ''] of text.matchAll(pattern)) if (!NOT_SHOWN.has(code)) found.set(code, entry.name);
	}
	return found;
}

test.each(['input', 'protocol', 'operations', 'engine'])('every code of %s stands in docs/messages.md', (folder) => {
	const codes = codesOf(folder);
	expect(codes.size).toBeGreaterThan(0);
	expect([...codes].filter(([code]) => !told.includes(`\`${code}\``))).toEqual([]);
});

test('so do the codes of the profile that end a run', () => {
	const profile = readFileSync(join(sources, 'protocol/profiles/tokenim-rest-v1.json'), 'utf8');
	const { refusals }: { refusals: { table: Array<{ code?: string; class: string }> } } = JSON.parse(profile);
	const stopping = refusals.table.filter(({ class: kind }) => kind === 'stop').flatMap(({ code }) => code ?? []);
	expect(stopping.length).toBeGreaterThan(3);
	expect(stopping.filter((code) => !told.includes(`\`${code}\``))).toEqual([]);
});
