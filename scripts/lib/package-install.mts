// This package, packed and put into an n8n just as n8n does it with a package from npm: `npm pack`, extract into
// `nodes/node_modules`, take the development lists out of its package.json, note it in the list beside it.

import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npm } from './npm.mts';
import { NODE_24, ROOT } from './paths.mts';
import { ended, start } from './processes.mts';
import { Trouble } from './terminal.mts';

const REMEDY = 'Run "npm run build" and look at what it says.';

interface Manifest {
	readonly name: string;
	readonly version: string;
	readonly n8n: { readonly nodes: readonly string[]; readonly credentials: readonly string[] };
	readonly dependencies?: Readonly<Record<string, string>>;
}

/**
 * Builds `dist` from the sources.
 * @throws Trouble where that fails; the builder has said why
 */
export async function build(): Promise<void> {
	const code = await ended(
		start(NODE_24, [join(ROOT, 'scripts', 'build.mjs')], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] }),
	);
	if (code !== 0) throw new Trouble('The node could not be built.', REMEDY);
}

/**
 * Packs the built package and installs it into the user folder as a community node.
 * @throws Trouble where `dist` was not built, or npm cannot pack
 */
export async function packAndInstall(userFolder: string): Promise<void> {
	const nodesFolder = join(userFolder, '.n8n', 'nodes');
	const parcel = await mkdtemp(join(tmpdir(), 'tokenim-pack-'));
	try {
		const printed = await npm(['pack', '--json', '--ignore-scripts', '--pack-destination', parcel], {
			cwd: ROOT,
			doing: 'packing the node',
			remedy: REMEDY,
		});
		const { name } = await manifestOf(ROOT);
		const target = join(nodesFolder, 'node_modules', name);
		await rm(target, { recursive: true, force: true });
		await mkdir(target, { recursive: true });
		await extract(join(parcel, tarballName(printed)), target);
		await expectBuilt(target);
		await cleanManifest(target);
		await list(nodesFolder, await manifestOf(target));
	} finally {
		await rm(parcel, { recursive: true, force: true });
	}
}

async function extract(tarball: string, target: string): Promise<void> {
	const code = await ended(
		start('tar', ['-xzf', tarball, '-C', target, '--strip-components=1'], { stdio: ['ignore', 'ignore', 'inherit'] }),
	);
	if (code !== 0)
		throw new Trouble(
			`The packed node could not be extracted (tar ended with code ${code}).`,
			'Check that the program "tar" is installed.',
		);
}

/** npm packs happily what was never built. */
async function expectBuilt(target: string): Promise<void> {
	const { n8n } = await manifestOf(target);
	const missing = [...n8n.nodes, ...n8n.credentials].filter((file) => !existsSync(join(target, file)));
	if (missing.length > 0) throw new Trouble(`The packed node lacks ${missing.join(', ')}.`, REMEDY);
}

/** n8n would now install what the package depends on; this one must not depend on anything. */
async function cleanManifest(target: string): Promise<void> {
	const { devDependencies, peerDependencies, optionalDependencies, ...manifest } = JSON.parse(
		await readFile(join(target, 'package.json'), 'utf8'),
	);
	if (Object.keys(manifest.dependencies ?? {}).length > 0) {
		throw new Trouble(
			'The packed node lists dependencies, but it has to bring all it needs.',
			'Move them to devDependencies in package.json; the build bundles them.',
		);
	}
	await writeFile(join(target, 'package.json'), JSON.stringify(manifest, undefined, 2));
}

async function list(nodesFolder: string, { name, version }: Manifest): Promise<void> {
	const ledger = { name: 'installed-nodes', private: true, dependencies: { [name]: version } };
	await writeFile(join(nodesFolder, 'package.json'), JSON.stringify(ledger, undefined, 2));
}

async function manifestOf(folder: string): Promise<Manifest> {
	return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
}

function tarballName(printed: string): string {
	const packed: ReadonlyArray<{ filename: string }> = JSON.parse(printed.slice(printed.indexOf('[')));
	if (!packed[0]) throw new Error('npm pack named no file.');
	return packed[0].filename;
}
