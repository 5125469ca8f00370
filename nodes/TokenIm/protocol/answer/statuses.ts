// What an HTTP status means by itself.

import type { Refusal, RefusalClass } from '../../engine/wire';

export type Row = Pick<Refusal, 'class' | 'limitOf'> & { readonly say: string };

/** What an HTTP status means where the profile names neither it nor the code (law 7; RFC 9110). */
export function byStatus(status: number): Row {
	const row = (className: RefusalClass, say: string): Row => ({ class: className, say });
	if (status >= 300 && status < 400) {
		return row(
			'stop',
			`The service answered with a redirect (HTTP ${status}), which is never followed: it would carry the API key elsewhere. Enter the address that the service really has as Base URL in the credential.`,
		);
	}
	switch (status) {
		case 400:
			return row(
				'stop',
				'The service, or a firewall before it, refused the whole request (HTTP 400) and gave no reason that is known here. Ask its administrator what is not allowed.',
			);
		case 401:
			return row(
				'stop',
				'The service does not accept the API key or the API secret (HTTP 401). Check both in the credential.',
			);
		case 402:
			return row(
				'stop',
				'The plan does not allow this (HTTP 402). Ask the administrator of the service about the plan.',
			);
		case 403:
			return row(
				'stop',
				'The service, or a firewall before it, does not allow this (HTTP 403). Check what the API key may do and whether this machine may reach the service.',
			);
		case 404:
			return row(
				'stop',
				'The service has nothing at this address (HTTP 404). Check Base URL in the credential; it often ends in a version such as /v1.',
			);
		case 408:
		case 425:
			return row('transient', `The service could not take the request at that moment (HTTP ${status}).`);
		case 413:
			return row('tooLarge', 'The request was too large for the service or for a proxy before it (HTTP 413).');
		case 429:
			return row('throttled', 'The service asked for fewer requests per second (HTTP 429).');
	}
	if (status >= 400 && status < 500) {
		return row(
			'stop',
			`The service refused the whole request (HTTP ${status}) in a way that is not known here. Ask its administrator, or check Base URL in the credential.`,
		);
	}
	if (status >= 500)
		return row('transient', `The service, or a proxy before it, was not able to answer (HTTP ${status}).`);
	return row('transient', `The service gave an answer that says nothing (HTTP ${status}).`);
}
