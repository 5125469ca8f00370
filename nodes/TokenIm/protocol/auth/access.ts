// How requests reach a service: with the token that it wants, at the address that is up.

import type { Ports } from '../../engine/types';
import { credentialData, fingerprintOf } from './credentialData';
import { withFailover } from './failover';
import { withHiddenSecrets } from './hiddenSecrets';
import type { Profile } from '../profile/profile';
import { withTokens } from './tokens';

/**
 * Sends as the profile of a credential wants it.
 *
 * @param data the credential's fields
 * @param attempt sends one request, signed
 * @param now milliseconds since the epoch
 */
export function withAccess(
	profile: Profile,
	data: Readonly<Record<string, unknown>>,
	attempt: Ports['send'],
	now: () => number,
): Ports['send'] {
	const { baseUrl, apiKey, apiSecret, values } = credentialData(data);
	const secrets = Object.keys(values).flatMap((name) =>
		profile.values[name]?.secret === true ? [values[name] ?? ''] : [],
	);
	const [key, secret] = [apiKey.trim(), apiSecret.trim()];
	// The two together are what Basic authentication sends.
	const all = [key, secret, `${key}:${secret}`, ...secrets];
	const reached = withFailover(profile, baseUrl, attempt, now);
	return withHiddenSecrets(withTokens(profile, reached, fingerprintOf(data), now, all), all);
}
