// Verdicts as n8n items. The only file that knows what n8n's engine does with the items that a node returns; each rule
// here has a test against that engine (test/host).

import type { IBinaryKeyData, IExecuteFunctions, INode, INodeExecutionData, NodeExecutionHint } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { columnsHint } from './columnsHint';
import { phonesHint } from './phonesHint';
import { readOptions } from '../host/readOptions';
import type { Options } from '../host/readOptions';
import { eachRow } from '../engine/rows/rowReader';
import type { RunReport } from '../engine/run';
import type { Row, Verdict } from '../engine/types';
import type { PlanReading } from '../engine/wire';
import type { CureOf } from '../protocol/answer/cures';
import { explain, failsRun, operationError, runFailed, succeededText, waysToRows } from './failure';
import type { HostPorts } from '../host/ports';
import { NothingListed, type ListedResult } from '../operations/listing';
import type { ColumnReport } from '../input/columns/columnReport';
import { EXCEL_TYPE } from './excel';
import { asHtml } from './markup';
import { Report, type ReportFormat } from './report';
import { resultOf } from './item';
import { itemOf, verdictOf } from './listedItem';
import { shownColumns } from './shownColumns';
import { noRows, rowsOfItems } from '../host/chosenInput';
import { isToolCall, mostListed } from '../host/toolCall';
import type { RowSource } from '../host/rowSource';
import { count } from '../engine/count';
import { isFailed, isOnlyCounted, needsAttention, Tally } from './tally';
import { tellingAtMost } from './toldToAgent';

/** The event loop gets a turn after so many rows: some milliseconds. */
const GIVEN_UP_IN_ONE_TURN = 5_000;

const REPORTS: Readonly<Record<ReportFormat, { readonly name: string; readonly type: string }>> = {
	csv: { name: 'tokenim-report.csv', type: 'text/csv' },
	excel: { name: 'tokenim-report.xlsx', type: EXCEL_TYPE },
};

const NO_WORKBOOK =
	'The report file is CSV: a workbook cannot hold these rows, for a cell takes at most 32,767 characters and a sheet 1,048,576 rows.';

function moreColumns(left: number): string {
	return `The rows of the report file have so many different columns that ${count(left)} of them have none of their own there: what they hold stands in its last column, "more columns", as JSON.`;
}

function cutCells(cut: number): string {
	return `In the report file ${count(cut)} ${cut === 1 ? 'cell is' : 'cells are'} cut: a cell of it has at most 100,000 characters, a row 500,000.`;
}

/** *On Error* in the settings of the node. */
type OnError = 'stop' | 'regularOutput' | 'errorOutput';

export class Output {
	private options: Options = readOptions({});
	private report: Report | undefined;
	private source: RowSource;
	private userRoom: number | undefined;
	/** Users created with a password, say, that nobody knows. */
	private unknownMade = 0;
	/** Of a list: what is said where it names nobody. */
	private nobody: string | undefined;
	private columnsHint: string | undefined;
	private phonesHint: string | undefined;
	private operationHints: readonly string[] = [];
	private cureOf: CureOf = () => '';
	private readonly tally = new Tally((code) => this.cureOf(code));
	private readonly good: INodeExecutionData[] = [];
	private readonly bad: INodeExecutionData[] = [];
	private readonly node: INode;
	private readonly items: readonly INodeExecutionData[];
	private readonly onError: OnError;
	/** A model calls: of an error it hears the message alone. */
	private readonly isTool: boolean;
	private readonly toldOf: (verdict: Verdict) => Verdict;

	constructor(private readonly host: IExecuteFunctions) {
		this.node = host.getNode();
		this.items = host.getInputData();
		this.source = rowsOfItems(this.items);
		this.onError = onErrorOf(host, this.node);
		this.isTool = isToolCall(host);
		this.toldOf = tellingAtMost(mostListed(host));
	}

	/** Until they were read, options are as the editor shows them and each item is a row. */
	follow(options: Options, source: RowSource): void {
		this.options = options;
		this.source = source;
		this.report = options.reportFile
			? new Report(options.reportFileFormat, options.escapeFormulas, async () => await sleep(0))
			: undefined;
	}

