// `npm run profile` as a process: what it says, what it sends, and how it ends.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from 'vitest';

import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { kestrel, kestrelService } from './kestrel.mts';
import { serve, type Served } from './serve.mts';
import { VENDORS, vendorNamed } from './services.mts';
import { profileText } from './world.mts';

const root = join(import.meta.dirname, '../..');
const STANDARD = 'nodes/TokenIm/protocol/profiles/tokenim-rest-v1.json';
const opened: Array<Sandbox | Served> = [];
const folders: string[] = [];
afterEach(async () => {
	for (const one of opened.splice(0)) await one.close();
	for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

interface Ended {
	readonly code: number | null;
	readonly out: string;
	readonly err: string;
}

/** @param input what a person would type */
async function profile(
	args: readonly string[],
	env: Readonly<Record<string, string>> = {},
	input = '',
): Promise<Ended> {
	// As npm calls it: in the folder of the package, with the folder of the caller beside it.
	const child = spawn(process.execPath, [join(root, 'scripts/run.mjs'), 'scripts/profile/start.mts', ...args], {
		cwd: root,
		env: { ...process.env, INIT_CWD: root, ...env },
	});
	let out = '';
	let err = '';
	child.stdout.on('data', (part: Buffer) => (out += part.toString()));
	child.stderr.on('data', (part: Buffer) => (err += part.toString()));
	child.stdin.end(input);
	const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
	return { code, out, err };
}

async function sandbox(): Promise<Sandbox> {
	const started = await startSandbox();
	opened.push(started);
	return started;
}

function entered({ baseUrl, apiKey, apiSecret }: { baseUrl: string; apiKey: string; apiSecret: string }) {
	return { PROFILE_BASE_URL: baseUrl, PROFILE_API_KEY: apiKey, PROFILE_API_SECRET: apiSecret };
}

describe('npm run profile -- try', () => {
	it('carries its steps out on the sandbox, each as expected, and leaves nothing', async () => {
		const service = await sandbox();
		const { code, out, err } = await profile(['try', STANDARD], entered(service), 'yes\n');
		expect([code, err]).toEqual([0, '']);
		expect(out).toContain('All came as expected.');
		const told = out.match(
			/(?<=n8ntry\w{8})\S+: (created|exists|updated|failed|found|missing|added|listed|removed|suspended|reactivated|deleted)/g,
		);
		expect(told).toEqual([
			...['a: created', 'b: created'],
			...['a: exists', 'b: exists', 'c: created'],
			...['a: updated', 'd: created'],
			...['e: created', '!bad: failed'],
			...['a: found', 'b: found', 'z: missing'],
			...['g: created', 'g: added'],
			...['a: listed', 'b: listed', 'c: listed', 'd: listed', 'e: listed', 'g: listed', 'b: listed'],
			...['b: removed', 'b: suspended', 'b: reactivated', 'g: deleted'],
			...['a: deleted', 'b: deleted', 'c: deleted', 'd: deleted', 'e: deleted'],
		]);
		expect(out).toContain('Left on the service: nothing, as far as the answers tell.');
		expect([service.userCount(), service.groups()]).toEqual([0, []]);
		expect(out).not.toContain(service.apiSecret);
	});

	it('asks for what the environment does not say, one after the other', async () => {
		const service = await sandbox();
		const { code, out } = await profile(
			['try', STANDARD],
			{},
			`${service.baseUrl}\n${service.apiKey}\n${service.apiSecret}\nyes\n`,
		);
		expect(code).toBe(0);
		expect(out).toMatch(/Base URL \(or set PROFILE_BASE_URL\): [\s\S]*API key [\s\S]*API secret /);
		expect(out).not.toContain(service.apiSecret);
	});

	it.each([
		['no', 'no\n'],
		['nothing at all', ''],
	])('writes nothing where the answer is %s', async (_what, input) => {
		const service = await sandbox();
		const { code, out } = await profile(['try', STANDARD], entered(service), input);
		expect(code).toBe(1);
		expect(out).toContain('Nothing was written.');
		expect(service.requests.map(({ endpoint }) => endpoint)).toEqual(['limits']);
	});

	it('says what is wrong with the credential before it asks', async () => {
		const { code, out } = await profile(
			['try', STANDARD],
			{ ...entered(await sandbox()), PROFILE_API_SECRET: 'wrong' },
			'yes\n',
		);
		expect(code).toBe(1);
		expect(out).toContain('the API secret does not belong to it');
		expect(out).not.toContain('would now be asked');
	});

	it.each(VENDORS.map((vendor) => [vendor.name, vendor] as const))(
		'reaches what %s does by its documents',
		async (name, { credential, world: makeWorld }) => {
			const world = makeWorld();
			const served = await serve(world.service);
			opened.push(served);
			const path = { easemob: '/school/chat', ejabberd: '/api', cometchat: '/v3' }[name] ?? '';
			const values = Object.fromEntries(
				credential.profileValues.entries.map((entry) => [`PROFILE_${entry.name}`, entry.value]),
			);
			const { PROFILE_BASE_URL, ...secrets } = entered({ ...credential, baseUrl: `${served.url}${path}` });
			const rest = Object.keys(JSON.parse(credential.profileJson).values ?? {}).filter(
				(one) => values[`PROFILE_${one}`] === undefined,
			);
			const defaults = Object.fromEntries(rest.map((one) => [`PROFILE_${one}`, '']));
			const { code, out, err } = await profile(
				['try', `examples/profiles/${name}.json`],
				{ PROFILE_BASE_URL, ...secrets, ...values, ...defaults },
				'yes\nyes\n',
			);
			expect(err).toBe('');
			expect(out).toMatch(/Refuse a wrong secret\n {2}refused: /);
			expect(out).toContain('All came as expected.');
			expect(code).toBe(0);
		},
	);

	it('names the step that did not come as expected', async () => {
		const { service } = vendorNamed('netease-yunxin').world();
		const served = await serve((seen) =>
			seen.path === '/im/v2.1/teams' ? { body: { code: 414, msg: 'parameter' } } : service(seen),
		);
		opened.push(served);
		const { code, out } = await profile(
			['try', 'examples/profiles/netease-yunxin.json'],
			{
				...entered({ baseUrl: served.url, apiKey: 'the-key', apiSecret: 'the secret' }),
				PROFILE_operatorId: 'teacher',
				PROFILE_teamType: '',
				PROFILE_plan: '',
			},
			'yes\n',
		);
		expect(code).toBe(1);
		expect(out).toMatch(/: failed, expected created\. /);
		expect(out).toContain('Not as expected: create the group');
	});
});

describe('npm run profile -- check', () => {
	it.each(VENDORS.map(({ name }) => name))('shows in words what %s would be sent', async (name) => {
		const { code, out, err } = await profile(['check', `examples/profiles/${name}.json`]);
		expect([code, err]).toEqual([0, '']);
		for (const part of [
			'Batch Create (createUsers)',
			'Create groups (createGroups)',
			'answered HTTP 200',
			'What refusals of whole requests mean',
		])
			expect(out).toContain(part);
		expect(out).not.toMatch(/undefined|\[object|NaN|\{[a-z]\w*\}/);
	});

	it('shows how a token is fetched, and reads the first of a list', async () => {
		const { out } = await profile(['check', 'examples/profiles/easemob.json']);
		expect(out).toContain('a token is fetched\n  POST https://host/orgname/appname/token\n');
		expect(out).toContain('"client_secret":"(apiSecret)"');
		expect(out).toMatch(/answered HTTP 200 \{"entities":\[\{[^\n]*\n {4}→ s001: found/);
	});

	it('refuses a wrong profile with the place and what is allowed there', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'profile-'));
		folders.push(folder);
		const file = join(folder, 'wrong.json');
		writeFileSync(file, profileText('rongcloud').replace('"by": "overwriting"', '"by": "overwrites"'));
		const { code, out, err } = await profile(['check', file]);
		expect([code, out]).toEqual([1, '']);
		expect(err).toContain('At operations.createUsers.conflict.by: allowed here: body, refusal, overwriting, lookUp.');
	});

	it('says all that is wrong at once, and reads the answers in the file beside', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'profile-'));
		folders.push(folder);
		const [wrong, mine, samples] = ['wrong.json', 'mine.json', 'mine.samples.json'].map((name) => join(folder, name));
		const text = profileText('rongcloud');
		writeFileSync(
			wrong ?? '',
			text.replace('"by": "overwriting"', '"by": "overwrites"').replace('"asOf": "', '"asOf": "x'),
		);
		const told = await profile(['check', wrong ?? '']);
		expect([told.code, told.out]).toEqual([1, '']);
		expect(told.err).toMatch(
			/At asOf: [\s\S]*At operations\.createUsers\.conflict\.by: [\s\S]*2 places are to be mended/,
		);
		writeFileSync(mine ?? '', text);
		const answer = { operation: 'createUsers', body: { code: 1008 }, means: 'stop' };
		writeFileSync(samples ?? '', JSON.stringify([answer]));
		const read = await profile(['check', mine ?? '']);
		expect(read.code).toBe(1);
		expect(read.out).toContain('the document shows: HTTP 200 {"code":1008}');
		expect(read.err).toContain(
			'createUsers: it means a refusal of class stop, but the profile reads a refusal of class throttled',
		);
	});

	it.each([
		[['check', 'no-such-file.json'], 1, 'there is no such file'],
		[['check'], 2, 'npm run profile -- check FILE'],
		[['explode', STANDARD], 2, 'npm run profile -- check FILE'],
	])('%j ends with %i', async (args, ends, says) => {
		const { code, err } = await profile(args);
		expect(code).toBe(ends);
		expect(err).toContain(says);
	});
});

