// The workflow registration.json in the real n8n, over HTTP: one person, two at once, and those who get no account.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ROOT } from '../../scripts/lib/paths.mts';
import { describeWithN8n } from './describe.mts';
import { plainExample } from './examples.mts';
import { accessTo, openLab, type Lab } from './lab.mts';
import { startServer, type Server } from './server.mts';

const KEY = { name: 'X-Registration-Key', value: 'a-long-random-value' };
const PROFILE = join(ROOT, 'nodes/TokenIm/protocol/profiles/tokenim-rest-v1.json');
const ADA = { userId: 'ada', username: 'Ada', email: 'ada@school.example', phone: '+8613800000001' };
const STRANGER = { ...ADA, username: 'Eve', email: 'eve@elsewhere.example' };

interface Answer {
	readonly status: number;
	readonly body: Readonly<Record<string, unknown>>;
	readonly retryAfter: string | null;
}

await describeWithN8n('a registration', () => {
	let lab: Lab;
	let n8n: Server;

	beforeAll(async () => {
		// What was just written cannot be read at once: the comparison has to look again.
		lab = await openLab({ readLagMs: 500 });
		n8n = await startServer(lab.settings);
		await n8n.addCredential({ ...lab.credential, name: 'TokenIM account' });
		await n8n.addCredential({ name: 'Registration', type: 'httpHeaderAuth', data: KEY });
		await n8n.add(await plainExample('registration.json', lab));
	});
	afterAll(async () => {
		await n8n?.stop();
		await lab?.close();
	});
	beforeEach(() => {
		lab.sandbox.reset();
		lab.sandbox.setFaults([]);
	});

	async function post(person: unknown, path = 'tokenim-registration', key = KEY.value): Promise<Answer> {
		const answer = await fetch(`${n8n.url}/webhook/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', [KEY.name]: key },
			body: JSON.stringify(person),
		});
		const text = await answer.text();
		const body: Answer['body'] = text.startsWith('{') ? JSON.parse(text) : { text };
		return { status: answer.status, body, retryAfter: answer.headers.get('retry-after') };
	}

	const imIdOf = (id: string) => lab.sandbox.users().find(({ userId }) => userId === id)?.imId;
	const account = (userId: string) => ({ userId, imId: imIdOf(userId) });

	test('makes an account, and says which', async () => {
		expect(await post({ ...ADA, attributes: { role: 'admin' }, active: false })).toMatchObject({
			status: 201,
			body: account('ada'),
		});
		// Nothing but the fields of *Person* is taken.
		expect(lab.sandbox.users()).toMatchObject([{ ...ADA, active: true }]);
		expect(lab.sandbox.users()[0]?.attributes ?? {}).toEqual({});
	});

	test('posted twice at once makes one account, and both get it', async () => {
		const answers = await Promise.all([post(ADA), post(ADA)]);
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 201]);
		expect(answers.map(({ body }) => body)).toEqual([account('ada'), account('ada')]);
		expect(lab.sandbox.users()).toHaveLength(1);
		expect(await post(ADA)).toMatchObject({ status: 200, body: account('ada') });
	});

	test('of two persons for one ID at once gives it to one, and the other 409 that tells nothing of the first', async () => {
		const answers = await Promise.all([post(ADA), post(STRANGER)]);
		expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
		expect(lab.sandbox.users()).toHaveLength(1);
		const [held] = lab.sandbox.users();
		const loser = answers.find(({ status }) => status === 409);
		expect(loser?.body).toEqual({ reason: expect.stringContaining('belongs to an account with other data') });
		expect(JSON.stringify(loser?.body)).not.toContain(held?.username);
	});

	test('of many at once, each person posted twice, makes each account once', async () => {
		const people = Array.from({ length: 10 }, (_, index) => ({ userId: `u${index}`, username: `User ${index}` }));
		const answers = await Promise.all([...people, ...people].map((person) => post(person)));
		expect(answers.map(({ status }) => status).sort()).toEqual([...Array(10).fill(200), ...Array(10).fill(201)]);
		for (const { body } of answers) expect(body).toEqual(account(String(body.userId)));
		expect(lab.sandbox.users()).toHaveLength(10);
	});

	test.each([
		['a bad ID', { ...ADA, userId: 'a b' }, 'Take the space out of column "userId"'],
		['a bad phone', { ...ADA, phone: '12' }, 'phone'],
		['nobody', {}, 'userId'],
		['a list', [ADA], 'userId'],
		['an object for an ID', { ...ADA, userId: { $ne: 1 } }, 'userId'],
	])('refuses %s with 422 and the reason', async (_, person, reason) => {
		const { status, body } = await post(person);
		expect([status, body]).toEqual([422, { reason: expect.stringContaining(reason) }]);
		expect(lab.sandbox.users()).toEqual([]);
	});

	test('says 503 and when to try again where the plan is used up', async () => {
		lab.sandbox.setQuota(0);
		try {
			expect(await post(ADA)).toMatchObject({ status: 503, retryAfter: '30', body: { reason: expect.any(String) } });
		} finally {
			lab.sandbox.setQuota(null);
		}
		expect(await post(ADA)).toMatchObject({ status: 201 });
	});

	test('without the key makes nobody', async () => {
		expect(await post(ADA, undefined, 'guessed')).toMatchObject({ status: 403 });
		expect(lab.sandbox.users()).toEqual([]);
	});

	describe('at a service that gives out a token', () => {
		const PATH = 'registration-with-token';

		beforeAll(async () => {
			const profile = JSON.parse(await readFile(PROFILE, 'utf8'));
			// Stands for a token: what the sandbox gives with each result.
			profile.operations.createUsers.answer.returns = { token: { at: 'imId', secret: true } };
			const { baseUrl, apiKey, apiSecret } = accessTo(lab.sandbox);
			await n8n.addCredential({
				name: 'Service with tokens',
				type: 'tokenImApi',
				data: { profile: 'custom', profileJson: JSON.stringify(profile), baseUrl, apiKey, apiSecret },
			});
			const workflow = await plainExample('registration.json', lab);
			const text = JSON.stringify({ ...workflow, id: PATH })
				.replaceAll('tokenim-registration', PATH)
				.replaceAll('TokenIM account', 'Service with tokens');
			await n8n.add(JSON.parse(text));
		});

		test('hands it to whom the account was made for, and to nobody who comes later', async () => {
			const first = await post(ADA, PATH);
			expect(first).toMatchObject({ status: 201, body: { ...account('ada'), tokens: { token: imIdOf('ada') } } });
			const second = await post(ADA, PATH);
			expect([second.status, second.body]).toEqual([200, account('ada')]);
			expect((await post(STRANGER, PATH)).body).not.toHaveProperty('tokens');
		});
	});
});
