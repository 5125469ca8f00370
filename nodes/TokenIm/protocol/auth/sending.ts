// How requests of a profile are sent: with the token that it wants, to the host that is up.

import type { Ports } from '../../engine/types';
import { credentialData, fingerprintOf } from './credentialData';
import { withHosts } from './hosts';
import type { Profile } from '../profile/profile';
import { withTokens } from './tokens';

/**
 * Sends as the profile of a credential wants it.
 *
 * @param data the credential's fields
 * @param attempt sends one request, signed
 * @param now milliseconds since the epoch
 */
export function sendingOf(
	profile: Profile,
	data: Readonly<Record<string, unknown>>,
	attempt: Ports['send'],
	now: () => number,
): Ports['send'] {
	return withTokens(profile, withHosts(profile, credentialData(data).baseUrl, attempt, now), fingerprintOf(data), now);
}
