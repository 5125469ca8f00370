import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IExecuteFunctions,
	INodeCredentialTestResult,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { carryOut } from './carryOut';
import { sendTest } from './host/credentialTestRequest';
import { properties } from './description';
import { subtitleOf } from './description/subtitle';
import type { RunReport } from './engine/run';
import { getFields } from './host/getFields';
import { createPorts } from './host/ports';
import { asTitle } from './output/markup';
import { Output } from './output/output';
import { testCredential } from './protocol/auth/testCredential';
import { defaultProfile } from './protocol/profiles';
import { createNonce } from './protocol/auth/sign';
import { TOKENS } from './output/item';

/** Users and groups of TokenIM in bulk, and one verdict for each row. */

export class TokenIm implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'TokenIM',
		name: 'tokenIm',
		icon: { light: 'file:tokenIm.svg', dark: 'file:tokenIm.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: subtitleOf(properties),
		description:
			'Create, update, sync, verify and delete TokenIM users and groups in bulk, and see what became of every row',
		defaults: { name: 'TokenIM' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		sensitiveOutputFields: [TOKENS],
		credentials: [{ name: 'tokenImApi', required: true, testedBy: 'tokenImApiTest' }],
		properties,
	};

	methods = {
		resourceMapping: { getFields },
		credentialTest: {
			async tokenImApiTest(
				this: ICredentialTestFunctions,
				{ data = {} }: ICredentialsDecrypted,
			): Promise<INodeCredentialTestResult> {
				const { request } = this.helpers;
				const { status, message } = await testCredential(
					async (options, timeoutMs) => await sendTest(request, options, timeoutMs),
					defaultProfile,
					data,
					Date.now(),
					createNonce(defaultProfile),
				);
				return { status, message: asTitle(message) };
			},
		},
	};

	/** Never throws in n8n's Continue modes: every row has a verdict, whatever happens. */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const output = new Output(this);
		const ports = createPorts(this);
		let report: RunReport;
		try {
			report = await carryOut(this, ports, output);
		} catch (error) {
			return await output.giveUp(error, ports);
		}
		return await output.finish(report, ports);
	}
}
