// n8n's own engine (n8n-core's WorkflowExecute) around one node: Items → node → its outputs. Nothing that n8n decides is
// imitated here; its database and its instance folder alone are left out. Runs in any process, not in a test's alone.

import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
	ICredentialDataDecryptedObject,
	ICredentialsHelper,
	ICredentialType,
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IWorkflowExecuteAdditionalData,
	NodeExecutionHint,
} from 'n8n-workflow';
import type { BuiltPackage } from './package.mts';

// A node of a package gets n8n-workflow as CommonJS, as n8n-core does. An import would bring a second copy of it, with
// error classes of its own.
const require = createRequire(import.meta.url);
const {
	Workflow,
	NodeConnectionTypes,
	createRunExecutionData,
}: typeof import('n8n-workflow') = require('n8n-workflow');

/** n8n's folder in this process. Whoever runs workflows here removes it. */
export const instanceFolder = mkdtempSync(join(tmpdir(), 'tokenim-host-'));
process.env.N8N_USER_FOLDER = instanceFolder;
process.env.N8N_LOG_LEVEL = 'silent';
const {
	BinaryDataConfig,
	BinaryDataService,
	ExecutionLifecycleHooks,
	ExternalSecretsProxy,
	WorkflowExecute,
}: typeof import('n8n-core') = require('n8n-core');
/** Where this n8n would be, if it listened. */
const N8N_URL = 'http://127.0.0.1:5678/';

/** A file that an item brings. */
export interface IncomingFile {
	readonly content: string | Uint8Array;
	readonly fileName?: string;
	readonly mimeType?: string;
}

export interface WorkflowOptions {
	readonly items: readonly IDataObject[];
	/** Files by field, for the item at the same place; kept where n8n keeps them. */
	readonly files?: ReadonlyArray<Readonly<Record<string, IncomingFile>>>;
	/** The node's parameters; what is left out is at its default. */
	readonly parameters?: INodeParameters;
	/** *On Error* in the settings of the node; n8n's default is to stop. */
	readonly onError?: INode['onError'];
	/** *Retry On Fail* with so many tries. */
	readonly tries?: number;
	/** Of the credential; `null` for a node that has none selected. */
	readonly credentials?: ICredentialDataDecryptedObject | null;
	/** The node; the package's own, as built, where it is left out. */
	readonly nodeType?: INodeType;
	readonly executionId?: string;
	/** Of the workflow. */
	readonly timeZone?: string;
	/** How the workflow hands files on: with the item, or, `combined`, among its JSON. */
	readonly binaryMode?: 'separate' | 'combined';
	/** When somebody presses Stop. */
	readonly stop?: AbortSignal;
}

/** From here on n8n keeps files on disk, as it does by default outside these tests. */
export async function keepFilesOnDisk(): Promise<void> {
	const { Container }: typeof import('@n8n/di') = createRequire(require.resolve('n8n-core'))('@n8n/di');
	Container.get(BinaryDataConfig).mode = 'filesystem';
	await Container.get(BinaryDataService).init();
}

export interface WorkflowResult {
	/** What each output hands on: the success output, then the error output where there is one. */
	readonly outputs: ReadonlyArray<readonly INodeExecutionData[]>;
	/** Which nodes ran after it: `Done`, `Failed`. */
	readonly ranAfter: readonly string[];
	readonly status: string;
	readonly error: { readonly message: string; readonly description?: string | null } | undefined;
	/** As the editor shows them, as is what the error says. */
	readonly hints: readonly NodeExecutionHint[];
	/** The same, and the description of the error, as n8n was handed them. */
	readonly handedOver: readonly string[];
	/** How often n8n ran the node. */
	readonly executions: number;
}

/** Runs the node of a package once, in a workflow of its own. */
export async function runNode(
	{ nodeType, credentialType }: BuiltPackage,
	options: WorkflowOptions,
): Promise<WorkflowResult> {
	let executions = 0;
	const node = options.nodeType ?? nodeType;
	const counted: INodeType = {
		...node,
		description: node.description,
		async execute() {
			executions++;
			return (await node.execute?.call(this)) ?? [[]];
		},
	};
	const workflow = workflowOf(options, counted);
	const hooks = new ExecutionLifecycleHooks('manual', options.executionId ?? '1', await exported(workflow));
	const execution = new WorkflowExecute(hostData(options, hooks, credentialType), 'manual', startData(workflow));
	const running = execution.processRunExecutionData(workflow);
	options.stop?.addEventListener('abort', () => running.cancel(), { once: true });
	const run = await running;
	const { runData, error } = run.data.resultData;
	const task = runData.TokenIM?.at(-1);
	const failure = task?.error ?? error;
	const hints = task?.hints ?? [];
	const handedOver = [...hints.map(({ message }) => message), failure?.description ?? ''];
	if (typeof failure?.description === 'string') failure.description = asShown(failure.description);
	return {
		outputs: (task?.data?.main ?? []).map((items) => items ?? []),
		ranAfter: ['Done', 'Failed'].filter((name) => runData[name] !== undefined),
		status: run.status,
		error: failure,
		hints: hints.map((hint) => ({ ...hint, message: asShown(hint.message) })),
		handedOver,
		executions,
	};
}

/** A quote reads in HTML as it is; what else is escaped there stays in sight, for the tests of markup. */
function asShown(html: string): string {
	return html.replaceAll('&quot;', '"');
}

type Workflow = InstanceType<typeof Workflow>;

