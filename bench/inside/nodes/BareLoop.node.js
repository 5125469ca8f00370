// The floor for any node: batches of 100 through `httpRequestWithAuthentication`, nothing checked, nothing repaired,
// one item for each row. *Answer As* and *Credential* are what the node under test may choose differently.

const { Buffer } = require('node:buffer');
const { rowAt } = require('../rows.cjs');

const BATCH = 100;

class BareLoop {
	description = {
		displayName: 'Bench: Bare Loop',
		name: 'bareLoop',
		group: ['output'],
		version: 1,
		description: 'Sends rows without any care',
		defaults: { name: 'Bare Loop' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'tokenImApi', required: true }],
		properties: [
			{ displayName: 'Concurrent Requests', name: 'concurrency', type: 'number', default: 4 },
			{
				displayName: 'Answer As',
				name: 'answerAs',
				type: 'string',
				default: 'arraybuffer',
				description: 'Arraybuffer or stream',
			},
			{
				displayName: 'Credential',
				name: 'credential',
				type: 'string',
				default: 'each',
				description: 'Read for each request, or once',
			},
			{
				displayName: 'Rows of Its Own',
				name: 'ownRows',
				type: 'number',
				default: 0,
				description: 'How many rows to make and send in place of the items; one item comes out',
			},
		],
	};

	async execute() {
		const items = this.getInputData();
		const concurrency = Number(this.getNodeParameter('concurrency', 0));
		const answerAs = this.getNodeParameter('answerAs', 0);
		const once = this.getNodeParameter('credential', 0) === 'once';
		const more = once
			? [
					{
						credentialsDecrypted: {
							id: '1',
							name: 'once',
							type: 'tokenImApi',
							data: await this.getCredentials('tokenImApi'),
						},
					},
				]
			: [];
		const ownRows = Number(this.getNodeParameter('ownRows', 0));
		const count = ownRows || items.length;
		const statuses = {};
		const output = new Array(items.length);
		let next = 0;
		const work = async () => {
			while (next < count) {
				const from = next;
				next += BATCH;
				const users = ownRows
					? Array.from({ length: Math.min(BATCH, count - from) }, (_, index) => rowAt(from + index))
					: items.slice(from, from + BATCH).map(({ json }) => json);
				const response = await this.helpers.httpRequestWithAuthentication.call(
					this,
					'tokenImApi',
					{
						method: 'POST',
						url: '/users/batch',
						headers: { Accept: 'application/json' },
						body: Buffer.from(JSON.stringify({ onConflict: 'skip', users })),
						encoding: answerAs,
						returnFullResponse: true,
						ignoreHttpStatusErrors: true,
						disableFollowRedirect: true,
					},
					...more,
				);
				const { results } = await parsed(response.body);
				if (results === undefined) throw new Error(`The service answered ${response.statusCode}`);
				if (ownRows) for (const { status } of results) statuses[status] = (statuses[status] ?? 0) + 1;
				else
					for (const [index, result] of results.entries())
						output[from + index] = { json: result, pairedItem: { item: from + index } };
			}
		};
		await Promise.all(Array.from({ length: concurrency }, work));
		return [ownRows ? [{ json: { statuses }, pairedItem: { item: 0 } }] : output];
	}
}

async function parsed(body) {
	if (body instanceof Uint8Array) return JSON.parse(Buffer.from(body).toString());
	const chunks = [];
	for await (const chunk of body) chunks.push(chunk);
	return JSON.parse(Buffer.concat(chunks).toString());
}

module.exports = { BareLoop };
