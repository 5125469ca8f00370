// What each writing operation would say of a row, from a look-up alone.

import type { WouldStatus } from '../engine/types';
import type { Protocol } from '../protocol/calls';
import { forMembers } from './members';
import type { Forecast } from './validateOnly';

export function forecastCreate(protocol: Protocol, ifUserExists: 'keep' | 'fail'): Forecast {
	return {
		query: protocol.queryUsers(),
		would: (_entry, exists) => (exists ? (ifUserExists === 'keep' ? 'exists' : 'failed') : 'created'),
	};
}

export function forecastUpsert(protocol: Protocol): Forecast {
	return {
		query: protocol.queryUsers(),
		// Someone new needs a name.
		would: ({ fields }, exists) => (exists ? 'updated' : fields.username === undefined ? 'failed' : 'created'),
	};
}

export function forecastDelete(protocol: Protocol): Forecast {
	return { query: protocol.queryUsers(), would: (_entry, exists) => (exists ? 'deleted' : 'absent') };
}

export function forecastGroups(protocol: Protocol): Forecast {
	return { query: protocol.queryGroups(), would: (_entry, exists) => (exists ? 'exists' : 'created') };
}

export function forecastMembers(protocol: Protocol): Forecast {
	return {
		query: protocol.queryGroups(),
		would: (_entry, exists): WouldStatus => (exists ? 'added' : 'failed'),
		async ask(ctx, task, exists) {
			const { id, memberIds = [] } = task.entry;
			if (!exists) return { kind: 'valid', would: 'failed' };
			const members = [...(await forMembers(ctx, protocol.queryMembers(id), task, memberIds)).values()];
			const open = members.find((member) => member.kind !== 'found' && member.kind !== 'missing');
			return open ?? { kind: 'valid', would: members.every((member) => member.kind === 'found') ? 'exists' : 'added' };
		},
	};
}
