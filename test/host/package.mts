// The package as a user gets it: built, and loaded as n8n loads it.

import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { rmSync } from 'node:fs';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import { afterAll } from 'vitest';
import { buildPackage } from '../../scripts/build.mjs';

export interface BuiltPackage {
	readonly nodeType: INodeType;
	readonly credentialType: ICredentialType;
}

const root = resolve(import.meta.dirname, '../..');
/** Below node_modules, where `n8n-workflow` can be found from; one for each process of the test runner. */
export const outDir = join(root, 'node_modules', '.cache', 'n8n-nodes-tokenim', `test-${process.pid}-${Date.now()}`);
const require = createRequire(import.meta.url);
let built: Promise<BuiltPackage> | undefined;
afterAll(() => rmSync(outDir, { recursive: true, force: true }));

export async function builtPackage(): Promise<BuiltPackage> {
	built ??= build();
	return await built;
}

async function build(): Promise<BuiltPackage> {
	await buildPackage({ outDir });
	const node: { readonly TokenIm: new () => INodeType } = require(join(outDir, 'nodes/TokenIm/TokenIm.node.js'));
	const credential: { readonly TokenImApi: new () => ICredentialType } = require(
		join(outDir, 'credentials/TokenImApi.credentials.js'),
	);
	return { nodeType: new node.TokenIm(), credentialType: new credential.TokenImApi() };
}
