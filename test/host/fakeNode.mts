// A node that does what a test says, in place of the package's own.

import { createRequire } from 'node:module';
import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

const require = createRequire(import.meta.url);
const { NodeConnectionTypes }: typeof import('n8n-workflow') = require('n8n-workflow');

export function nodeThat(execute: (host: IExecuteFunctions) => Promise<INodeExecutionData[]>): INodeType {
	return {
		description: {
			displayName: 'Fake',
			name: 'tokenIm',
			group: ['transform'],
			version: 1,
			description: '',
			defaults: { name: 'Fake' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			credentials: [{ name: 'tokenImApi' }],
			properties: [],
		},
		async execute() {
			return [await execute(this)];
		},
	};
}
