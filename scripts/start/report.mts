// The table of verdicts at the end, and the rows that somebody has to look at.

import type { RunResult } from '../lib/run-data.mts';
import { count, many, say, table } from '../lib/terminal.mts';
import { countVerdicts, needingAttention } from '../lib/verdicts.mts';

const SHOWN = 10;

/** Prints what became of every row. */
export function report(result: RunResult): void {
	const counted = countVerdicts(result);
	if (counted.length > 0) {
		say();
		say(
			table(
				['What was done', 'Verdict', 'Rows'],
				counted.map((line) => [line.step, line.verdict, count(line.count)]),
			),
		);
	}
	reportAttention(result);
	if (result.error) {
		say();
		say(`n8n stopped the run${result.error.node ? ` at "${result.error.node.name}"` : ''}: ${result.error.message}`);
		if (result.error.description) say(result.error.description);
	}
}

function reportAttention(result: RunResult): void {
	const rows = needingAttention(result);
	if (rows.length === 0) return;
	say();
	say(`${many(rows.length, 'row needs', 'rows need')} attention${rows.length > SHOWN ? `; the first ${SHOWN}` : ''}:`);
	for (const { step, verdict } of rows.slice(0, SHOWN)) {
		const { status, row, userId, groupId, issues, differences, ...rest } = verdict;
		const reason = issues ?? differences ?? rest.message ?? rest.reason ?? rest.code ?? '';
		say(
			`  ${step}, row ${row} (${userId ?? groupId}): ${status}. ${typeof reason === 'string' ? reason : JSON.stringify(reason)}`,
		);
	}
}
