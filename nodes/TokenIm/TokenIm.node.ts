import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { properties } from './description';

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

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [[]];
	}
}
