// The documentation of profiles is current, and its invented service works.

import { spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';

import { pageOf, referenceOf, schemaOf } from '../../scripts/profile/docs.mts';
import { check } from '../../scripts/profile/check.mts';
import { parseProfile } from '../../nodes/TokenIm/protocol/profile';
import { CREATE, createLab, GROUPS, profileText, VERIFY, type Service } from './world.mts';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/api-profiles.md'), 'utf8');
const profiles = readdirSync(join(root, 'examples/profiles')).map((name) => name.replace('.json', ''));
const kestrel = /```json\n([\s\S]*?)\n```/.exec(page)?.[1] ?? '';

describe('the documentation of profiles', () => {
	it('has the JSON Schema that the format has', () => {
		expect(JSON.parse(readFileSync(join(root, 'docs/api-profile.schema.json'), 'utf8'))).toEqual(JSON.parse(JSON.stringify(schemaOf())));
	});

	it('has every key in its reference', async () => {
		expect(page).toBe(pageOf(page, await referenceOf(root)));
	});

	it('has a JSON Schema that every profile meets, and a misspelt one does not', () => {
		const validate = new Ajv({ strict: false, validateFormats: false }).compile(schemaOf());
		for (const text of [...profiles.map(profileText), kestrel]) expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).toBe(true);
		expect(validate({ ...JSON.parse(kestrel), operatoins: {} })).toBe(false);
	});
});

const service = (): Service => {
	const people = new Map<string, object>();
	const rooms = new Map<string, Set<string>>();
	let isSlow = true;
	return ({ method, path, query, headers, body }) => {
		const signed = createHmac('sha256', 'the secret').update(`the-key.${headers['x-kestrel-time']}`).digest('hex');
		if (headers['x-kestrel-sign'] !== signed) return { status: 401, body: { ok: false, fault: { kind: 'who' } } };
		if (isSlow) {
			isSlow = false;
			return { body: { ok: false, fault: { kind: 'slow_down', for: 3 } } };
		}
		if (path === '/api/people/import') {
			const made = body.people.filter((one: { handle: string }) => !people.has(one.handle));
			const refused = body.people.filter((one: { handle: string }) => people.has(one.handle));
			for (const { handle, profile } of made) people.set(handle, { handle, no: people.size + 1, profile });
			return { body: { ok: true, made: made.map(({ handle }: { handle: string }) => people.get(handle)), refused: refused.map(({ handle }: { handle: string }) => ({ handle, why: 'taken' })) } };
		}
		if (path === '/api/people') return { body: { ok: true, people: (query.get('handles') ?? '').split(',').flatMap((handle) => people.get(handle) ?? []) } };
		if (path === '/api/rooms') {
			if (rooms.has(body.room)) return { status: 409, body: { ok: false, fault: { kind: 'exists' } } };
			rooms.set(body.room, new Set([body.chief]));
			return { body: { ok: true } };
		}
		const [, room = '', handle = ''] = /^\/api\/rooms\/(\w+)\/people\/(\w+)$/.exec(path) ?? [];
		if (method !== 'PUT' || !rooms.has(room)) return { status: 404, body: { ok: false, fault: { kind: 'no_room' } } };
		rooms.get(room)?.add(handle);
		return { body: { ok: true } };
	};
};

describe('the invented service', () => {
	it('is spoken to by the profile that ten steps made', async () => {
		const lab = createLab(
			{ baseUrl: '', apiKey: 'the-key', apiSecret: 'the secret', profile: 'custom', profileJson: kestrel, profileValues: { entries: [{ name: 'region', value: 'eu1' }] } },
			service(),
		);
		const rows = Array.from({ length: 90 }, (_, index) => ({ userId: `s${index}`, username: `Student ${index}` }));
		const first = await lab.run(CREATE, rows);
		expect(new Set(first.statuses)).toEqual(new Set(['created']));
		expect(first.tookMs).toBeGreaterThanOrEqual(3_000);
		expect(new Set((await lab.run(CREATE, rows)).statuses)).toEqual(new Set(['exists']));
		const verified = await lab.run(VERIFY, [...rows.slice(0, 2), { userId: 's0', username: 'Other' }, { userId: 'nobody' }]);
		expect(verified.statuses).toEqual(['found', 'found', 'mismatch', 'missing']);
		const grouped = await lab.run(GROUPS, [{ groupId: 'class_1', name: 'Class 1', ownerId: 's0', memberIds: ['s1', 's2'] }]);
		expect(grouped.verdicts[0]).toMatchObject({ status: 'created', members: { added: 2 } });
	});
});

describe('checking a profile', () => {
	it.each(profiles)('shows the requests of %s, its secrets hidden', (name) => {
		const lines = check(parseProfile(profileText(name))).join('\n');
		expect(lines).toContain('this profile can be used');
		expect(lines).toContain('(createUsers)');
		expect(lines).not.toMatch(/Bearer (?!\(hidden\))|:\s*secret$/m);
	});

	it('runs from the shell, and names the mistake', () => {
		const run = (...args: string[]) => spawnSync(process.execPath, [join(root, 'scripts/profile.mjs'), ...args], { encoding: 'utf8', cwd: root });
		const good = run('check', 'examples/profiles/easemob.json');
		expect(good.stderr).not.toContain('Error');
		expect(good.stdout).toContain('POST https://');
		expect(good.status).toBe(0);
		const bad = run('check', 'package.json');
		expect(bad.stderr).toContain('The API profile cannot be used. At ');
		expect(bad.status).toBe(1);
	}, 60_000);
});