function workflowOf(options: WorkflowOptions, nodeType: INodeType): Workflow {
	const types = new Map([
		['test.items', passing('Items', async (host) => await incoming(host, options))],
		['test.end', passing('End', async (host) => host.getInputData())],
		['n8n-nodes-tokenim.tokenIm', nodeType],
	]);
	const typeOf = (name: string): INodeType => {
		const type = types.get(name);
		if (type === undefined) throw new Error(`No node type ${name}`);
		return type;
	};
	const { onError, tries, credentials, parameters = {} } = options;
	const tokenIm: INode = {
		...nodeOf('TokenIM', 'n8n-nodes-tokenim.tokenIm'),
		parameters,
		...(onError === undefined ? {} : { onError }),
		...(tries === undefined ? {} : { retryOnFail: true, maxTries: tries, waitBetweenTries: 1 }),
		...(credentials === null ? {} : { credentials: { tokenImApi: { id: '1', name: 'TokenIM' } } }),
	};
	return new Workflow({
		id: 'workflow',
		name: 'Host test',
		active: false,
		nodes: [nodeOf('Items', 'test.items'), tokenIm, nodeOf('Done', 'test.end'), nodeOf('Failed', 'test.end')],
		connections: {
			Items: { main: [[to('TokenIM')]] },
			TokenIM: { main: [[to('Done')], [to('Failed')]] },
		},
		nodeTypes: { getByName: typeOf, getByNameAndVersion: typeOf, getKnownTypes: () => ({}) },
		settings: {
			executionOrder: 'v1',
			...(options.timeZone === undefined ? {} : { timezone: options.timeZone }),
			...(options.binaryMode === undefined ? {} : { binaryMode: options.binaryMode }),
		},
	});
}

function nodeOf(name: string, type: string): INode {
	return { id: `id-${name}`, name, type, typeVersion: 1, position: [0, 0], parameters: {} };
}

function to(node: string) {
	return { node, type: NodeConnectionTypes.Main, index: 0 };
}

async function incoming(
	{ helpers }: IExecuteFunctions,
	{ items, files = [] }: WorkflowOptions,
): Promise<INodeExecutionData[]> {
	const stored = async ({ content, fileName, mimeType }: IncomingFile) =>
		await helpers.prepareBinaryData(Buffer.from(content), fileName, mimeType);
	return await Promise.all(
		items.map(async (json, item): Promise<INodeExecutionData> => {
			const fields = Object.entries(files[item] ?? {}).map(
				async ([field, file]) => [field, await stored(file)] as const,
			);
			return fields.length === 0 ? { json } : { json, binary: Object.fromEntries(await Promise.all(fields)) };
		}),
	);
}

function passing(displayName: string, output: (host: IExecuteFunctions) => Promise<INodeExecutionData[]>): INodeType {
	return {
		description: {
			displayName,
			name: displayName.toLowerCase(),
			group: ['transform'],
			version: 1,
			description: '',
			defaults: { name: displayName },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		async execute() {
			return [await output(this)];
		},
	};
}

function startData(workflow: Workflow) {
	const node = workflow.getNode('Items');
	if (node === null) throw new Error('The workflow has no first node');
	return createRunExecutionData({
		executionData: { nodeExecutionStack: [{ node, data: { main: [[{ json: {} }]] }, source: null }] },
	});
}

async function exported({ id, nodes, connectionsBySourceNode, settings }: Workflow) {
	const now = new Date(0);
	return {
		id,
		name: 'Host test',
		active: false,
		isArchived: false,
		createdAt: now,
		updatedAt: now,
		activeVersionId: null,
		nodes: Object.values(nodes),
		connections: connectionsBySourceNode,
		settings,
	};
}

/** What n8n hands to every execution. */
export function hostData(
	options: WorkflowOptions,
	hooks: IWorkflowExecuteAdditionalData['hooks'],
	credentialType: ICredentialType,
): IWorkflowExecuteAdditionalData {
	const none = async (): Promise<never> => await Promise.reject(new Error('Not part of these tests'));
	return {
		credentialsHelper: credentialsHelper(options.credentials ?? {}, credentialType),
		executionId: options.executionId ?? '1',
		hooks,
		currentNodeExecutionIndex: 0,
		executeWorkflow: none,
		getRunExecutionData: none,
		getRuntimeCredential: none,
		startRunnerTask: none,
		logAiEvent: () => undefined,
		externalSecretsProxy: new ExternalSecretsProxy(),
		variables: {},
		restApiUrl: N8N_URL,
		instanceBaseUrl: N8N_URL,
		formBaseUrl: N8N_URL,
		formWaitingBaseUrl: N8N_URL,
		formTestBaseUrl: N8N_URL,
		webhookBaseUrl: N8N_URL,
		webhookWaitingBaseUrl: N8N_URL,
		webhookTestBaseUrl: N8N_URL,
		mcpBaseUrl: N8N_URL,
		mcpTestBaseUrl: N8N_URL,
	};
}

/** Where n8n keeps credentials in its database, here they are at hand; signing is the package's own. */
function credentialsHelper(
	data: ICredentialDataDecryptedObject,
	{ authenticate }: ICredentialType,
): ICredentialsHelper {
	const none = async (): Promise<never> => await Promise.reject(new Error('Not part of these tests'));
	return {
		getParentTypes: () => [],
		isCredentialUsableByNode: () => true,
		authenticate: async (credentials, _type, request) =>
			typeof authenticate === 'function' && 'url' in request ? await authenticate(credentials, request) : await none(),
		preAuthentication: async () => undefined,
		runPreAuthentication: async () => undefined,
		getDecrypted: async () => data,
		getCredentialsProperties: () => [],
		getCredentials: none,
		updateCredentials: none,
		updateCredentialsOauthTokenData: none,
	};
}
