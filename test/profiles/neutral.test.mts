// No TypeScript that is shipped knows a service: names, paths and codes stand in profiles alone.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const profiles = readdirSync(join(root, 'examples/profiles')).filter((name) => name.endsWith('.json'));

const sources = ['engine', 'operations', 'protocol'].flatMap((folder) => {
	const place = join(root, 'nodes/TokenIm', folder);
	return readdirSync(place, { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.map((name) => ({
			name: join(folder, name),
			code: readFileSync(join(place, name), 'utf8').replace(/ from '[^']*'/g, ''),
		}));
});

const NAMES = [
	'tencent',
	'easemob',
	'rongcloud',
	'netease',
	'yunxin',
	'cometchat',
	'synapse',
	'matrix.org',
	'ejabberd',
	'agora',
	'usersig',
	'huanxin',
	'getstream',
	'stream-io',
];

interface Wire {
	readonly operations: Readonly<Record<string, { readonly path?: string }>>;
	readonly refusals: { readonly table: ReadonlyArray<{ readonly code?: unknown }> };
	readonly authentication: { readonly headers?: object; readonly query?: object };
}

it('there are eight profiles', () => {
	expect(profiles).toHaveLength(8);
	expect(sources.length).toBeGreaterThan(60);
});

it.each(NAMES)('nobody names %s', (name) => {
	expect(sources.filter(({ code }) => code.toLowerCase().includes(name)).map((source) => source.name)).toEqual([]);
});

it.each(profiles)('nobody knows a path or a code of %s', (file) => {
	const { operations, refusals, authentication }: Wire = JSON.parse(
		readFileSync(join(root, 'examples/profiles', file), 'utf8'),
	);
	const paths = Object.values(operations).flatMap(({ path }) => (path === undefined ? [] : [path.replace(/\{.*/, '')]));
	const codes = refusals.table
		.flatMap(({ code }) => (Array.isArray(code) ? code : code === undefined ? [] : [code]))
		.map(String)
		.filter((code) => code.length > 3 && !/^[1-9]0{3}$/.test(code));
	const places = [...Object.keys(authentication.headers ?? {}), ...Object.keys(authentication.query ?? {})].filter(
		(name) => !['Authorization', 'Nonce', 'Timestamp', 'Signature', 'identifier', 'random'].includes(name),
	);
	for (const text of new Set([...paths.filter((path) => path.length > 5), ...codes, ...places])) {
		const word = new RegExp(`(?<![A-Za-z0-9_])${text.replace(/[/.%]/g, '\\$&')}(?![A-Za-z0-9_])`);
		expect(sources.filter(({ code }) => word.test(code)).map((source) => `${source.name}: ${text}`)).toEqual([]);
	}
});
