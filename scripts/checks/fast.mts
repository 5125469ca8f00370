// What `npm run test:fast` does, in less than a minute on two idle cores: types, lint, and the tests of what was changed
// since the last commit; of the engine where nothing was.

import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../lib/command.mts';
import { ROOT } from '../lib/paths.mts';
import { say } from '../lib/terminal.mts';
import { lastLine, readReport, type Summary } from './report.mts';
import { npmStep, vitestStep, type Step } from './steps.mts';
import { resultTable } from './table.mts';

const REPORT = join(ROOT, 'reports', 'vitest-fast.json');
/** Vitest follows the imports of these; what else was changed has no tests here. */
const HAS_TESTS = /^(nodes|credentials|sandbox|bench|scripts|test)\//;

const ENGINE = ['test/engine/'];
const isQuiet = true;

await runCommand(async () => {
	const changed = execFileSync('git', ['status', '--porcelain', '-z', '--no-renames'], { cwd: ROOT, encoding: 'utf8' })
		.split('\0')
		.map((line) => line.slice(3))
		.filter((file) => HAS_TESTS.test(file));
	const tests = changed.length > 0 ? ['--changed', '--passWithNoTests'] : ENGINE;
	say(
		changed.length > 0
			? 'Tests of what was changed since the last commit.'
			: 'Nothing was changed: tests of the engine.',
	);
	await rm(REPORT, { force: true });
	const steps = await Promise.all([
		npmStep('types', 'typecheck', { isQuiet }),
		npmStep('lint and format', 'lint', { isQuiet }),
		runTests(tests),
	]);
	// What was changed has no tests of its own, types say: then those of the engine after all.
	if (ranNone(readReport(REPORT))) steps.push(await runTests(ENGINE));
	for (const { passed, printed } of steps) if (!passed) say(printed);
	const summary = readReport(REPORT);
	say(`\n${resultTable(steps, summary, [])}\n`);
	if (summary !== undefined) say(lastLine(summary.all));
	return steps.every(({ passed }) => passed) ? 0 : 1;
});

async function runTests(which: readonly string[]): Promise<Step> {
	const args = ['--config', 'test/fast.config.mts', ...which, ...process.argv.slice(2)];
	return await vitestStep('tests', REPORT, args, { isQuiet });
}

function ranNone(summary: Summary | undefined): boolean {
	return summary !== undefined && summary.brokenFiles.length === 0 && summary.all.passed + summary.all.failed === 0;
}
