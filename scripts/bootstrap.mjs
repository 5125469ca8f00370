// From a machine with nothing but Node 20 and npm to this project's packages and Node 24. Uses no package itself.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NODE_24 = join(ROOT, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
const MIN_NODE_FOR_TYPESCRIPT = 24;
const TRIES = 2;

/**
 * Installs what is missing, then runs a TypeScript file with Node 24 and ends with its exit code.
 * @param {URL} script
 * @param {readonly string[]} args
 */
export async function runUnderNode24(script, args) {
	await installPackages();
	if (Number(process.versions.node.split('.')[0]) >= MIN_NODE_FOR_TYPESCRIPT) {
		process.argv = [process.execPath, fileURLToPath(script), ...args];
		await import(script.href);
		return;
	}
	process.exitCode = await run(NODE_24, [fileURLToPath(script), ...args], ['inherit', 'inherit', 'inherit', 'ipc']);
}

async function installPackages() {
	const missing = missingPackages();
	if (missing.length > 0) {
		console.log('Installing the development packages of this project. This takes about two minutes, once.');
		// Development packages also where the environment is one of production; no scripts, whatever the user's npm is set to.
		await npm(['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
	}
	if (!nodeWorks()) {
		console.log('Fetching Node 24, which n8n needs. The Node of this machine stays as it is.');
		// .npmrc keeps the scripts of packages from running; this one fetches the program itself.
		await npm(['rebuild', 'node', '--ignore-scripts=false', '--loglevel=error']);
	}
	if (!nodeWorks()) giveUp('Node 24 was fetched but does not run.', 'Delete the folder node_modules and start again.');
}

/**
 * Development packages that are not there in the version that package.json names; they are all pinned. All of them
 * where npm was cut off: it writes its own list at the end.
 */
function missingPackages() {
	const { devDependencies } = readJson(join(ROOT, 'package.json'));
	if (!existsSync(join(ROOT, 'node_modules', '.package-lock.json'))) return Object.entries(devDependencies);
	return Object.entries(devDependencies).filter(([name, version]) => {
		const manifest = join(ROOT, 'node_modules', name, 'package.json');
		return !existsSync(manifest) || readJson(manifest).version !== version;
	});
}

function nodeWorks() {
	return (
		spawnSync(NODE_24, ['--version'], { encoding: 'utf8' }).stdout?.startsWith(`v${MIN_NODE_FOR_TYPESCRIPT}.`) ?? false
	);
}

/** @param {readonly string[]} args */
async function npm(args) {
	const { npm_execpath: script, npm_node_execpath: node } = process.env;
	const known = script?.endsWith('.js') && node && existsSync(node) ? { command: node, before: [script] } : undefined;
	const { command, before } = known ?? { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', before: [] };
	for (let attempt = 1; attempt <= TRIES; attempt++) {
		const code = await run(command, [...before, ...args], ['ignore', 'inherit', 'inherit']);
		if (code === 0) return;
		if (attempt < TRIES) console.log(`npm did not manage it (code ${code}); once more.`);
	}
	giveUp(
		`"npm ${args[0]}" did not manage it; its own words stand above.`,
		'Check that npm reaches its registry and that 2 GB of disk are free, then start again.',
	);
}

/**
 * Runs a program to its end. Signals that ask this process to end are passed on.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').StdioOptions} stdio
 * @returns {Promise<number>} its exit code
 */
function run(command, args, stdio) {
	return new Promise((resolve) => {
		const child = spawn(command, args, { cwd: ROOT, stdio, shell: command.endsWith('.cmd') });
		const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
		// A terminal sends Ctrl-C to the child itself; whoever sends a signal to this process alone means both.
		let asked = false;
		const passOn = signals.map((signal) => {
			const listener = () => {
				asked = true;
				child.kill(signal);
			};
			process.on(signal, listener);
			return () => process.off(signal, listener);
		});
		const end = (/** @type {number} */ code) => {
			for (const off of passOn) off();
			if (asked && stdio.length === 3) process.exit(130);
			resolve(code);
		};
		child.once('error', (error) => {
			console.error(`${command}: ${error.message}`);
			end(127);
		});
		child.once('exit', (code, signal) => end(code ?? (signal ? 130 : 1)));
	});
}

/**
 * @param {string} message
 * @param {string} remedy
 * @returns {never}
 */
function giveUp(message, remedy) {
	console.error(`\n${message}\nWhat to do: ${remedy}`);
	process.exit(1);
}

/** @param {string} file */
function readJson(file) {
	return JSON.parse(readFileSync(file, 'utf8'));
}
