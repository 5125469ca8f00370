// Runs the scan that n8n runs before it verifies a package: its linter with inline disables off, on the source and on
// the tarball that npm would publish. Also holds the tarball to what it may contain. Any finding ends with exit code 1.

import { analyzePackage, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const MAY_SHIP = /^(dist\/.+|README\.md|LICENSE|package\.json)$/;
const MUST_SHIP = ['README.md', 'LICENSE', 'package.json'];
const run = promisify(execFile);

const folder = await mkdtemp(join(tmpdir(), 'tokenim-scan-'));
try {
	const tarball = await unpackedTarball(folder);
	const findings = [
		...(await lint('source', ROOT, SOURCE_FILE_PATTERNS)),
		...(await lint('tarball', tarball, ['**/*.js', 'package.json'])),
		...(await contents(tarball)),
	];
	for (const finding of findings) console.error(finding);
	console.log(
		findings.length === 0 ? 'Scan of source and tarball: no findings' : `Scan: ${findings.length} finding(s)`,
	);
	process.exitCode = findings.length === 0 ? 0 : 1;
} finally {
	await rm(folder, { recursive: true, force: true });
}

async function unpackedTarball(into) {
	const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', into], {
		cwd: ROOT,
	});
	const [{ filename }] = JSON.parse(stdout);
	const unpacked = join(into, 'package');
	await mkdir(unpacked);
	await run('tar', ['-xzf', join(into, filename), '-C', unpacked, '--strip-components=1']);
	return unpacked;
}

async function lint(name, directory, patterns) {
	const result = await analyzePackage(directory, patterns);
	return result.passed && result.message === undefined ? [] : [`${name}: ${result.message}\n${result.details ?? ''}`];
}

async function contents(directory) {
	const entries = await readdir(directory, { recursive: true, withFileTypes: true });
	const files = entries
		.filter((entry) => entry.isFile())
		.map((entry) => relative(directory, join(entry.parentPath, entry.name)));
	const manifest = JSON.parse(await readFile(join(directory, 'package.json'), 'utf8'));
	const wanted = [...MUST_SHIP, ...manifest.n8n.nodes, ...manifest.n8n.credentials];
	return [
		...files.filter((file) => !MAY_SHIP.test(file)).map((file) => `tarball: ${file} should not be in it`),
		...wanted.filter((file) => !files.includes(file)).map((file) => `tarball: ${file} is missing`),
		...Object.keys(manifest.dependencies ?? {}).map((name) => `package.json: ${name} is a runtime dependency`),
	];
}
