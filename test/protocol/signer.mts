// The headers by which a request is signed.

import { createAuthenticator } from '../../nodes/TokenIm/protocol/auth/sign';

type Given = Parameters<ReturnType<typeof createAuthenticator>>;

export function signerOf(
	profile: Parameters<typeof createAuthenticator>[0],
): (...given: Given) => Record<string, string> {
	const authenticate = createAuthenticator(profile);
	return (...given) => authenticate(...given).headers;
}
