// `npm run profile -- try` tells a profile that lies: what it says of rows is compared with what look-ups show.

import { describe, expect, it } from 'vitest';

import { parseProfile } from '../../nodes/TokenIm/protocol/profile/profile';
import type { Prompt } from '../../scripts/profile/prompt.mts';
import { tryOut } from '../../scripts/profile/try.mts';
import {
	createHeron,
	HONEST,
	LIES_OF_DELETIONS,
	LIES_OF_MEMBERS,
	LIES_OF_MEMBERS_SEEN,
	LIES_OF_SECRETS,
	LIES_OF_USERS,
	SECRET,
} from './heron.mts';
import {
	createHeronWithLists,
	HONEST_OF_LISTS,
	LIES_OF_CURSORS,
	LIES_OF_GROUPS,
	LIES_OF_PAGES,
	LIES_OF_REACTIVATING,
	LIES_OF_REMOVALS,
	LIES_OF_SUSPENDING,
	LIES_OF_SUSPENDING_IN_LISTS,
} from './heronLists.mts';
import { useServed, type Served } from './serve.mts';

const serve = useServed();

interface Tried {
	readonly code: number;
	readonly out: string;
	readonly served: Served;
	readonly people: ReadonlyMap<string, unknown>;
}

/** @param wrongSecret whether the person agrees to send one */
async function tried(profile: object, wrongSecret = false, heron = createHeron()): Promise<Tried> {
	const served = await serve(heron.service);
	const lines: string[] = [];
	const text = JSON.stringify(profile);
	const prompt: Prompt = {
		ask: async (what) => {
			if (what.includes('Base URL')) return served.url;
			if (what.includes('API secret')) return SECRET;
			return what.includes('wrong secret') && !wrongSecret ? 'no' : 'yes';
		},
		close: () => undefined,
	};
	const code = await tryOut(text, parseProfile(text), prompt, (line) => lines.push(line));
	return { code, out: lines.join('\n'), served, people: heron.people };
}

