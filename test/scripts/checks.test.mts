// The table at the end of `npm test`.

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lastLine, summarize } from '../../scripts/checks/report.mts';
import { resultTable } from '../../scripts/checks/table.mts';
import { ROOT } from '../../scripts/lib/paths.mts';

const chromium = { why: 'There is no Chromium.', command: 'apt-get install chromium' };
const tests = (file: string, statuses: readonly string[], meta = {}, status = 'passed') => ({
	name: join(ROOT, file),
	status,
	assertionResults: statuses.map((one) => ({ status: one, meta })),
});
const steps = [{ name: 'types', passed: true, seconds: 12, printed: '' }];

test('says of each kind of test how many passed', () => {
	const summary = summarize({
		testResults: [
			tests('test/engine/run.test.mts', ['passed', 'passed']),
			tests('test/host/node.test.mts', ['passed']),
			tests('test/e2e/editor.test.mts', ['failed', 'passed']),
		],
	});
	expect(resultTable(steps, summary, []).split('\n').slice(2)).toEqual([
		'types                                    passed, 12 s',
		'  tests of each part                     2 passed',
		"  tests of the node in n8n's own engine  1 passed",
		'  tests in a real n8n                    1 passed, 1 DID NOT PASS',
	]);
	expect(lastLine(summary.all)).toBe('4 passed, 1 failed, 0 skipped');
});

test('says what was left out, why, and how to get it', () => {
	const summary = summarize({
		testResults: [tests('test/e2e/editor.test.mts', ['skipped', 'skipped'], { leftOut: chromium })],
	});
	expect(resultTable([], summary, [])).toContain('2 tests: There is no Chromium.  apt-get install chromium');
	expect(summary.unexplained).toBe(0);
	expect(lastLine(summary.all)).toBe('0 passed, 0 failed, 2 skipped');
});

test.each(['skipped', 'pending', 'todo'])(
	'a test that is %s without a reason is told, and counts against the run',
	(status) => {
		const summary = summarize({ testResults: [tests('test/engine/run.test.mts', ['passed', status])] });
		expect(summary.unexplained).toBe(1);
		expect(resultTable([], summary, [])).toContain('by a selection, or by the tests themselves');
	},
);

test('a file that breaks before its tests is told', () => {
	const summary = summarize({ testResults: [tests('test/engine/run.test.mts', [], {}, 'failed')] });
	expect(resultTable([], summary, [])).toContain('test/engine/run.test.mts  DID NOT PASS');
});

test('what did not get to run is told, and what to do', () => {
	const table = resultTable([{ name: 'types', passed: false, seconds: 3, printed: '' }], undefined, [
		{ name: 'tests', why: 'not run', remedy: 'npm test' },
	]);
	expect(table).toMatch(/types +DID NOT PASS, 3 s\ntests +not run +npm test$/);
});