describe('the profile that the eleven steps of the documentation make, in a folder of its own', () => {
	const saved = (): string => {
		const folder = mkdtempSync(join(tmpdir(), 'profile-'));
		folders.push(folder);
		writeFileSync(join(folder, 'my-service.json'), kestrel);
		return folder;
	};

	it('is checked', async () => {
		const { code, out, err } = await profile(['check', 'my-service.json'], { INIT_CWD: saved() });
		expect([code, err]).toEqual([0, '']);
		expect(out).toContain('POST https://region.kestrel.example/api/people/import');
		expect(out).toContain('GET https://region.kestrel.example/api/people?handles=s001%2Cs002');
		expect(out).toMatch(
			/answered HTTP 200 .*"made":.*\n {4}→ s001: created, its own id im-1\n {4}→ s002: failed \(some_code\)/,
		);
		expect(out).toContain('left out: Kestrel keeps everybody.');
	});

	it('is tried', async () => {
		const served = await serve(kestrelService(false));
		opened.push(served);
		const secrets = entered({ baseUrl: `${served.url}/api`, apiKey: 'the-key', apiSecret: 'the secret' });
		const { code, out } = await profile(
			['try', 'my-service.json'],
			{ INIT_CWD: saved(), ...secrets, PROFILE_region: 'eu1' },
			'yes\n',
		);
		expect(out).toContain('All came as expected.');
		expect(code).toBe(0);
	});
});

it('npm run profile:docs leaves the tree as it is', async () => {
	const files = ['docs/api-profile.schema.json', 'docs/api-profiles.md'].map((file) => join(root, file));
	const before = files.map((file) => readFileSync(file, 'utf8'));
	const { code } = await profile(['docs']);
	expect(code).toBe(0);
	expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(before);
});
