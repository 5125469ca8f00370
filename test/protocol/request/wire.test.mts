import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import standard from '../../../nodes/TokenIm/protocol/profiles/tokenim-rest-v1.json' with { type: 'json' };

const root = join(import.meta.dirname, '../../..');

/** Every TypeScript file that could know the wire, without its comments and imports. */
const sources = ['engine', 'operations', 'protocol'].flatMap((folder) => {
	const place = join(root, 'nodes/TokenIm', folder);
	return readdirSync(place, { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.map((name) => ({ name: join(folder, name), code: codeOf(readFileSync(join(place, name), 'utf8')) }));
});

function codeOf(code: string): string {
	return code
		.replace(/\/\*[\s\S]*?\*\//g, '')
		.replace(/(^|\s)\/\/.*$/gm, '$1')
		.replace(/from '[^']*'/g, '');
}

const { operations, authentication, idempotency, requestId, limits, jobs, refusals } = standard;
const paths = [...Object.values(operations).map(({ path }) => path), limits.discovery.path, jobs.path];
const wire = [
	...paths.map((path) => path.replace(/\{.*/, '')),
	...Object.keys(authentication.headers),
	idempotency.header,
	requestId.send.header,
	...refusals.waits.map(({ header }) => header),
	...refusals.table.flatMap(({ code }) => code ?? []),
	operations.createUsers.conflict.key,
	operations.createUsers.conflict.keep,
	limits.discovery.permissions.toCreateUsers,
	'TokenIM-',
	'onConflict',
	'users/',
	'groups/',
	String(limits.defaults.maxBodyBytes),
];

describe('the wire of TokenIM', () => {
	it('is looked for in every file that could know it', () => {
		expect(sources.length).toBeGreaterThan(40);
		expect(wire).toEqual(
			expect.arrayContaining(['/users/batch', 'X-TokenIM-Key', 'Idempotency-Key', 'too_many_items', 'skip']),
		);
		expect(wire).not.toContain('');
	});

	it.each([...new Set(wire)])('%s stands in the profile and in no TypeScript', (text) => {
		const word = new RegExp(`(?<![A-Za-z])${text.replace(/[/.]/g, '\\$&')}(?![A-Za-z])`, 'i');
		expect(sources.filter(({ code }) => word.test(code)).map(({ name }) => name)).toEqual([]);
	});
});
