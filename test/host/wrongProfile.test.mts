// A profile that cannot be used: refused with the path of what is wrong and what is allowed there, by the credential's
// test and where the node runs, and nothing is sent.

import { describe, expect, test } from 'vitest';
import standard from '../../nodes/TokenIm/protocol/profiles/tokenim-rest-v1.json' with { type: 'json' };
import { testCredential } from './credentialTest.mts';
import { useLab } from './lab.mts';

const lab = useLab();
const { operations, fields, authentication } = standard;
const text = (changed: object) => JSON.stringify({ ...standard, ...changed });

const WRONG: ReadonlyArray<readonly [what: string, profileJson: string, path: string, allowed: string]> = [
	['is left empty', ' ', '(top)', 'paste the JSON of the profile into API Profile JSON'],
	[
		'is no JSON',
		'{"format": 1,}',
		'(top)',
		'this is no JSON from line 1, column 14 on; expected there: a key in double quotes; no comma stands behind the last one',
	],
	['is too long', `"${'x'.repeat(256 * 1024)}"`, '(top)', 'at most 256 KB are allowed'],
	['has a key too few', text({ readLagMs: undefined }), 'readLagMs', 'this key is required (number)'],
	[
		'has a misspelt key',
		text({ operations: { ...operations, createUser: operations.createUsers } }),
		'operations',
		'unknown key; allowed here: createUsers, updateUsers',
	],
	[
		'has a word that means nothing',
		text({ operations: { ...operations, queryUsers: { ...operations.queryUsers, method: 'FETCH' } } }),
		'operations.queryUsers.method',
		'allowed here: GET, POST, PUT, PATCH, DELETE',
	],
	[
		'sends the secret where it does not belong',
		text({
			fields: { ...fields, user: { ...fields.user, userId: { ...fields.user.userId, template: '{id}-{apiSecret}' } } },
		}),
		'fields.user.userId.template',
		'{apiSecret} has no meaning here; {id} are allowed',
	],
	[
		'asks for a value that the credential lacks',
		text({ values: { region: { label: 'Region' } } }),
		'values.region',
		'add region (Region) under Values for the Profile',
	],
	[
		'computes with a step that there is not',
		text({ authentication: { ...authentication, computed: { sign: { steps: [{ step: 'eval' }] } } } }),
		'authentication.computed.sign.steps.0.step',
		'allowed here: template, json, jwt, basic',
	],
];

describe.each(WRONG)('a profile that %s', (_what, profileJson, path, allowed) => {
	const credentials = () => {
		const { baseUrl, apiKey, apiSecret } = lab.sandbox;
		return { baseUrl, apiKey, apiSecret, profile: 'custom', profileJson };
	};
	const said = `The API profile cannot be used. At ${path}: `;

	test('is refused by the credential test', async () => {
		const { status, message } = await testCredential(credentials());
		expect(status).toBe('Error');
		expect(message.slice(0, said.length)).toBe(said);
		expect(message).toContain(allowed);
		expect(lab.sandbox.requests).toEqual([]);
	});

	test('ends the run with the same words', async () => {
		const { error } = await lab.run({ items: [{ userId: 's1', username: 'Ada' }], credentials: credentials() });
		expect(error?.message).toBe((await testCredential(credentials())).message.replace(/\.$/, ''));
		expect(lab.sandbox.requests).toEqual([]);
	});
});
