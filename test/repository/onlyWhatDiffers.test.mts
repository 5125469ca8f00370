// What Only What Differs tells its user stands in docs/messages.md.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { everyRowInstead, onlyWhatDiffers } from '../../nodes/TokenIm/operations/onlyWhatDiffers';
import { createProtocol } from '../../nodes/TokenIm/protocol/calls';
import { defaultProfile } from '../../nodes/TokenIm/protocol/profiles';
import { planHeadline } from '../../nodes/TokenIm/output/planWords';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/messages.md'), 'utf8');

test('the messages to a key that may not read users', () => {
	for (const file of ['user/batchUpsert.ts', 'validateOnly.ts']) {
		const source = readFileSync(join(root, 'nodes/TokenIm/operations', file), 'utf8');
		const [message = ''] = /The key may not read users: [^']+/.exec(source) ?? [];
		expect(message).not.toBe('');
		expect(page).toContain(`| ${message} |`);
	}
});

test('the hints about what could not be compared', () => {
	expect(page).toContain(everyRowInstead('…'));
	const made = onlyWhatDiffers(defaultProfile, createProtocol(defaultProfile).queryUsers());
	for (let row = 0; row < 3; row++) made?.decide({ id: 'u1', fields: {} }, { kind: 'unknown', reason: 'r' });
	for (let row = 0; row < 12; row++) made?.asks({ id: 'u1', fields: { password: 'x' } });
	expect(made?.hints()).toHaveLength(2);
	for (const hint of made?.hints() ?? []) expect(page).toContain(hint);
});

test('the headline of a plan', () => {
	const woulds = new Map([['created', 9] as const, ['updated', 12] as const, ['unchanged', 9_979] as const]);
	const facts = { requests: 51, spared: { sent: 1, ofAll: 101 }, requestsPerSecond: 20, userRoom: 31_000 };
	expect(page).toContain(`"${planHeadline(woulds, facts)}"`);
});
