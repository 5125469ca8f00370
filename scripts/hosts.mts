// `npm run test:hosts`: the packed package in several n8n, each run on the example workflow; the table of the README
// comes from here. Each n8n is installed once, into .n8n/hosts/VERSION (3 GB, some minutes).

import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { differences } from './lib/check-service.mts';
import { runCommand } from './lib/command.mts';
import { exampleWorkflow, sandboxCredential } from './lib/example-workflow.mts';
import { execute, importCredentials, importWorkflows, type Workflow } from './lib/n8n-cli.mts';
import { filesFolder, type N8nSettings } from './lib/n8n-env.mts';
import { ensureN8n } from './lib/n8n-install.mts';
import { build, packAndInstall } from './lib/package-install.mts';
import { HOST_FOLDER, N8N_VERSION, ROOT } from './lib/paths.mts';
import { makeRoster, toCsv } from './lib/roster.mts';
import { startSandbox } from './lib/sandbox-process.mts';
import { many, say, table } from './lib/terminal.mts';
import { countVerdicts, needingAttention } from './lib/verdicts.mts';
import { executeOnServer } from './hosts-server.mts';

interface Host {
	readonly version: string;
	readonly why: string;
	readonly folder: string;
	readonly overrides?: Readonly<Record<string, string>>;
	/** Its command `n8n execute` runs no workflow at all ("license provider has not been set"), so its server does. */
	readonly onServer?: boolean;
}

/** n8n takes this package from a server of its maker, which not every network reaches; it reads spreadsheets only. */
const SPREADSHEETS = { xlsx: 'npm:@e965/xlsx@0.20.3' };

/** Modules that the newest n8n may go without are unknown to older ones, which then refuse to start. */
const OLDER = { N8N_DISABLED_MODULES: undefined };

const HOSTS: readonly Host[] = [
	{ version: N8N_VERSION, why: 'the newest that installs', folder: HOST_FOLDER },
	{
		version: '2.14.2',
		why: 'a 2.x of half a year before',
		folder: folderOf('2.14.2'),
		overrides: SPREADSHEETS,
		onServer: true,
	},
	{ version: '1.123.81', why: 'the last 1.x', folder: folderOf('1.123.81'), overrides: SPREADSHEETS },
];

const ROSTER = { students: 500, classes: 10, seed: 1 };
const README = join(ROOT, 'README.md');
const MARKS = { from: '<!-- made by npm run test:hosts -->', to: '<!-- until here -->' };

interface Outcome {
	readonly host: Host;
	/** One sentence for each thing that is not as it should be. */
	readonly wrong: readonly string[];
	readonly counted: string;
}

await runCommand(async () => {
	await build();
	const outcomes: Outcome[] = [];
	for (const host of HOSTS) {
		await ensureN8n(host.version, host);
		outcomes.push(await tryHost(host));
	}
	say(
		table(
			['n8n', 'why', 'outcome'],
			outcomes.map(({ host, wrong, counted }) => [host.version, host.why, wrong.length === 0 ? counted : 'FAILED']),
		),
	);
	for (const { host, wrong } of outcomes)
		for (const sentence of wrong.slice(0, 10)) say(`n8n ${host.version}: ${sentence}`);
	if (outcomes.some(({ wrong }) => wrong.length > 0)) return 1;
	await writeTable(outcomes);
	return 0;
});

/** Runs the example workflow there, then asks the service itself. */
async function tryHost(host: Host): Promise<Outcome> {
	const userFolder = await mkdtemp(join(tmpdir(), 'tokenim-host-'));
	const sandbox = await startSandbox({ dataFolder: join(userFolder, 'sandbox') });
	try {
		const settings = { userFolder, hostFolder: host.folder, ...(host.version === N8N_VERSION ? {} : { env: OLDER }) };
		const roster = makeRoster(ROSTER);
		const file = join(filesFolder(userFolder), 'roster.csv');
		await mkdir(filesFolder(userFolder), { recursive: true });
		await writeFile(file, toCsv(roster));
		await packAndInstall(userFolder);
		const credential = sandboxCredential(sandbox.access);
		const workflow = await exampleWorkflow(file, credential);
		await importCredentials(settings, credential);
		const { wrong, counted } = host.onServer
			? await onServer(settings, workflow)
			: await onCommandLine(settings, workflow);
		wrong.push(...(await differences(sandbox.access, roster)));
		say(
			`n8n ${host.version}: ${wrong.length === 0 ? counted : many(wrong.length, 'thing is wrong', 'things are wrong')}`,
		);
		return { host, wrong, counted };
	} catch (error) {
		return { host, wrong: [error instanceof Error ? error.message : String(error)], counted: '' };
	} finally {
		await sandbox.stop();
		await rm(userFolder, { recursive: true, force: true });
	}
}

interface Run {
	readonly wrong: string[];
	readonly counted: string;
}

async function onCommandLine(settings: N8nSettings, workflow: Workflow): Promise<Run> {
	await importWorkflows(settings, workflow);
	const result = await execute(settings, workflow.id);
	const counted = countVerdicts(result)
		.filter(({ step }) => step !== '' && !step.startsWith(' '))
		.map(({ step, verdict, count }) => `${step}: ${many(count, verdict, verdict)}`)
		.join('; ');
	const attention = needingAttention(result).map(({ step, verdict }) => `${step}: ${JSON.stringify(verdict)}`);
	return { wrong: [...(result.error ? [result.error.message] : []), ...attention], counted };
}

async function onServer(settings: N8nSettings, workflow: Workflow): Promise<Run> {
	const failure = await executeOnServer(settings, workflow);
	return {
		wrong: failure === undefined ? [] : [failure],
		counted: 'started by a webhook; people and groups are as in the roster',
	};
}

async function writeTable(outcomes: readonly Outcome[]): Promise<void> {
	const readme = await readFile(README, 'utf8');
	const from = readme.indexOf(MARKS.from);
	const to = readme.indexOf(MARKS.to);
	if (from < 0 || to < from) return say('README.md has no place for the table.');
	const lines = outcomes.map(({ host, counted }) => `| ${host.version} | ${host.why} | ${counted} |`);
	const text = ['| n8n | | the example workflow there |', '|---|---|---|', ...lines].join('\n');
	await writeFile(README, `${readme.slice(0, from + MARKS.from.length)}\n${text}\n${readme.slice(to)}`);
}

function folderOf(version: string): string {
	return join(ROOT, '.n8n', 'hosts', version);
}
