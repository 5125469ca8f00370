// Stops the clock and puts out one item: what was measured, and how many rows came through with which status.

class Reading {
	description = {
		displayName: 'Bench: Reading',
		name: 'reading',
		group: ['output'],
		version: 1,
		description: 'Reads the meters',
		defaults: { name: 'Reading' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
	};

	async execute() {
		const measured = globalThis[Symbol.for('tokenim.bench.meters')].end();
		const statuses = {};
		for (const { json } of this.getInputData()) {
			const counts = json.statuses ?? { [json.status ?? json.results?.[0]?.status]: 1 };
			for (const [status, count] of Object.entries(counts)) statuses[status] = (statuses[status] ?? 0) + count;
		}
		return [[{ json: { ...measured, statuses }, pairedItem: { item: 0 } }]];
	}
}

module.exports = { Reading };
