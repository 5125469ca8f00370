// Verdicts as n8n items. The only file that knows what n8n's engine does with the items that a node returns; each rule
// here has a test against that engine (test/host).

import type { IBinaryKeyData, IDataObject, IExecuteFunctions, INode, INodeExecutionData, NodeExecutionHint } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { readOptions } from './description/options';
import type { Options } from './description/options';
import type { RunReport } from './engine/run';
import type { PlanReading, Row, Verdict } from './engine/types';
import type { HostPorts } from './host';
import { itemRows } from './input/rows';
import { Report } from './report';
import { count, isFailed, needsAttention, Tally } from './tally';

/** The event loop gets a turn after so many rows: some milliseconds. */
const GIVEN_UP_IN_ONE_TURN = 5_000;

const REPORT_NAME = 'tokenim-report.csv';

/** *On Error* in the settings of the node. */
type OnError = 'stop' | 'regularOutput' | 'errorOutput';

export class Output {
	private options: Options = readOptions({});
	private report: Report | undefined;
	private readonly tally = new Tally();
	private readonly good: INodeExecutionData[] = [];
	private readonly bad: INodeExecutionData[] = [];
	private readonly node: INode;
	private readonly items: readonly INodeExecutionData[];
	private readonly onError: OnError;

	constructor(private readonly host: IExecuteFunctions) {
		this.node = host.getNode();
		this.items = host.getInputData();
		this.onError = onErrorOf(host, this.node);
	}

	/** Options are as the editor shows them until they were read. */
	follow(options: Options): void {
		this.options = options;
		this.report = options.reportFile ? new Report(options.escapeFormulas) : undefined;
	}

	/** Takes the verdict of a row, in row order. */
	readonly take = (verdict: Verdict, row: Row): void => {
		this.tally.add(verdict);
		if (needsAttention(verdict)) this.report?.add(verdict, row);
		if (this.options.output === 'summary') return;
		if (this.options.output === 'attention' && !needsAttention(verdict)) return;
		const result = this.options.includeInputFields ? { ...lean(verdict), input: row.columns } : lean(verdict);
		const pairedItem = { item: Math.min(row.item, this.items.length - 1) };
		// n8n sends an item to the error output only if `error` is its one key, and then adds the input's columns.
		if (isFailed(verdict) && this.onError === 'errorOutput') this.bad.push({ json: { error: result }, pairedItem });
		else this.good.push({ json: result, pairedItem });
	};

	/** Says before the first write when the plan has less room than the sheet has rows. */
	readonly warnOfQuota = ({ userQuota }: PlanReading): void => {
		if (userQuota === undefined) return;
		const left = Math.max(0, userQuota.limit - userQuota.used);
		if (left >= this.items.length) return;
		this.hint(
			'warning',
			`The plan has room for ${count(left)} more users and ${count(this.items.length)} rows came in: those that are new beyond that cannot be created.`,
		);
	};

	/**
	 * The items of a run that went through, whatever became of its rows.
	 * @throws NodeOperationError with On Error at Stop Workflow, when *Fail the Run When* says so
	 */
	async finish(report: RunReport, ports: Pick<HostPorts, 'breathe'>): Promise<INodeExecutionData[][]> {
		const { ended, note } = report;
		const isRunFailed = failsRun(this.options, this.tally);
		if (isRunFailed && this.onError === 'stop') throw this.runFailed(report);
		this.hint(this.tally.attention > 0 ? 'warning' : 'info', this.tally.headline());
		if (ended !== undefined) this.hint('warning', `The run ended early. ${ended.reason}`);
		if (isRunFailed)
			this.hint(
				'warning',
				'By "Fail the Run When" this run failed; the workflow goes on because of "On Error" in the settings of the node.',
			);
		if (note !== undefined) this.hint('info', note);
		return await this.emit(report, ports);
	}

	/**
	 * The items of a run that could not be carried out: one verdict for each row all the same.
	 * Rows without a verdict may have arrived if a request went out.
	 * @throws NodeOperationError with On Error at Stop Workflow
	 */
	async giveUp(error: unknown, ports: Pick<HostPorts, 'hasSent' | 'breathe'>): Promise<INodeExecutionData[][]> {
		const { message, description } = explain(error);
		if (this.onError === 'stop') throw operationError(this.node, message, description);
		const reason = description === undefined ? message : `${message}. ${description}`;
		const judged = this.tally.rows;
		for (const row of itemRows(this.items)) {
			if (row.item < judged) continue;
			const numbers = { row: row.number, attempts: 0, requestId: undefined, batch: undefined };
			if (row.item % GIVEN_UP_IN_ONE_TURN === 0) await ports.breathe();
			this.take(
				ports.hasSent ? { status: 'unknown', reason, ...numbers } : { status: 'notAttempted', reason, ...numbers },
				row,
			);
		}
		this.hint('warning', `${this.tally.headline()}. ${reason}`);
		return await this.emit(undefined, ports);
	}

