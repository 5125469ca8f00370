// Undo of updates at services that want a field with each change, or give one a value of their own: what goes with the
// earlier values is what is there now, never the run's, never a default.

import { describe, expect, it } from 'vitest';

import type { Change } from '../../nodes/TokenIm/engine/types';
import { compileEarlierValues } from '../../nodes/TokenIm/operations/earlierValues';
import { readProfile } from '../../nodes/TokenIm/protocol/profile/profile';
import json from '../../nodes/TokenIm/protocol/profiles/tokenim-rest-v1.json' with { type: 'json' };

const { user } = json.fields;
const ENTRY = { id: 'ann', fields: { userId: 'ann' } };
const EMAIL: Change = { field: 'email', from: 'old@example.com', to: 'new@example.com' };
const HELD = { username: 'Annie', email: 'new@example.com', phone: '+8613800138000', attributes: { class: '3B' } };

/** What is taken back at a service with other rules for some fields. */
function takeBack(rules: object, changes: readonly Change[], record: Readonly<Record<string, unknown>>) {
	const profile = readProfile({ ...json, fields: { ...json.fields, user: { ...user, ...rules } } });
	return compileEarlierValues(profile).takeBack(ENTRY, { changes, areCells: false }, record);
}

const ALWAYS = { username: { ...user.username, required: 'always' } };
const DEFAULT = { phone: { ...user.phone, default: '+44' } };

describe('what a service wants with each change', () => {
	it('goes as it is held now, although the run did not change it', () => {
		const { entry, changes, kept } = takeBack(ALWAYS, [EMAIL], HELD);
		expect(entry.fields).toEqual({ userId: 'ann', username: 'Annie', email: 'old@example.com' });
		expect([changes, kept]).toEqual([[{ field: 'email', from: 'new@example.com', to: 'old@example.com' }], []]);
	});

	it('goes as somebody else has made it since, where the run changed it too', () => {
		const named: Change = { field: 'username', from: 'Ann', to: 'Anna' };
		const { entry, kept } = takeBack(ALWAYS, [named, EMAIL], HELD);
		expect(entry.fields).toEqual({ userId: 'ann', username: 'Annie', email: 'old@example.com' });
		expect(kept).toEqual([{ field: 'username', reason: expect.stringContaining('somebody has changed it since') }]);
	});

	it('goes with its earlier value, where that goes back', () => {
		const named: Change = { field: 'username', from: 'Ann', to: 'Annie' };
		expect(takeBack(ALWAYS, [named], HELD).entry.fields).toEqual({ userId: 'ann', username: 'Ann' });
	});

	it.each([
		['is not told', {}],
		['is told to be empty', { username: null }],
	])('keeps the row, each field with the reason, where it %s', (_what, told) => {
		const { username: _, ...others } = HELD;
		const { entry, changes, kept } = takeBack(ALWAYS, [EMAIL], { ...others, ...told });
		expect([entry, changes]).toEqual([ENTRY, []]);
		expect(kept).toEqual([
			{ field: 'email', reason: 'A request has to give username too, and the look-up does not tell it.' },
		]);
	});

	it('is all of the attributes where it is these: those that go back over those that are there', () => {
		const all = { attributes: { ...user.attributes, required: 'always' } };
		const moved: Change = { field: 'attributes.class', from: '2A', to: '3B' };
		const record = { ...HELD, attributes: { class: '3B', later: 'y' } };
		expect(takeBack(all, [moved], record).entry.fields).toEqual({
			userId: 'ann',
			attributes: { class: '2A', later: 'y' },
		});
	});
});

describe('a field to which a profile gives a value where a row of somebody new has none', () => {
	it.each([
		['is held', HELD],
		['is empty', { ...HELD, phone: null }],
	])('is left alone, where it %s', (_what, record) => {
		const { entry, changes } = takeBack(DEFAULT, [EMAIL], record);
		expect(entry.fields).toEqual({ userId: 'ann', email: 'old@example.com' });
		expect(changes).toHaveLength(1);
	});
});
