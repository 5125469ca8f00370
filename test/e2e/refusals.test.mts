// When nothing can succeed: the run fails, says what happened and what to do, and reports nobody as created.

import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../scripts/lib/ports.mts';
import type { Credential } from '../../scripts/lib/n8n-cli.mts';
import { makeRoster, toCsv } from '../../scripts/lib/roster.mts';
import { outputOf } from '../../scripts/lib/run-data.mts';
import { describeWithN8n } from './describe.mts';
import { accessTo, openLab, type Lab } from './lab.mts';
import { csvInto, USERS_CREATE } from './workflows.mts';

const READER = { apiKey: 'reader', apiSecret: 'reader-secret', permissions: ['users:read'] } as const;

/** Where a name server has no answer at all, the node would ask for a minute, in case it is only starting. */
const BRIEFLY = { ...USERS_CREATE, options: { maximumRunTime: 3 } };

interface Refusal {
	readonly id: string;
	readonly what: string;
	readonly says: RegExp;
}

const REFUSALS: readonly Refusal[] = [
	{ id: 'wrongSecret', what: 'a wrong secret', says: /secret/i },
	{ id: 'deadHost', what: 'a host that does not exist', says: /no host.*base url/i },
	{ id: 'htmlAnswer', what: 'a web page in place of an answer', says: /base url|web page|html/i },
	{ id: 'noPermission', what: 'a key that may not create users', says: /permission|may not|not allowed/i },
];

await describeWithN8n('a service that lets nobody in', () => {
	let lab: Lab;
	let webPage: Server;

	beforeAll(async () => {
		lab = await openLab({ otherKeys: [READER] });
		webPage = createServer((_, response) =>
			response.setHeader('content-type', 'text/html').end('<html><body>Welcome</body></html>'),
		);
		const webPagePort = await freePort();
		await new Promise<void>((resolve) => webPage.listen(webPagePort, '127.0.0.1', resolve));
		const good = accessTo(lab.sandbox);
		const credentials: Record<string, Credential['data']> = {
			wrongSecret: { ...good, apiSecret: 'not-the-secret' },
			deadHost: { ...good, baseUrl: 'https://no-such-host.invalid/v1' },
			htmlAnswer: { ...good, baseUrl: `http://127.0.0.1:${webPagePort}/v1` },
			noPermission: { ...good, apiKey: READER.apiKey, apiSecret: READER.apiSecret },
		};
		const csv = await lab.write('roster.csv', toCsv(makeRoster({ students: 10, classes: 1, seed: 4 })));
		const stored = REFUSALS.map(
			({ id }): Credential => ({ id, name: id, type: 'tokenImApi', data: credentials[id] ?? {} }),
		);
		const workflows = stored.map((credential) =>
			csvInto(credential.id, csv, credential, [
				{ name: 'Continue', parameters: BRIEFLY, onError: 'continueRegularOutput' },
				{ name: 'Stop', parameters: BRIEFLY },
			]),
		);
		await lab.store(stored, workflows);
	});
	afterAll(async () => {
		webPage?.close();
		await lab?.close();
	});

	test.each(REFUSALS)(
		'$what fails the run with a message that says so, and every row is not attempted',
		async ({ id, says }) => {
			const result = await lab.run(id);
			expect(result.error?.node?.name).toBe('Stop');
			expect(`${result.error?.message} ${result.error?.description}`).toMatch(says);
			expect(outputOf(result, 'Continue').map(({ json }) => json.status)).toEqual(Array(10).fill('notAttempted'));
			expect(JSON.stringify(result)).not.toContain(lab.sandbox.apiSecret);
			expect(lab.sandbox.userCount()).toBe(0);
		},
	);
});
