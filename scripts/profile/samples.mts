// People and groups that are made up, for what a profile would send.

import type { Profile } from '../../nodes/TokenIm/protocol/profile/profile';
import { neededFields } from '../../nodes/TokenIm/protocol/fields/fieldUse';

type Fields = Readonly<Record<string, unknown>>;

export const USER: Fields = {
	userId: 's001',
	username: 'Li Lei',
	avatarUrl: 'https://example.com/a.png',
	registeredAt: '2026-09-01T08:00:00+08:00',
	email: 'li.lei@example.com',
	phone: '+8613800138000',
	attributes: { class: '3B' },
};
export const GROUP = {
	groupId: 'class3b',
	name: 'Class 3B',
	ownerId: 's001',
	memberIds: ['s002', 's003'],
	description: 'Homeroom',
};

/** What stands in for values that a credential would give. */
export function sampleValues({ values }: Profile): Record<string, string> {
	const open = Object.entries(values).filter(([, { secret }]) => !secret);
	return Object.fromEntries(open.map(([name, { default: otherwise }]) => [name, otherwise ?? name.toLowerCase()]));
}

/** A row with what the service cannot do without, and nothing else. */
export function leastRow(profile: Profile, kind: 'user' | 'group', given: Fields): Fields {
	const sample: Fields = kind === 'user' ? USER : GROUP;
	const needed = neededFields(profile, kind, 'create').map((name) => [
		name,
		sample[name] ?? SAMPLES[profile.fields.extra?.[name]?.type ?? 'text'],
	]);
	return { ...Object.fromEntries(needed), ...given };
}

const SAMPLES = {
	text: 'Sample-2026',
	url: USER.avatarUrl,
	dateTime: USER.registeredAt,
	email: USER.email,
	phone: USER.phone,
} as const;
