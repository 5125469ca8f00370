// A node that does nothing: what a process holds while it runs is n8n's, axios's and Node's.

import type { INodeType } from 'n8n-workflow';

const REQUESTS = 6;

/** Hands its items on, after a few requests to where its credential points. */
export const nothing: INodeType = {
	description: {
		displayName: 'Nothing',
		name: 'nothing',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Nothing' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'tokenImApi', required: true }],
		properties: [],
	},
	async execute() {
		const { baseUrl } = await this.getCredentials('tokenImApi');
		for (let number = 1; number <= REQUESTS; number++) {
			await this.helpers.httpRequest({
				url: `${String(baseUrl)}/limits`,
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
			});
		}
		return [this.getInputData().map(({ json }, item) => ({ json, pairedItem: { item } }))];
	},
};
