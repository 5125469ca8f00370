import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { properties } from './description';
import { readSettings } from './description/settings';
import { run } from './engine/run';
import type { RunReport } from './engine/run';
import { cancelSignalOf, createPorts, identityOf } from './host';
import { itemRows } from './input/rows';
import { createOperation } from './operations';
import { Output } from './output';
import { createProtocol } from './protocol/calls';
import { defaultProfile } from './protocol/profiles';

export class TokenIm implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'TokenIM',
		name: 'tokenIm',
		icon: { light: 'file:tokenIm.svg', dark: 'file:tokenIm.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Create, update and verify TokenIM users and groups in bulk, and see what became of every row',
		defaults: { name: 'TokenIM' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'tokenImApi', required: true }],
		properties,
	};

	/** Never throws in n8n's Continue modes: every row has a verdict, whatever happens. */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const output = new Output(this);
		const ports = createPorts(this);
		let report: RunReport;
		try {
			report = await carryOut(this, ports, output);
		} catch (error) {
			return output.giveUp(error, ports.hasSent);
		}
		return output.finish(report);
	}
}

async function carryOut(host: IExecuteFunctions, ports: ReturnType<typeof createPorts>, output: Output): Promise<RunReport> {
	const { choice, options } = readSettings(host);
	output.options = options;
	const protocol = createProtocol(defaultProfile);
	const { operation, columns } = createOperation(choice, defaultProfile, protocol);
	await columns.check(itemRows(host.getInputData()), ports.breathe);
	return await run({
		rows: itemRows(host.getInputData()),
		operation,
		planCall: protocol.limits(),
		limits: protocol.defaultLimits,
		caps: { entriesPerRequest: options.batchSize, concurrentRequests: options.concurrentRequests },
		settings: { requestTimeoutMs: options.requestTimeoutMs, maxRunTimeMs: options.maximumRunTimeMs, readLagMs: protocol.readLagMs },
		ports,
		identity: identityOf(host),
		cancel: cancelSignalOf(host),
		sink: output.take,
		onPlan: choice.resource === 'user' && choice.operation !== 'verify' ? output.warnOfQuota : undefined,
	});
}
