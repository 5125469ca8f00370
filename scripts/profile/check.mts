// The requests that a profile would send for sample users, secrets redacted, and how it would read answers.

import type { Call, Entry } from '../../nodes/TokenIm/engine/types';
import { signOptions } from '../../nodes/TokenIm/protocol/authenticate';
import { createProtocol, Unsupported } from '../../nodes/TokenIm/protocol/calls';
import { compileFields } from '../../nodes/TokenIm/protocol/fields';
import type { Profile } from '../../nodes/TokenIm/protocol/profile';

const SAMPLE = {
	userId: 's001',
	username: 'Li Lei',
	avatarUrl: 'https://example.com/a.png',
	registeredAt: '2026-09-01T08:00:00+08:00',
	email: 'li.lei@example.com',
	phone: '+8613800138000',
	attributes: { class: '3B' },
};
const GROUP = { groupId: 'class3b', name: 'Class 3B', ownerId: 's001', memberIds: ['s002', 's003'] };
const HIDDEN = '(hidden)';

/** Lines for people. */
export function check(document: Profile): string[] {
	const given = Object.fromEntries(Object.entries(document.values).filter(([, { secret }]) => !secret).map(([name, value]) => [name, value.default ?? `${name.toLowerCase()}`]));
	const profile: Profile = { ...document, given };
	const protocol = createProtocol(profile);
	const lines = [`${profile.name}: this profile can be used.`, `From: ${profile.source} (${profile.asOf})`, ...profile.notes.map((note) => `Note: ${note}`)];
	for (const [name, { label, secret, default: otherwise }] of Object.entries(profile.values))
		lines.push(`Asks the credential for ${name}${secret ? ', a secret' : ''}: ${label}${otherwise === undefined ? '' : ` (else ${otherwise})`}`);
	const users = sampleOf(profile, 'user');
	const groups = sampleOf(profile, 'group');
	const ids = [1, 2].map((index) => ({ id: `s00${index}`, fields: { userId: `s00${index}` } }));
	show('createUsers', () => protocol.createUsers('keep'), users);
	show('updateUsers', () => protocol.createUsers('update'), users);
	show('queryUsers', () => protocol.queryUsers(), ids);
	show('deleteUsers', () => protocol.deleteUsers(), ids);
	show('createGroups', () => protocol.createGroups('keep'), groups);
	show('addMembers', () => protocol.addMembers('class3b'), ids);
	show('queryGroups', () => protocol.queryGroups(), groups.map(({ id }) => ({ id, fields: {} })));
	show('queryMembers', () => protocol.queryMembers('class3b'), ids);
	lines.push('', 'Refusals, as they would be read:');
	for (const { status, code, contains, operations, class: className, say } of profile.refusals.table) {
		const when = [status === undefined ? '' : `HTTP ${status}`, code === undefined ? '' : `code ${[code].flat().join(', ')}`, contains === undefined ? '' : `"${contains}"`, operations?.join(', ') ?? ''];
		lines.push(`  ${when.filter((part) => part !== '').join(', ')} → ${className}: ${say}`);
	}
	return lines;

	function show(name: string, make: () => Call, entries: readonly Entry[]): void {
		lines.push('', `${name}:`);
		try {
			const call = make();
			const most = call.most?.entries === 1 ? entries.slice(0, 1) : entries;
			const parts = most.map((entry) => call.encode(entry, call.most?.members));
			const request = call.request(most, parts);
			const { url, headers, body } = signed(profile, request.method, request.path, request.headers, request.body);
			lines.push(`  ${request.method} ${url}`, ...Object.entries(headers ?? {}).map(([header, value]) => `  ${header}: ${String(value)}`));
			if (body !== undefined) lines.push(`  ${String(body)}`);
			if (call.looksUpFirst) lines.push('  (after a look-up, for what it does not find)');
			for (const [status, text] of [[200, '{}'], [404, '{}'], [500, ''], [200, '<html>']] as const) {
				const reading = call.read({ kind: 'answer', status, headers: {}, body: new TextEncoder().encode(text) }, 0, { entries: most, parts });
				const meaning = reading.kind === 'refused' ? `${reading.refusal.class}: ${reading.refusal.code}` : JSON.stringify(reading);
				lines.push(`  HTTP ${status} ${text} → ${meaning}`);
			}
		} catch (error) {
			if (!(error instanceof Unsupported)) throw error;
			lines.push(`  ${error.why}`);
		}
	}
}

function sampleOf(profile: Profile, kind: 'user' | 'group'): Entry[] {
	const prepared = compileFields(profile, kind, 'create')(kind === 'user' ? SAMPLE : GROUP, () => null);
	if (prepared.ok) return [prepared.entry];
	return kind === 'user' ? [{ id: SAMPLE.userId, fields: SAMPLE }] : [{ id: GROUP.groupId, fields: GROUP, memberIds: GROUP.memberIds }];
}

/** The request as the credential would sign it, with its secrets replaced. */
function signed(profile: Profile, method: string, path: string, headers: Readonly<Record<string, string>>, body: string | undefined) {
	const { authentication, fields, values, baseUrl } = profile;
	const base = baseUrl === undefined ? 'https://im.example.com' : '';
	const tokens = Object.fromEntries(Object.keys(authentication.headers).map((name) => [name, HIDDEN]));
	const options = signOptions(
		{ method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(method) ? (method as 'GET') : 'GET', url: path, headers: { ...tokens, ...headers }, body },
		{ baseUrl: base, apiKey: '1', apiSecret: 'secret', values: Object.fromEntries(Object.keys(values).map((name) => [name, profile.given?.[name] ?? HIDDEN])) },
		profile,
		Date.now(),
		'0'.repeat(32),
	);
	const url = new URL(options.url);
	for (const name of Object.keys(authentication.query)) if (url.searchParams.has(name)) url.searchParams.set(name, HIDDEN);
	const hidden = Object.fromEntries(Object.entries(options.headers ?? {}).map(([name, value]) => [name, name in authentication.headers ? HIDDEN : value]));
	const secrets = Object.values(fields.extra ?? {}).filter(({ secret }) => secret).map(({ wire }) => wire.split('.').at(-1) ?? '');
	const text = secrets.reduce((shown, name) => shown.replace(new RegExp(`("?${name}"?[:=])("[^"]*"|[^&"]*)`, 'g'), `$1${HIDDEN}`), body ?? '');
	return { url: decodeURI(url.href), headers: hidden, body: body === undefined ? undefined : text };
}