	/** Takes down what mends rows that the service refuses. */
	knowCures(cureOf: CureOf): void {
		this.cureOf = cureOf;
	}

	/**
	 * A list is read: items come of what it names, not of rows, and a run that gives nobody has one item that says why.
	 *
	 * @param source of the rows that it is compared with
	 */
	followList(nobody: string, options = readOptions({}), source?: RowSource): void {
		this.nobody = nobody;
		// Options that are of rows are hidden, and n8n leaves out what is.
		this.follow(options, { ...noRows(), hints: source?.hints });
	}

	/** Takes one that a list names. */
	takeListed(result: ListedResult): void {
		this.tally.add(verdictOf(result));
		if (this.options.output !== 'summary') this.good.push({ json: itemOf(result), pairedItem: { item: 0 } });
	}

	/** Takes the verdict of a row, in row order. */
	readonly take = (verdict: Verdict, row: Row): void => {
		this.tally.add(verdict);
		const toTell = this.toldOf(verdict);
		if (needsAttention(verdict)) this.report?.add(toTell, row, this.cureOf);
		if (this.options.output === 'summary') return;
		if (this.options.output === 'attention' && !needsAttention(verdict)) return;
		const isFailure = isFailed(verdict);
		const showsInput = this.options.includeInputFields || (isFailure && this.source.holdsColumns);
		const told = resultOf(toTell, this.cureOf);
		const result = showsInput ? { ...told, input: { ...shownColumns(row.columns) } } : told;
		const pairedItem = { item: Math.min(row.item, this.items.length - 1) };
		// n8n sends an item to the error output only if `error` is its one key, and then adds the input's columns.
		if (isFailure && this.onError === 'errorOutput') this.bad.push({ json: { error: result }, pairedItem });
		else this.good.push({ json: result, pairedItem });
	};

	/** Whether nothing of a verdict comes out but a number. */
	readonly isAlike = (verdict: Verdict): boolean => this.options.output !== 'all' && isOnlyCounted(verdict);

	/** Takes down before the first write how many more users the plan has room for. */
	readonly warnOfQuota = ({ userQuota }: PlanReading): void => {
		if (userQuota === undefined) return;
		this.userRoom = Math.max(0, userQuota.limit - userQuota.used);
		if (this.source.count !== undefined) this.compareWithRoom(this.source.count);
	};

	/** *Return Tokens*: a user was created with a value that the node made and cannot tell. */
	readonly noteUnknownMade = (): void => {
		this.unknownMade++;
	};

	private compareWithRoom(rows: number): void {
		if (this.userRoom === undefined || this.userRoom >= rows) return;
		this.hint(
			'warning',
			`The plan has room for ${count(this.userRoom)} more users and ${count(rows)} rows came in: those that are new beyond that cannot be created.`,
		);
	}

	/** Says which column became which field, where that is not plain to see. */
	tellColumns(report: ColumnReport, { compares }: { readonly compares: boolean }): void {
		this.columnsHint = columnsHint(report, { compares });
		this.phonesHint = phonesHint(report.chinesePhones ?? []);
	}

	/** Says what the operation knows and no row tells. */
	tellHints(hints: readonly string[]): void {
		this.operationHints = hints;
	}

