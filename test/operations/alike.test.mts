// Members whom the list of a group writes otherwise than the rows do: who may be named stays in (law 14).

import { describe, expect, test } from 'vitest';
import { MemberNotes } from '../../nodes/TokenIm/operations/group/memberNotes';
import type { Listed } from '../../nodes/TokenIm/engine/wire';
import { planMembers } from '../../nodes/TokenIm/operations/group/memberPlan';

const protocol = { fold: (_kind: 'user' | 'group', id: string) => id };
const settings = { most: 0, emptyMeansNobody: false, never: new Set<string>() };

function surplusOf(
	named: string,
	listed: readonly string[],
	more: { owner?: string; never?: ReadonlySet<string> } = {},
) {
	const notes = new MemberNotes(protocol);
	const entry = { id: 'g1', fields: {}, memberIds: [named] };
	notes.see({ ok: true, entry });
	const list = listed.map((id) => ({ id, record: {} }));
	const { owner, never = settings.never } = more;
	return planMembers(entry, list, owner, notes, { ...settings, never }, protocol).surplus;
}

describe.each([
	['Rene\u0301', 'Ren\u00E9'],
	['\uFF53\uFF11', 's1'],
	['s\u200B1', 's1'],
	['__proto__', '__proto__'],
])('%j of the list, which reads as %j,', (listed, reads) => {
	test('stays where a row names it, where it is the owner, and under Never These; others go', () => {
		expect(surplusOf(reads, [listed, 'other'])).toEqual(['other']);
		expect(surplusOf('x', [listed, 'other'], { owner: reads })).toEqual(['other']);
		expect(surplusOf('x', [listed, 'other'], { never: new Set([reads]) })).toEqual(['other']);
		expect(surplusOf('x', [listed])).toEqual([listed]);
	});
});

test.each([
	['Klasse Re\u0301', 'Klasse R\u00E9'],
	['\uFF43\uFF11', 'c1'],
	['c\u200B1', 'c1'],
])('a row about %j, which reads as %j, speaks of whom that group has, too', (written, reads) => {
	const notes = new MemberNotes(protocol);
	const entry = { id: reads, fields: {}, memberIds: ['s1'] };
	notes.see({ ok: true, entry });
	notes.see({ ok: true, entry: { ...entry, id: written, memberIds: ['s2'] } });
	const list = ['s1', 's2', 's3'].map((id) => ({ id, record: {} }));
	expect(planMembers(entry, list, undefined, notes, settings, protocol).surplus).toEqual(['s3']);
	notes.see({ ok: false, issues: [], id: written });
	expect(planMembers(entry, list, undefined, notes, settings, protocol).held).toContain('could not be read');
});

test('whom no request could be about stays', () => {
	const notes = new MemberNotes(protocol);
	const entry = { id: 'g1', fields: {} };
	const list: Listed[] = [
		{ id: 's1', record: {} },
		{ id: 's2', record: {} },
		{ id: 'bot-7', foreign: true, record: {} },
	];
	expect(planMembers(entry, list, undefined, notes, settings, protocol).surplus).toEqual(['s1', 's2']);
});

describe.each([
	['S2', 's2'],
	['7', '007'],
	['a7', 'A0007'],
	['\uFF37', 'w'],
])('a row names %j, whom the list has not, and %j is in it', (named, listed) => {
	const planned = (...inGroup: string[]) => {
		const notes = new MemberNotes(protocol);
		const entry = { id: 'g1', fields: {}, memberIds: [named, 'x'] };
		notes.see({ ok: true, entry });
		const list = [...inGroup, 'x', 'y'].map((id) => ({ id, record: {} }));
		return planMembers(entry, list, undefined, notes, settings, protocol);
	};

	test('who may be the same stays: a spreadsheet has changed the ID', () => {
		expect(planned(listed).surplus).toEqual(['y']);
	});

	test('where both are there, they are two', () => {
		expect(planned(listed, named).surplus).toEqual([listed, 'y']);
	});
});
