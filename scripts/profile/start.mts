// Bundles main.mts, which uses the node's own code, and runs it.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { build } from 'esbuild';

const folder = await mkdtemp(join(tmpdir(), 'api-profile-'));
try {
	const outfile = join(folder, 'main.mjs');
	await build({
		entryPoints: [join(import.meta.dirname, 'main.mts')],
		outfile,
		bundle: true,
		platform: 'node',
		format: 'esm',
		target: 'node24',
		logLevel: 'warning',
		banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
	});
	const { main } = await import(pathToFileURL(outfile).href);
	process.exitCode = await main(process.argv.slice(2), join(import.meta.dirname, '../..'));
} finally {
	await rm(folder, { recursive: true, force: true });
}
