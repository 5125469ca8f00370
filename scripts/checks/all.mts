// What `npm test` does: sets up what is missing, runs all that can run on this machine, and ends with one table.
// `npm test -- ARGS` gives ARGS to vitest and sets up the packages only: whoever selects tests knows what they need.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../lib/command.mts';
import { ensureN8n } from '../lib/n8n-install.mts';
import { ROOT } from '../lib/paths.mts';
import { say, Trouble } from '../lib/terminal.mts';
import { lastLine, readReport } from './report.mts';
import { npmStep, vitestStep, type Step } from './steps.mts';
import { resultTable, type NotRun } from './table.mts';

const REPORT = join(ROOT, 'reports', 'vitest.json');

const BEFORE_THE_TESTS = [
	['types', 'typecheck'],
	['lint and format', 'lint'],
	['build', 'build'],
	["n8n's scanner", 'scan'],
] as const;

await runCommand(async () => {
	const args = process.argv.slice(2);
	const notRun: NotRun[] = [];
	if (args.length === 0) notRun.push(...(await setUpN8n()));
	const steps: Step[] = [];
	for (const [name, script] of BEFORE_THE_TESTS) {
		say(`\n== ${name}`);
		steps.push(await npmStep(name, script));
	}
	await rm(REPORT, { force: true });
	if (steps.every(({ passed }) => passed)) {
		say('\n== tests');
		steps.push(await vitestStep('tests', REPORT, args));
	} else {
		notRun.push({ name: 'tests', why: 'not run: what stands above did not pass', remedy: 'npm test' });
	}
	const summary = readReport(REPORT);
	say(`\n${resultTable(steps, summary, notRun)}\n`);
	say(summary === undefined ? 'The tests did not get to run.' : lastLine(summary.all));
	const hidden = args.length === 0 && (summary?.unexplained ?? 0) > 0;
	return summary !== undefined && !hidden && steps.every(({ passed }) => passed) ? 0 : 1;
});

/** As `npm start` does. Where it does not come about, the tests that need n8n say so themselves, and fail with CI=true. */
async function setUpN8n(): Promise<readonly NotRun[]> {
	try {
		await ensureN8n();
		return [];
	} catch (error) {
		if (!(error instanceof Trouble)) throw error;
		say(error.message);
		return [{ name: 'n8n', why: 'could not be installed; what npm said stands above', remedy: error.remedy }];
	}
}
