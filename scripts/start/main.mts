// What `npm start` does, from top to bottom.

import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { runCommand } from '../lib/command.mts';
import { differences } from '../lib/check-service.mts';
import { exampleWorkflow, sandboxCredential } from '../lib/example-workflow.mts';
import { takeLock } from '../lib/lock.mts';
import { execute, importCredentials, importWorkflows, type Workflow } from '../lib/n8n-cli.mts';
import { startEditor } from '../lib/n8n-editor.mts';
import { filesFolder } from '../lib/n8n-env.mts';
import { ensureN8n } from '../lib/n8n-install.mts';
import { build, packAndInstall } from '../lib/package-install.mts';
import { HOME_FOLDER, ROOT, SANDBOX_FOLDER } from '../lib/paths.mts';
import { classesOf, makeRoster, toCsv, type Student } from '../lib/roster.mts';
import { startSandbox, type Sandbox } from '../lib/sandbox-process.mts';
import { sandboxState } from '../lib/sandbox-state.mts';
import { count, many, say } from '../lib/terminal.mts';
import { HELP, readOptions } from './options.mts';
import { withProgress } from './progress.mts';
import { report } from './report.mts';

const SCHOOL = { students: 10_000, classes: 200, seed: 20_250_901 };
const SETTINGS = { userFolder: HOME_FOLDER };
const ROSTER_FILE = join(filesFolder(HOME_FOLDER), 'roster.csv');
const LOCK_FILE = join(dirname(HOME_FOLDER), 'start.lock');
const DIFFERENCES_SHOWN = 10;

await runCommand(async (ending) => {
	const options = readOptions(process.argv.slice(2));
	if (options.help) {
		say(HELP);
		return 0;
	}
	await takeLock(LOCK_FILE);
	if (options.reset) await reset();
	await ensureN8n();
	await build();
	const sandbox = await startSandbox({ dataFolder: SANDBOX_FOLDER });
	say(`The TokenIM sandbox answers at ${sandbox.access.baseUrl}`);
	const roster = await writeRoster();
	const workflow = await setUpN8n(sandbox);
	const good = await importRoster(sandbox, roster, workflow);
	if (options.once) return good ? 0 : 1;
	return await leaveOpen(sandbox, workflow, ending);
});

async function reset(): Promise<void> {
	for (const folder of [HOME_FOLDER, SANDBOX_FOLDER]) await rm(folder, { recursive: true, force: true });
	say('Beginning anew: the private n8n and the people in the sandbox are gone.');
}

async function writeRoster(): Promise<Student[]> {
	const roster = makeRoster(SCHOOL);
	await mkdir(dirname(ROSTER_FILE), { recursive: true });
	await writeFile(ROSTER_FILE, toCsv(roster));
	say(
		`The roster: ${many(roster.length, 'student')} in ${many(classesOf(roster).length, 'class', 'classes')}, in ${relative(ROOT, ROSTER_FILE)}`,
	);
	return roster;
}

async function setUpN8n(sandbox: Sandbox): Promise<Workflow> {
	say('Installing the packed node into n8n, as a user would, with a credential and the example workflow.');
	await packAndInstall(HOME_FOLDER);
	const credential = sandboxCredential(sandbox.access);
	const workflow = await exampleWorkflow(ROSTER_FILE, credential);
	await importCredentials(SETTINGS, credential);
	await importWorkflows(SETTINGS, workflow);
	return workflow;
}

/** Runs the workflow, shows the verdicts, and asks the service itself. True where all is as the roster says. */
async function importRoster(sandbox: Sandbox, roster: readonly Student[], workflow: Workflow): Promise<boolean> {
	say(`n8n runs the workflow "${workflow.name}".`);
	const startedAt = Date.now();
	const result = await withProgress(sandbox.access, execute(SETTINGS, workflow.id));
	say(`It took ${Math.round((Date.now() - startedAt) / 1000)} s.`);
	report(result);
	say();
	say('Asking the service itself for every person and every class.');
	const found = await differences(sandbox.access, roster);
	const { groups } = await sandboxState(sandbox.access);
	if (groups !== SCHOOL.classes)
		found.push(`The service holds ${many(groups, 'group')}, the roster ${many(SCHOOL.classes, 'class', 'classes')}.`);
	for (const difference of found.slice(0, DIFFERENCES_SHOWN)) say(`  ${difference}`);
	if (found.length > DIFFERENCES_SHOWN) say(`  and ${count(found.length - DIFFERENCES_SHOWN)} more`);
	say(
		found.length === 0
			? `It holds exactly the ${many(roster.length, 'person', 'people')} and the ${many(classesOf(roster).length, 'class', 'classes')} of the roster.`
			: `${many(found.length, 'thing is', 'things are')} not as the roster says. To begin with an empty sandbox: npm start -- --reset`,
	);
	return found.length === 0 && !result.error;
}

/** The editor stays until Ctrl-C, or until n8n or the sandbox end by themselves. */
async function leaveOpen(sandbox: Sandbox, workflow: Workflow, ending: AbortSignal): Promise<number> {
	say();
	say('Starting the n8n editor.');
	const editor = await startEditor(SETTINGS);
	say();
	say(`The workflow   ${editor.url}/workflow/${workflow.id}`);
	say(`This run       ${editor.url}/workflow/${workflow.id}/executions`);
	say(`E-mail         ${editor.owner.email}`);
	say(`Password       ${editor.owner.password}`);
	say();
	say('Press Ctrl-C to end it all. n8n and the sandbox keep what they hold for the next npm start.');
	const ended = await Promise.race([
		once(editor.process, 'exit').then(
			() => `The n8n editor has ended by itself; its last words are in ${relative(ROOT, editor.logFile)}.`,
		),
		once(sandbox.process, 'exit').then(() => 'The sandbox has ended by itself.'),
	]);
	if (!ending.aborted) say(ended);
	return 1;
}