	/**
	 * Good items first: n8n runs the node again (Retry On Fail) when the first item has an `error`. It sorts the items
	 * to their outputs itself, each in row order. Where there is no good one it does run again; the same keys make that
	 * harmless.
	 */
	private async emit(run: RunReport | undefined, ports: Pick<HostPorts, 'breathe'>): Promise<INodeExecutionData[][]> {
		const binary = await this.reportFile(ports);
		const file = binary === undefined ? {} : { binary };
		const summary = { ...this.tally.summary(), ...(run?.ended === undefined ? {} : { ended: run.ended }) };
		if (this.options.output === 'summary' && this.items.length > 0)
			return [[{ json: summary, ...file, pairedItem: { item: 0 } }]];
		const report =
			binary === undefined ? [] : [{ json: { status: 'report', ...summary }, binary, pairedItem: { item: 0 } }];
		return [[...this.good, ...report, ...this.bad]];
	}

	/** `undefined` where it was not asked for or would be empty. */
	private async reportFile({ breathe }: Pick<HostPorts, 'breathe'>): Promise<IBinaryKeyData | undefined> {
		if (this.report === undefined || this.report.rows === 0) return undefined;
		try {
			const bytes = await this.report.bytes(breathe);
			return { report: await this.host.helpers.prepareBinaryData(bytes, REPORT_NAME, 'text/csv') };
		} catch (error) {
			// What became of the rows must not be lost with the file about it.
			this.hint('warning', `The report file could not be stored: ${explain(error).message}.`);
			return undefined;
		}
	}

	private runFailed({ ended }: RunReport): NodeOperationError {
		const { rows, failed, succeeded } = this.tally;
		const tail = [
			succeeded === 0
				? ''
				: `${count(succeeded)} ${succeeded === 1 ? 'row' : 'rows'} succeeded (${this.tally.doneText()}) and need not be sent again.`,
			`What kept the others: ${this.tally.reasonsText()}.`,
			'To see each row, set "On Error" in the settings of this node to Continue, or change the option "Fail the Run When".',
		];
		const counts =
			failed === rows
				? `None of the ${count(rows)} rows succeeded`
				: `${count(failed)} of ${count(rows)} rows did not succeed`;
		if (ended === undefined) return operationError(this.node, counts, tail.filter(Boolean).join(' '));
		const [, what = ended.reason, todo = ''] = /^(.+?[.!?])\s+(.+)$/s.exec(ended.reason) ?? [];
		const code = ended.code === undefined ? '' : `(${ended.code})`;
		return operationError(this.node, what, [todo, `${counts}.`, ...tail, code].filter(Boolean).join(' '));
	}

	private hint(type: NodeExecutionHint['type'], message: string): void {
		// Hosts before 1.73 show no hints.
		if (typeof this.host.addExecutionHints === 'function')
			this.host.addExecutionHints({ message, type, location: 'outputPane' });
	}
}

function onErrorOf(host: IExecuteFunctions, { onError }: INode): OnError {
	if (onError === 'continueErrorOutput') return 'errorOutput';
	return host.continueOnFail() ? 'regularOutput' : 'stop';
}

function failsRun({ failRunWhen, sharePercent }: Options, { rows, failed }: Tally): boolean {
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

/** The verdict without what it does not say. */
function lean(verdict: Verdict): IDataObject {
	const json: IDataObject = {};
	for (const [key, value] of Object.entries(verdict)) if (value !== undefined) json[key] = value;
	return json;
}

function explain(error: unknown): { readonly message: string; readonly description?: string } {
	if (!(error instanceof Error))
		return { message: 'The node met something it was not built for', description: String(error) };
	const message = error.message.replace(/\.$/, '');
	return 'description' in error && typeof error.description === 'string' && error.description !== ''
		? { message, description: error.description }
		: { message };
}

/** n8n replaces a message that holds an errno word, even inside "deviceAccess" (EACCES): it is set once more. */
function operationError(node: INode, message: string, description?: string): NodeOperationError {
	const error = new NodeOperationError(node, message, description === undefined ? {} : { description });
	error.message = message;
	return error;
}
