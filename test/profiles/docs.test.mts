// The documentation of profiles is current, and its invented service works.

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';

import { pageOf, referenceOf, schemaOf } from '../../scripts/profile/docs.mts';
import { check, examine } from '../../scripts/profile/check.mts';
import { parseProfile } from '../../nodes/TokenIm/protocol/profile/profile';
import { kestrel, kestrelService } from './kestrel.mts';
import { CREATE, createLab, GROUPS, profileText, VERIFY } from './world.mts';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/api-profiles.md'), 'utf8');
const profiles = readdirSync(join(root, 'examples/profiles')).map((name) => name.replace('.json', ''));

describe('the documentation of profiles', () => {
	it('has the JSON Schema that the format has', () => {
		expect(JSON.parse(readFileSync(join(root, 'docs/api-profile.schema.json'), 'utf8'))).toEqual(
			JSON.parse(JSON.stringify(schemaOf())),
		);
	});

	it('has every key in its reference', async () => {
		expect(page).toBe(pageOf(page, await referenceOf(root)));
	});

	it('has a JSON Schema that every profile meets, and a misspelt one does not', () => {
		const validate = new Ajv({ strict: false, validateFormats: false }).compile(schemaOf());
		for (const text of [...profiles.map(profileText), kestrel])
			expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).toBe(true);
		expect(validate({ ...JSON.parse(kestrel), operatoins: {} })).toBe(false);
	});
});

describe('the invented service', () => {
	it('is spoken to by the profile that eleven steps made', async () => {
		const lab = createLab(
			{
				baseUrl: '',
				apiKey: 'the-key',
				apiSecret: 'the secret',
				profile: 'custom',
				profileJson: kestrel,
				profileValues: { entries: [{ name: 'region', value: 'eu1' }] },
			},
			kestrelService(),
		);
		const rows = Array.from({ length: 90 }, (_, index) => ({ userId: `s${index}`, username: `Student ${index}` }));
		const first = await lab.run(CREATE, rows);
		expect(new Set(first.statuses)).toEqual(new Set(['created']));
		expect(first.tookMs).toBeGreaterThanOrEqual(3_000);
		expect(new Set((await lab.run(CREATE, rows)).statuses)).toEqual(new Set(['exists']));
		const verified = await lab.run(VERIFY, [
			...rows.slice(0, 2),
			{ userId: 's0', username: 'Other' },
			{ userId: 'nobody' },
		]);
		expect(verified.statuses).toEqual(['found', 'found', 'mismatch', 'missing']);
		const grouped = await lab.run(GROUPS, [
			{ groupId: 'class_1', name: 'Class 1', ownerId: 's0', memberIds: ['s1', 's2'] },
		]);
		expect(grouped.verdicts[0]).toMatchObject({ status: 'created', members: { added: 2 } });
	});
});

describe('checking a profile', () => {
	it.each(profiles)('shows the requests of %s, its secrets hidden', (name) => {
		const lines = check(parseProfile(profileText(name))).join('\n');
		expect(lines).toContain('this profile can be used');
		expect(lines).toContain('(createUsers)');
		expect(lines).not.toMatch(/Bearer (?!\(\w+\)$)|:\s*secret$/m);
	});

	it.each(profiles)('finds %s to read the answers of its documents as they are meant', (name) => {
		expect(examine(parseProfile(profileText(name))).contradictions).toEqual([]);
	});

	it('runs from the shell, and names the mistake', () => {
		const run = (...args: string[]) =>
			spawnSync(process.execPath, [join(root, 'scripts/run.mjs'), 'scripts/profile/start.mts', ...args], {
				encoding: 'utf8',
				cwd: root,
			});
		const good = run('check', 'examples/profiles/easemob.json');
		expect(good.stderr).not.toContain('Error');
		expect(good.stdout).toContain('POST https://');
		expect(good.status).toBe(0);
		const bad = run('check', 'package.json');
		expect(bad.stderr).toContain('The API profile cannot be used. At ');
		expect(bad.status).toBe(1);
	}, 60_000);
});
