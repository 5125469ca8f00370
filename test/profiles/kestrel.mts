// The service that docs/api-profiles.md invents, and the profile that its eleven steps make.

import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Service } from './world.mts';

/** As it stands on the page. */
export const kestrel =
	/```json\n([\s\S]*?)\n```/.exec(readFileSync(join(import.meta.dirname, '../../docs/api-profiles.md'), 'utf8'))?.[1] ??
	'';

/** @param isSlow whether it asks to slow down at first */
export const kestrelService = (isSlow = true): Service => {
	const people = new Map<string, object>();
	const rooms = new Map<string, Set<string>>();
	return ({ method, path, query, headers, body }) => {
		const signed = createHmac('sha256', 'the secret').update(`the-key.${headers['x-kestrel-time']}`).digest('hex');
		if (headers['x-kestrel-sign'] !== signed) return { status: 401, body: { ok: false, fault: { kind: 'who' } } };
		if (isSlow) {
			isSlow = false;
			return { body: { ok: false, fault: { kind: 'slow_down', for: 3 } } };
		}
		if (path === '/api/people/import') {
			const made = body.people.filter((one) => !people.has(one.handle));
			const refused = body.people.filter((one) => people.has(one.handle));
			for (const { handle, profile } of made) people.set(handle, { handle, no: people.size + 1, profile });
			return {
				body: {
					ok: true,
					made: made.map(({ handle }) => people.get(handle)),
					refused: refused.map(({ handle }) => ({ handle, why: 'taken' })),
				},
			};
		}
		if (path === '/api/people')
			return {
				body: {
					ok: true,
					people: (query.get('handles') ?? '').split(',').flatMap((handle) => people.get(handle) ?? []),
				},
			};
		if (path === '/api/rooms') {
			if (rooms.has(body.room)) return { status: 409, body: { ok: false, fault: { kind: 'exists' } } };
			rooms.set(body.room, new Set([body.chief]));
			return { body: { ok: true } };
		}
		const [, room = '', handle = ''] = /^\/api\/rooms\/(\w+)\/people\/(\w+)$/.exec(path) ?? [];
		if (method !== 'PUT' || !rooms.has(room) || !people.has(handle))
			return { status: 404, body: { ok: false, fault: { kind: 'not_there' } } };
		rooms.get(room)?.add(handle);
		return { body: { ok: true } };
	};
};
