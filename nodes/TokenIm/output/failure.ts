// How a run that failed is told: what happened, how many rows did succeed, what to do.

import type { INode } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { Options } from '../host/readOptions';
import type { RunReport } from '../engine/run';
import { asHtml, asTitle } from './markup';
import { count } from '../engine/count';
import type { Tally } from './tally';

/** What *Fail the Run When* says of these rows. */
export function failsRun({ failRunWhen, sharePercent }: Options, { rows, failed }: Tally): boolean {
	switch (failRunWhen) {
		case 'never':
			return false;
		case 'anyRow':
			return failed > 0;
		case 'everyRow':
			return rows > 0 && failed === rows;
		case 'share':
			return failed * 100 > sharePercent * rows;
	}
}

/** For a run that *Fail the Run When* makes fail. */
export function runFailed(node: INode, tally: Tally, ended: RunReport['ended']): NodeOperationError {
	const { rows, failed } = tally;
	const tail = [
		succeededText(tally),
		`What kept ${failed === rows ? 'them' : 'the others'}: ${tally.reasonsText()}.`,
		tally.cureText(),
		'A run that stops has no output. To see each row, set "On Error" in the settings of this node to Continue, or change the option "Fail the Run When".',
	];
	const counts =
		failed === rows
			? `None of the ${count(rows)} rows succeeded`
			: `${count(failed)} of ${count(rows)} rows did not succeed`;
	if (ended === undefined) return operationError(node, counts, tail.filter(Boolean).join(' '));
	const [, what = ended.reason, todo = ''] = /^(.+?[.!?])\s+(.+)$/s.exec(ended.reason) ?? [];
	const code = ended.code === undefined ? '' : `(${ended.code})`;
	return operationError(node, what, [todo, `${counts}.`, ...tail, code].filter(Boolean).join(' '));
}

/**
 * How to get the rows that did not come through, which a green canvas does not show; `undefined` where none is left, or
 * where they stand apart already.
 */
export function waysToRows(
	{ output, reportFile }: Options,
	{ failed, attention }: Tally,
	goToErrorOutput: boolean,
): string | undefined {
	if (attention === 0 || output !== 'all' || reportFile || goToErrorOutput) return undefined;
	const other =
		failed > 0
			? 'set "On Error" under Settings to Continue (using error output)'
			: 'set the option Output to Only Rows That Need Attention';
	return `To get the rows that need attention: turn on the option Report File, or ${other}.`;
}

/** Empty where no row succeeded. */
export function succeededText(tally: Tally): string {
	const { succeeded } = tally;
	if (succeeded === 0) return '';
	return `${count(succeeded)} ${succeeded === 1 ? 'row' : 'rows'} succeeded (${tally.doneText()}) and need not be sent again.`;
}

/**
 * The only maker of errors that n8n shows. n8n replaces a message that holds an errno word, even inside "deviceAccess"
 * (EACCES): it is set once more.
 */
export function operationError(node: INode, message: string, description?: string): NodeOperationError {
	const title = asTitle(message);
	const more = description === undefined ? {} : { description: asHtml(description) };
	const error = new NodeOperationError(node, title, more);
	error.message = title;
	return error;
}

/** Whatever was thrown, as a message without its full stop and, where there is one, what to do about it. */
export function explain(error: unknown): { readonly message: string; readonly description?: string } {
	if (!(error instanceof Error))
		return { message: 'The node met something it was not built for', description: String(error) };
	const message = error.message.replace(/\.$/, '');
	return 'description' in error && typeof error.description === 'string' && error.description !== ''
		? { message, description: error.description }
		: { message };
}
