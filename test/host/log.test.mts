// Where the lines of a run's log go: what n8n has for what happens before a node is done.

import { expect, test } from 'vitest';
import { createPorts } from '../../nodes/TokenIm/host/ports';
import { runWorkflow } from './engine.mts';
import { nodeThat } from './fakeNode.mts';

test('a line of the log is in the message alone, and reaches who looks on', async () => {
	const told: unknown[] = [];
	const nodeType = nodeThat(async (host) => {
		const info = (...what: unknown[]) => void told.push(['log', ...what]);
		const sendMessageToUI = (...what: unknown[]) => void told.push(['console', ...what]);
		const watched: typeof host = Object.create(host, {
			logger: { value: { ...host.logger, info } },
			sendMessageToUI: { value: sendMessageToUI },
		});
		createPorts(watched).log('TokenIM: created 100, 2 requests so far');
		// The real one, where nobody looks on.
		createPorts(host).log('TokenIM: created 200, 3 requests so far');
		return [];
	});
	const { error } = await runWorkflow({ items: [{}], nodeType });
	expect(error).toBeUndefined();
	expect(told).toEqual([
		['log', 'TokenIM: created 100, 2 requests so far'],
		['console', 'TokenIM: created 100, 2 requests so far'],
	]);
});
