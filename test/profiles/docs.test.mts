// The documentation of profiles is current, and its invented service works.

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';

import { generalized, pageOf, referenceOf, schemaOf } from '../../scripts/profile/docs.mts';
import { check, examine } from '../../scripts/profile/check.mts';
import { parseProfile, parseWhole } from '../../nodes/TokenIm/protocol/profile/profile';
import { REFUSAL_CLASSES } from '../../nodes/TokenIm/protocol/profile/refusals';
import { HONEST } from './heron.mts';
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

	it('has a line with a meaning for every key of the format', () => {
		const told = new Set([...page.matchAll(/^\| `([^` ]+)(?: \([^)]*\))?` \| (?=\S)/gm)].map(([, key = '']) => key));
		const keys = keysOf(schemaOf('none'), []);
		expect(keys.size).toBeGreaterThan(300);
		expect([...keys].filter((key) => !told.has(key))).toEqual([]);
	});

	it('has a JSON Schema that every profile meets, and a misspelt one does not', () => {
		const validate = new Ajv({ strict: false, validateFormats: false }).compile(schemaOf());
		for (const text of [...profiles.map(profileText), kestrel])
			expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).toBe(true);
		expect(validate({ ...JSON.parse(kestrel), operatoins: {} })).toBe(false);
	});
});

describe('the names in braces', () => {
	const { operations } = HONEST;
	const base = {
		...HONEST,
		values: { region: { label: 'Region' }, salt: { label: 'Salt', secret: true } },
		requestId: { send: { header: 'X-Trace', value: '{nonce}' } },
		jobs: {
			status: 202,
			id: 'id',
			method: 'GET',
			path: '/jobs/{jobId}',
			state: 'state',
			words: {},
			error: { code: 'code', message: 'message' },
		},
		limits: { ...HONEST.limits, discovery: { method: 'GET', path: '/limits', present: '@', values: {} } },
		authentication: {
			headers: { A: '{token}' },
			query: { q: '1' },
			computed: {
				first: { steps: [{ step: 'template', text: '{nonce}' }] },
				second: {
					steps: [{ step: 'template', text: '{first}' }, { step: 'hmac', algorithm: 'sha1' }, { step: 'hex' }],
				},
			},
			token: { path: '/token', body: { secret: '{apiSecret}' }, take: { token: { at: 'token' } } },
		},
		operations: {
			...operations,
			createUsers: {
				...operations.createUsers,
				query: { q: '1' },
				body: { ...operations.createUsers.body, each: { x: '1' }, constants: { x: '1' } },
			},
			createGroups: { ...operations.createGroups, body: { container: 'single', json: { x: '1' } } },
			addMembers: { ...operations.addMembers, query: { q: '1' } },
		},
	};
	const open = ['region'];
	const words: Readonly<Record<string, readonly string[]>> = {
		'every declared value': ['region', 'salt'],
		'declared values that are no secrets': open,
		'what was computed': ['first', 'second'],
		'what was computed before it': ['first'],
		'what the token gave': ['token'],
		'the fields that the profile has for them': Object.keys(HONEST.fields.group),
	};
	const rows = new Map(
		[...page.matchAll(/^\| (.+) \| (.+) \|$/gm)].map(([, place = '', names = '']) => [place, names] as const),
	);

	/** What the page says. */
	function toldOf(place: string): string[] {
		const parts = (rows.get(place) ?? '').split(/, and of the request |, /);
		return parts.flatMap((part) => words[part] ?? /^`(\w+)`$/.exec(part)?.[1] ?? [`unknown: ${part}`]).sort();
	}

	/** What the checker says of a name that means nothing anywhere. */
	function allowedAt(path: string): string[] {
		const copy: object = structuredClone(base);
		const keys = path.split('.');
		const last = keys.pop() ?? '';
		const place = keys.reduce<object>((at, key) => Object(Reflect.get(at, key)), copy);
		Reflect.set(place, last, /path$/i.test(path) ? '/{groupId}/{nonsense}' : `{id}{nonsense}`);
		const read = parseWhole(JSON.stringify(copy));
		const told = 'mistakes' in read ? read.mistakes.map((mistake) => mistake.allowed) : [];
		const list = told.find((one) => one.startsWith('{nonsense}')) ?? 'nothing is refused';
		return [...list.replace('{nonsense}', '').matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort();
	}

	it.each([
		['`authentication.headers`, `authentication.query`', 'authentication.headers.A'],
		['`authentication.headers`, `authentication.query`', 'authentication.query.q'],
		['`authentication.token.body`', 'authentication.token.body.secret'],
		['`authentication.computed`: texts, objects, claims', 'authentication.computed.second.steps.0.text'],
		['`authentication.computed`: `key` of `hmac` and `jwt`', 'authentication.computed.second.steps.1.key'],
		['`requestId.send.value`', 'requestId.send.value'],
		['`baseUrl`, `authentication.token.path`, `limits.discovery.path`, `each`', 'baseUrl'],
		['`baseUrl`, `authentication.token.path`, `limits.discovery.path`, `each`', 'authentication.token.path'],
		['`baseUrl`, `authentication.token.path`, `limits.discovery.path`, `each`', 'limits.discovery.path'],
		['`baseUrl`, `authentication.token.path`, `limits.discovery.path`, `each`', 'operations.createUsers.body.each.x'],
		['`jobs.path`', 'jobs.path'],
		['`path` and `query` of an operation on users', 'operations.createUsers.path'],
		['`path` and `query` of an operation on users', 'operations.createUsers.query.q'],
		['`path` and `query` of an operation on groups', 'operations.createGroups.path'],
		['`path` and `query` of an operation on members', 'operations.addMembers.path'],
		['`path` and `query` of an operation on members', 'operations.addMembers.query.q'],
		['`constants`', 'operations.createUsers.body.constants.x'],
		['`constants` of an operation on members', 'operations.addMembers.body.constants.room'],
		['`json` of a `single` body, users and groups', 'operations.createGroups.body.json.x'],
		['`template` of an id', 'fields.user.userId.template'],
	])('at %s are those that the checker takes: %s', (place, path) => {
		expect(toldOf(place)).toEqual(allowedAt(path));
	});
});

it('says of every class of refusal what the node does', () => {
	for (const name of REFUSAL_CLASSES)
		expect(page).toMatch(new RegExp(`^\\| \`${name}\` \\| .{10,} \\| .{10,} \\|$`, 'm'));
});

/** Every key of a schema, as the reference writes it. */
function keysOf(schema: object, path: readonly string[]): Set<string> {
	const { properties = {}, anyOf = [], items, additionalProperties }: Shape = schema;
	const inside = (inner: unknown, ...keys: string[]): string[] =>
		typeof inner === 'object' && inner !== null ? [...keysOf(inner, [...path, ...keys])] : [];
	return new Set([
		...Object.keys(properties).map((key) => generalized([...path, key]).join('.')),
		...Object.entries(properties).flatMap(([key, inner]) => inside(inner, key)),
		...anyOf.flatMap((inner) => inside(inner)),
		...inside(items, '*'),
		...inside(additionalProperties, '*'),
	]);
}

interface Shape {
	readonly properties?: Readonly<Record<string, unknown>>;
	readonly anyOf?: readonly unknown[];
	readonly items?: unknown;
	readonly additionalProperties?: unknown;
}

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
