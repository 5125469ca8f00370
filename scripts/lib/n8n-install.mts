// n8n itself, in a folder of its own: apart from this project's packages, and kept for the next start.

import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { npm } from './npm.mts';
import { HOST_FOLDER, N8N_VERSION } from './paths.mts';
import { say } from './terminal.mts';

const REMEDY =
	'Check that npm reaches its registry and that about 4 GB of disk are free, then start again; what is there already is used.';

export interface InstallOptions {
	readonly folder?: string;
	/** npm's `overrides`: what is installed in place of packages that n8n asks for. */
	readonly overrides?: Readonly<Record<string, string>>;
}

/** The n8n in a folder, or undefined where it is missing or was not installed to the end. */
export async function installedN8n(folder = HOST_FOLDER): Promise<string | undefined> {
	if (!existsSync(sqliteBinary(folder))) return undefined;
	try {
		const { version } = JSON.parse(await readFile(join(folder, 'node_modules', 'n8n', 'package.json'), 'utf8'));
		return version;
	} catch {
		return undefined;
	}
}

/**
 * Installs n8n where it is missing or of another version: about 2,400 packages, six minutes on two cores.
 * @throws Trouble where npm did not manage it in two tries
 */
export async function ensureN8n(
	version: string = N8N_VERSION,
	{ folder = HOST_FOLDER, overrides }: InstallOptions = {},
): Promise<void> {
	const installed = await installedN8n(folder);
	if (installed === version) {
		say(`n8n ${version} is installed.`);
		return;
	}
	say(
		installed
			? `Replacing n8n ${installed} by ${version}.`
			: `Installing n8n ${version}. It is large: this takes about six minutes, once.`,
	);
	await mkdir(folder, { recursive: true });
	await rm(join(folder, 'package-lock.json'), { force: true });
	await writeFile(
		join(folder, 'package.json'),
		`${JSON.stringify({ name: 'n8n-host', private: true, dependencies: { n8n: version }, overrides }, undefined, '\t')}\n`,
	);
	const shared = { cwd: folder, remedy: REMEDY, tries: 2 };
	await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund'], { ...shared, doing: 'installing n8n' });
	// The one native part that n8n cannot do without; every other one ships ready for use or is not needed.
	// Under `npm start` the setting of this project's .npmrc is in the environment, and would keep its script from running.
	await npm(['rebuild', 'sqlite3', '--ignore-scripts=false'], { ...shared, doing: "building n8n's database driver" });
	say(`n8n ${version} is installed.`);
}

/** Built last, so it tells a finished installation from one that was cut off. */
function sqliteBinary(folder: string): string {
	return join(folder, 'node_modules', 'sqlite3', 'build', 'Release', 'node_sqlite3.node');
}
