// Makes the rows of one call and starts the clock. It has an output for each way to send them; the call names one.

const { rowAt } = require('../rows.cjs');

const WAYS = ['node', 'summary', 'loop', 'batches', 'single', 'file', 'differing', 'memory'];
/** Their rows are in a file, or made by the node that sends them. */
const ONE_ITEM = ['file', 'differing', 'memory'];

class Rows {
	description = {
		displayName: 'Bench: Rows',
		name: 'rows',
		group: ['input'],
		version: 1,
		description: 'Makes rows',
		defaults: { name: 'Rows' },
		inputs: ['main'],
		outputs: WAYS.map(() => 'main'),
		outputNames: WAYS,
		properties: [],
	};

	async execute() {
		const { way, rows, weigh, profile } = this.getInputData()[0].json.query;
		if (!WAYS.includes(way)) return WAYS.map(() => []);
		const count = ONE_ITEM.includes(way) ? 1 : Number(rows);
		const items = Array.from({ length: count }, (_, index) => ({ json: rowAt(index), pairedItem: { item: 0 } }));
		globalThis[Symbol.for('tokenim.bench.meters')].begin(weigh === 'true', profile);
		return WAYS.map((known) => (known === way ? items : []));
	}
}

module.exports = { Rows };