describe('trying a profile', () => {
	it('passes an honest one, and leaves nobody', async () => {
		const { code, out, people } = await tried(HONEST, true);
		expect(out).toContain('All came as expected.');
		expect(out).toMatch(/Refuse a wrong secret\n {2}refused: .*The secret is wrong\./);
		expect(code).toBe(0);
		expect([...people.keys()]).toEqual([]);
	});

	it('sends old and new users, and a bad id beside a good one, in one request each', async () => {
		const { served } = await tried(HONEST);
		const imports = served.seen
			.filter(({ path }) => path === '/people/import')
			.map(({ text }) => text.match(/n8ntry[^"]*/g)?.map((id) => id.slice(14)));
		expect(imports).toContainEqual(['a', 'b', 'c']);
		expect(imports).toContainEqual(['e', '!bad']);
	});

	it('tells one that reads a partial import as done', async () => {
		const { code, out } = await tried(LIES_OF_USERS);
		expect(code).toBe(1);
		expect(out).toMatch(
			/n8ntry\w+a: the profile says updated, but a look-up shows something else: username: "Tried a" here, "Try a"/,
		);
		expect(out).toMatch(/n8ntry\w+!bad: the profile says created, but a look-up does not find it/);
		expect(out).toMatch(/Not as expected: create or update n8ntry\w+a .*; create n8ntry\w+e, and with it an id/);
	});

	it('shows what the service answered to it', async () => {
		const { out } = await tried(LIES_OF_USERS);
		expect(out).toMatch(/POST \/people\/import was answered with HTTP 200 \{"code":0,"errors":\[\{"id":"n8ntry/);
		expect(out).not.toContain(SECRET);
	});

	it('tells one that reads members who were not added as added', async () => {
		const { code, out } = await tried(LIES_OF_MEMBERS);
		expect(code).toBe(1);
		expect(out).toMatch(
			/n8ntry\w+z: the profile says that it was added to the group, but a look-up knows no such user/,
		);
		expect(out).toMatch(/Not as expected: add n8ntry\w+c to that group/);
	});

	it('asks who is in the group, where that can be asked', async () => {
		const { code, out } = await tried(LIES_OF_MEMBERS_SEEN);
		expect(code).toBe(1);
		expect(out).toMatch(/n8ntry\w+z: the profile says that it is in the group, but a look-up does not find it there/);
	});

	it('tells one that reads as a failure what was done', async () => {
		const { code, out } = await tried(HONEST, false, createHeron(true));
		expect(code).toBe(1);
		expect(out).toMatch(/n8ntry\w+!bad: the profile says failed, but a look-up finds it/);
	});

	it('tells one that believes deletions which delete nobody', async () => {
		const { code, out, people } = await tried(LIES_OF_DELETIONS);
		expect(code).toBe(1);
		expect(people.size).toBeGreaterThan(0);
		expect(out).toMatch(/n8ntry\w+a: the profile says deleted, but a look-up still finds it/);
	});

	it('sends a wrong secret only where somebody agrees, and tells one that lets it pass', async () => {
		const isWrong = (served: Served) => served.seen.some(({ headers }) => headers['x-secret'] !== SECRET);
		const unasked = await tried(LIES_OF_SECRETS);
		expect([unasked.code, isWrong(unasked.served)]).toEqual([0, false]);
		const asked = await tried(LIES_OF_SECRETS, true);
		expect([asked.code, isWrong(asked.served)]).toEqual([1, true]);
		expect(asked.out).toContain('Not as expected: refuse a wrong secret.');
	});
});

describe('trying a profile that lists and takes away', () => {
	const triedOn = async (profile: object) => await tried(profile, false, createHeronWithLists());

	it('passes an honest one, and leaves nobody and no group', async () => {
		const { code, out, people } = await triedOn(HONEST_OF_LISTS);
		expect(out).toContain('All came as expected.');
		for (const said of ['c: listed', 'g: listed', 'b: removed', 'b: suspended', 'b: reactivated', 'g: deleted'])
			expect(out).toMatch(new RegExp(`n8ntry\\w+${said}`));
		expect(out).toContain('Left on the service: nothing');
		expect([code, people.size]).toEqual([0, 0]);
	});

	it.each<[string, object, RegExp, RegExp]>([
		[
			'a list that says it is whole and leaves people out',
			LIES_OF_PAGES,
			/n8ntry\w+c: not in the list\. The list ended, as the profile reads it, without it\./,
			/in the list of users/,
		],
		[
			'a cursor that gives the same page again',
			LIES_OF_CURSORS,
			/The list could not be read to its end\. A page pointed back to one that was read before/,
			/in the list of users/,
		],
		[
			'a removal that is answered and not done',
			LIES_OF_REMOVALS,
			/n8ntry\w+b: the profile says removed, but the service still has it in the group/,
			/take n8ntry\w+b out of that group/,
		],
		[
			'a suspension that is answered and not done',
			LIES_OF_SUSPENDING,
			/n8ntry\w+b: the profile says suspended, but the service says that it can sign in/,
			/suspend n8ntry\w+b/,
		],
		[
			'the same where only the list tells who can sign in',
			LIES_OF_SUSPENDING_IN_LISTS,
			/n8ntry\w+b: the profile says suspended, but the service says that it can sign in/,
			/suspend n8ntry\w+b/,
		],
		[
			'a suspended user who is not let in again',
			LIES_OF_REACTIVATING,
			/n8ntry\w+b: the profile says reactivated, but the service says that it cannot sign in/,
			/reactivate n8ntry\w+b/,
		],
		[
			'a group that is said to be deleted and is there',
			LIES_OF_GROUPS,
			/n8ntry\w+g: the profile says deleted, but a look-up still finds it/,
			/delete the group n8ntry\w+g/,
		],
	])('tells %s', async (_what, profile, line, step) => {
		const { code, out } = await triedOn(profile);
		expect(out).toMatch(line);
		expect(out).toMatch(new RegExp(`Not as expected: [^\\n]*${step.source}`));
		expect(code).toBe(1);
	});
});
