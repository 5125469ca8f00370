// What `n8n execute` prints, read back: which node ran, with which items, and what went wrong.

/** One item that a node put out. */
export interface OutputItem {
	readonly json: Readonly<Record<string, unknown>>;
	readonly pairedItem?: unknown;
}

/** One run of one node. */
export interface NodeRun {
	readonly startTime: number;
	/** In milliseconds. */
	readonly executionTime: number;
	/** Its order among all node runs. */
	readonly executionIndex: number;
	readonly executionStatus?: string;
	readonly error?: RunError;
	readonly hints?: ReadonlyArray<{ readonly message: string; readonly type?: string }>;
	/** `data.main[output][item]` */
	readonly data?: { readonly main?: ReadonlyArray<readonly OutputItem[] | null> };
}

export interface RunError {
	readonly message: string;
	readonly description?: string | null;
	readonly node?: { readonly name: string };
}

/** A finished run of a workflow. */
export interface RunResult {
	readonly runData: Readonly<Record<string, readonly NodeRun[]>>;
	readonly error?: RunError;
	readonly status?: string;
}

/** The items of a node's output, all its runs together. Output 1 of a node with *Continue (using error output)* is its error output. */
export function outputOf(result: RunResult, node: string, output = 0): readonly OutputItem[] {
	return (result.runData[node] ?? []).flatMap((run) => run.data?.main?.[output] ?? []);
}

/**
 * Finds the result in what `n8n execute --rawOutput` printed: n8n writes it among its log lines, indented, so it is
 * what stands between a line `{` and the next line `}`. Undefined where there is none.
 */
export function parseRun(printed: string): RunResult | undefined {
	const lines = printed.split('\n');
	const from = lines.indexOf('{');
	const to = lines.indexOf('}', from + 1);
	if (from < 0 || to < 0) return undefined;
	const run: unknown = JSON.parse(lines.slice(from, to + 1).join('\n'));
	if (!isObject(run) || !isObject(run.data) || !isObject(run.data.resultData)) return undefined;
	const { runData, error } = run.data.resultData;
	return {
		runData: isObject(runData) ? (runData as RunResult['runData']) : {},
		error: isObject(error) ? (error as unknown as RunError) : undefined,
		status: typeof run.status === 'string' ? run.status : undefined,
	};
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
