// Builds dist/: one file for each node and credential that package.json lists, with every library bundled into it
// (a package that n8n verifies has no runtime dependencies), the icons and codex files beside them, and the licences
// of what was bundled.

import { build } from 'esbuild';
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** Files that n8n loads by their place beside the compiled code. */
const STATIC_FILE = /\.(svg|png|node\.json)$/;

export async function buildPackage({ outDir = join(ROOT, 'dist') } = {}) {
	const manifest = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
	await rm(outDir, { recursive: true, force: true });
	const { metafile } = await build({
		absWorkingDir: ROOT,
		entryPoints: [...manifest.n8n.nodes, ...manifest.n8n.credentials].map(sourceOf),
		outdir: outDir,
		outbase: ROOT,
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		charset: 'utf8',
		external: ['n8n-workflow'],
		legalComments: 'inline',
		metafile: true,
		logLevel: 'warning',
	});
	await copyStaticFiles(outDir);
	await writeLicences(metafile, outDir);
}

/** `dist/nodes/X.node.js`, as package.json says it to n8n, is built from `nodes/X.node.ts`. */
function sourceOf(built) {
	return built.replace(/^dist\//, '').replace(/\.js$/, '.ts');
}

async function copyStaticFiles(outDir) {
	for (const folder of ['nodes', 'credentials']) {
		if (!existsSync(join(ROOT, folder))) continue;
		for (const entry of await readdir(join(ROOT, folder), { recursive: true, withFileTypes: true })) {
			if (!entry.isFile() || !STATIC_FILE.test(entry.name)) continue;
			const file = join(entry.parentPath, entry.name);
			const target = join(outDir, relative(ROOT, file));
			await mkdir(dirname(target), { recursive: true });
			await copyFile(file, target);
		}
	}
}

/** Bundled code travels under its own licence, whether or not its source says so in a comment. */
async function writeLicences(metafile, outDir) {
	const packages = new Set(Object.keys(metafile.inputs).flatMap((input) => packageFolder(input) ?? []));
	const notices = [];
	for (const folder of [...packages].sort()) {
		const { name, version, license } = JSON.parse(await readFile(join(ROOT, folder, 'package.json'), 'utf8'));
		// Code and data of one package may have a licence each.
		const texts = await licencesOf(join(ROOT, folder), name);
		const text = texts.map((one) => one.trim()).join('\n\n');
		notices.push(`${name} ${version} (${license})\n\n${license === 'Apache-2.0' ? await withTerms(text) : text}\n`);
	}
	if (notices.length > 0)
		await writeFile(join(outDir, 'THIRD-PARTY-LICENSES.txt'), notices.join(`\n${'-'.repeat(80)}\n\n`));
}

/** Apache-2.0 asks that its whole text travels along (section 4 a); some packages bring the notice alone. */
async function withTerms(text) {
	if (text.includes('TERMS AND CONDITIONS FOR USE')) return text;
	const whole = await readFile(join(ROOT, 'node_modules/typescript/LICENSE.txt'), 'utf8');
	return `${text}\n\n${whole.trim()}`;
}

/** A package that leaves its licence text out has it in scripts/licences, from its repository. */
async function licencesOf(folder, name) {
	const files = (await readdir(folder)).filter((entry) => /^licen[cs]e/i.test(entry)).sort();
	const own = join(ROOT, 'scripts/licences', `${name}.txt`);
	if (files.length === 0 && !existsSync(own)) throw new Error(`${name} is bundled but brings no licence text`);
	const paths = files.length === 0 ? [own] : files.map((file) => join(folder, file));
	return await Promise.all(paths.map(async (path) => await readFile(path, 'utf8')));
}

function packageFolder(input) {
	return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildPackage();