	/**
	 * The items of a run that went through, whatever became of its rows.
	 * @throws NodeOperationError with On Error at Stop Workflow, when *Fail the Run When* says so
	 */
	async finish(report: RunReport, ports: Pick<HostPorts, 'breathe'>): Promise<INodeExecutionData[][]> {
		const { ended, note } = report;
		// How many rows a file has is known now.
		if (this.source.count === undefined) this.compareWithRoom(this.tally.rows);
		// A model that is told of each row can mend it; of a run that failed it would hear that it did.
		const isRunFailed = !this.isTool && failsRun(this.options, this.tally);
		if (isRunFailed && this.onError === 'stop') throw runFailed(this.node, this.tally, ended);
		this.hint(
			this.tally.attention > 0 ? 'warning' : 'info',
			this.nobody !== undefined && this.tally.rows === 0
				? this.nobody
				: this.tally.headline({ ...report, userRoom: this.userRoom }),
		);
		const ways =
			this.nobody !== undefined ? undefined : waysToRows(this.options, this.tally, this.onError === 'errorOutput');
		if (ways !== undefined) this.hint('info', ways);
		if (ended !== undefined) this.hint('warning', `The run ended early. ${ended.reason}`);
		if (isRunFailed)
			this.hint(
				'warning',
				'By "Fail the Run When" this run failed; the workflow goes on because of "On Error" in the settings of the node.',
			);
		if (this.columnsHint !== undefined) this.hint('info', this.columnsHint);
		if (this.phonesHint !== undefined) this.hint('warning', this.phonesHint);
		if (this.unknownMade > 0) this.hint('warning', unknownMadeHint(this.unknownMade));
		for (const hint of this.operationHints) this.hint('info', hint);
		if (note !== undefined) this.hint('info', note);
		for (const hint of this.source.hints?.() ?? []) this.hint('info', hint);
		return await this.emit(report, ports);
	}

	/**
	 * The items of a run that could not be carried out: one verdict for each row all the same.
	 * Rows without a verdict may have arrived if a request went out.
	 * @throws NodeOperationError with On Error at Stop Workflow
	 */
	async giveUp(error: unknown, ports: Pick<HostPorts, 'hasSent' | 'breathe'>): Promise<INodeExecutionData[][]> {
		const { message, description = '' } = explain(error);
		const reason = description === '' ? message : `${message}. ${description}`;
		if (this.onError === 'stop' && this.isTool)
			throw operationError(this.node, `${reason} ${succeededText(this.tally)}`.trim());
		if (this.onError === 'stop')
			throw operationError(this.node, message, `${description} ${succeededText(this.tally)}`.trim() || undefined);
		// Who reads a list writes nothing.
		const status = ports.hasSent && this.nobody === undefined ? 'unknown' : 'notAttempted';
		const code = error instanceof NothingListed ? { code: error.code } : {};
		const numbers = { attempts: 0, requestId: undefined, batch: undefined, ...code };
		const judged = this.tally.rows;
		let index = 0;
		let last: Row = { number: 0, item: 0, columns: {} };
		/** Where rows cannot be read any further, one verdict for each item stands for the rest of its rows. */
		const standIn = () => {
			for (let item = last.item; item < this.items.length; item++) {
				const rest = { number: item === last.item ? last.number + 1 : 1, item, columns: {} };
				this.take({ status: 'notAttempted', reason, row: rest.number, ...numbers }, rest);
			}
		};
		try {
			for await (const row of eachRow(this.source.rows())) {
				if (index >= judged) this.take({ status, reason, row: row.number, ...numbers }, row);
				last = row;
				if (++index % GIVEN_UP_IN_ONE_TURN === 0) await ports.breathe();
			}
			if (index === 0) standIn();
		} catch {
			standIn();
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
			const { bytes, format, columnsLeft, cellsCut } = await this.report.file(breathe);
			if (format !== this.options.reportFileFormat) this.hint('info', NO_WORKBOOK);
			if (columnsLeft > 0) this.hint('info', moreColumns(columnsLeft));
			if (cellsCut > 0) this.hint('info', cutCells(cellsCut));
			const { name, type } = REPORTS[format];
			return { report: await this.host.helpers.prepareBinaryData(bytes, name, type) };
		} catch (error) {
			// What became of the rows must not be lost with the file about it.
			this.hint('warning', `The report file could not be stored: ${explain(error).message}.`);
			return undefined;
		}
	}

	private hint(type: NodeExecutionHint['type'], message: string): void {
		this.host.addExecutionHints({ message: asHtml(message), type, location: 'outputPane' });
	}
}

function onErrorOf(host: IExecuteFunctions, { onError }: INode): OnError {
	if (onError === 'continueErrorOutput') return 'errorOutput';
	return host.continueOnFail() ? 'regularOutput' : 'stop';
}

function unknownMadeHint(users: number): string {
	return `${count(users)} of the created users have no tokens here: an answer was lost, and the service repeated an earlier one, so what was set for them is not known. Set it anew where it is needed.`;
}
