// The package as a user gets it: built, and loaded as n8n loads it.

import { join, resolve } from 'node:path';
import { rmSync } from 'node:fs';
import { afterAll } from 'vitest';
import { buildPackage } from '../../scripts/build.mjs';
import { loadPackage, type BuiltPackage } from '../../scripts/lib/built.mts';

export type { BuiltPackage };

const root = resolve(import.meta.dirname, '../..');
/** Below node_modules, where `n8n-workflow` can be found from; one for each process of the test runner. */
export const outDir = join(root, 'node_modules', '.cache', 'n8n-nodes-tokenim', `test-${process.pid}-${Date.now()}`);
let built: Promise<BuiltPackage> | undefined;
afterAll(() => rmSync(outDir, { recursive: true, force: true }));

export async function builtPackage(): Promise<BuiltPackage> {
	built ??= build();
	return await built;
}

async function build(): Promise<BuiltPackage> {
	await buildPackage({ outDir });
	return loadPackage(outDir);
}
