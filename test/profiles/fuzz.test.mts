// Whatever is done to a profile: it is refused with a path, or it is another profile that keeps the secret and is quick.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { signOptions } from '../../nodes/TokenIm/protocol/auth/authenticate';
import { createProtocol, Unsupported } from '../../nodes/TokenIm/protocol/calls';
import { credentialData } from '../../nodes/TokenIm/protocol/auth/credentialData';
import { compileFields } from '../../nodes/TokenIm/input/rules/entryRules';
import { ProfileMistake, readProfile, type Profile } from '../../nodes/TokenIm/protocol/profile/profile';
import { UnusableSecret } from '../../nodes/TokenIm/protocol/auth/sign';
import { expectQuick } from '../quick.mts';
import { VENDORS } from './services.mts';
import { profileText } from './world.mts';

const SECRET = 'tH3-s3cr3t-0f-th3-cr3d3nt1al';

const junk = fc.oneof(
	fc.constantFrom<unknown>(
		undefined,
		null,
		true,
		0,
		-1,
		1e9,
		'',
		'x',
		'{apiSecret}',
		'{hidden}',
		'{nonce}',
		'__proto__',
		'constructor.prototype',
		'a.b',
		'@',
		'*',
		'[]',
		'{}',
		'/{apiSecret}',
		'a\r\nb',
	),
	fc.constantFrom(
		'[*][*][*][*]',
		'[][]',
		'[a,[b,c]]',
		'sort_by(@,&a)',
		'to_string(to_string(@))',
		'*.*.*.*',
		'@.*[]',
		'[@,@,@,@,@,@][]',
		'a||b||c',
		'[?a==`1`]|[0]',
		'('.repeat(150),
		'!'.repeat(199),
	),
	fc.jsonValue({ maxDepth: 2 }),
);

/** Deletes, retypes, misspells or swaps what stands at a place. */
function changed(
	document: unknown,
	path: readonly string[],
	other: readonly string[],
	kind: 'set' | 'misspell' | 'swap',
	value: unknown,
): unknown {
	const copy: unknown = structuredClone(document);
	const holder = at(copy, path.slice(0, -1));
	const last = path.at(-1) ?? '';
	if (typeof holder !== 'object' || holder === null) return copy;
	const old: unknown = Reflect.get(holder, last);
	if (kind === 'misspell') {
		Reflect.deleteProperty(holder, last);
		Reflect.set(holder, `${last}s`, old);
	} else if (kind === 'swap') Reflect.set(holder, last, structuredClone(at(document, other)));
	else if (value === undefined) Reflect.deleteProperty(holder, last);
	else Reflect.defineProperty(holder, last, { value, enumerable: true, configurable: true, writable: true });
	return copy;
}

function at(value: unknown, path: readonly string[]): unknown {
	return path.reduce<unknown>(
		(place, key) => (typeof place === 'object' && place !== null ? Reflect.get(place, key) : undefined),
		value,
	);
}

function placesOf(value: unknown, path: readonly string[] = []): string[][] {
	const here = path.length === 0 ? [] : [[...path]];
	if (typeof value !== 'object' || value === null) return here;
	return [...here, ...Object.entries(value).flatMap(([key, item]) => placesOf(item, [...path, key]))];
}

const entry = {
	id: 'u1',
	fields: { userId: 'u1', username: 'Ann', name: 'Class', ownerId: 'u2', attributes: { a: 1 }, password: 'p' },
	memberIds: ['u2', 'u3'],
};
const wide = JSON.stringify({
	data: Array.from({ length: 30_000 }, (_, index) => ({ id: index, userId: `u${index}`, list: [[1], [2]] })),
});
const answers = ['{}', '[]', '0', '"text"', 'null', '{"code":200,"ErrorCode":0,"data":{}}', wide, '[[[[[[1]]]]]]'].map(
	(text) => new TextEncoder().encode(text),
);

/** Writes and reads with every call; gives what would travel outside authentication. */
function exercise(profile: Profile): string {
	const protocol = createProtocol(profile);
	const made = [
		() => protocol.createUsers('keep'),
		() => protocol.createUsers('update'),
		() => protocol.queryUsers(),
		() => protocol.deleteUsers(),
		() => protocol.createGroups('keep'),
		() => protocol.addMembers('g1'),
		() => protocol.queryGroups(),
		() => protocol.queryMembers('g1'),
		() => protocol.suspendUsers(),
		() => protocol.reactivateUsers(),
		() => protocol.removeMembers('g1'),
		() => protocol.createGroups('update'),
		() => protocol.deleteGroups(),
		...[() => protocol.listUsers(), () => protocol.listGroups(), () => protocol.listMembers('g1')].flatMap((list) => [
			() => list().page(undefined, 100),
			() => list().page('next', 100),
		]),
	];
	let travels = '';
	for (const make of made) {
		try {
			const call = make();
			const parts = [call.encode(entry, 2)];
			travels += JSON.stringify(call.request([entry], parts));
			for (const body of answers) {
				expectQuick(() => {
					call.read({ kind: 'answer', status: 200, headers: {}, body }, 0, { entries: [entry], parts });
				});
			}
		} catch (error) {
			if (!(error instanceof Unsupported)) throw error;
		}
	}
	compileFields(profile, 'user', 'create')(entry.fields, () => null);
	return travels;
}

describe.each(VENDORS)('a profile like $name', ({ name }) => {
	it('that was tampered with is refused with a path, or keeps the secret and is quick', () => {
		const document: unknown = JSON.parse(profileText(name));
		const places = placesOf(document);
		fc.assert(
			fc.property(
				fc.constantFrom(...places),
				fc.constantFrom(...places),
				fc.constantFrom('set', 'set', 'misspell', 'swap'),
				junk,
				(path, other, kind, value) => {
					const tampered = changed(document, path, other, kind, value);
					try {
						const profile: Profile = { ...readProfile(tampered) };
						const travels = exercise({
							...profile,
							given: Object.fromEntries(Object.keys(profile.values).map((one) => [one, 'v'])),
						});
						expect(travels).not.toContain(SECRET);
						expect(travels).not.toContain('{apiSecret}');
						signOptions(
							{
								method: 'POST',
								url: '/x',
								headers: Object.fromEntries(Object.keys(profile.authentication.headers).map((header) => [header, 't'])),
							},
							{ ...credentialData({ baseUrl: 'https://im.example.com', apiKey: 'k', apiSecret: SECRET }) },
							profile,
							0,
							'1',
						);
					} catch (error) {
						if (error instanceof UnusableSecret) return;
						if (!(error instanceof ProfileMistake)) throw error;
						expect(error.path).not.toBe('');
						expect(error.message).not.toContain(SECRET);
					}
				},
			),
			{ numRuns: process.env.CI === 'true' ? 1000 : 150 },
		);
	}, 120_000);
});
