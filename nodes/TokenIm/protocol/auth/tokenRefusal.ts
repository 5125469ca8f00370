// A service that hands out no token says why: its own code and text reach whoever has to mend the credential.

import type { Exchange } from '../../engine/wire';
import { decodeJson } from '../answer/decode';
import { codeText, compileRefusals } from '../answer/refusals';
import { compileFirst, textOf } from '../language/pointer';
import type { Profile } from '../profile/profile';

type Answer = Extract<Exchange, { readonly kind: 'answer' }>;

/** What passes by itself is left to whoever sent the request, as any other answer of its kind. */
const PASSING: ReadonlySet<string> = new Set(['throttled', 'transient', 'busy', 'nonce']);
const MAX_TEXT = 200;
/** A shorter secret would be found in any text. */
const SHORTEST_SECRET = 4;

/**
 * Compiles what an answer to the request for a token means that brings none. Code and text stand where refusals have
 * them by the profile, else where OAuth 2.0 has them (RFC 6749, 5.2: `error`, `error_description`).
 *
 * @param secrets what must not be told although the service repeats it
 */
export function compileTokenRefusal(
	profile: Profile,
	secrets: readonly string[],
): (answer: Answer, nowMs: number) => Exchange {
	const { refusals, maxAnswerBytes } = profile;
	const reader = compileRefusals(profile);
	const textAt = compileFirst([...(refusals.text ?? []), 'error_description']);
	const errorAt = compileFirst(['error']);
	return (answer, nowMs) => {
		const decoded = decodeJson(answer.body, maxAnswerBytes);
		const value = decoded.ok ? decoded.value : undefined;
		const read = {
			status: answer.status,
			headers: answer.headers,
			value,
			...(decoded.ok ? {} : { text: decoded.text }),
		};
		const isRefused = answer.status < 200 || answer.status >= 300;
		const refusal = isRefused ? reader.refusal(read, nowMs) : reader.refusalInside(read, nowMs);
		if (refusal !== undefined && PASSING.has(refusal.class)) return answer;
		const own = reader.codeOf(value) ?? codeText(errorAt(value));
		const named = refusal === undefined || refusal.code.startsWith('http_') ? own : refusal.code;
		const code = named === undefined || cleaned(named, secrets) !== named ? refusal?.code : named;
		const said = cleaned(textOf(textAt(value), 2_000) ?? '', secrets);
		return { kind: 'unreachable', reason: reasonOf(refusal?.message, said, own === code ? own : undefined), code };
	};
}

function reasonOf(message: string | undefined, said: string, code: string | undefined): string {
	const words = [said === '' ? [] : `"${said}"`, code === undefined ? [] : `(${code})`].flat().join(' ');
	const told = words === '' ? '' : ` It said: ${words}.`;
	return message === undefined
		? `The service answered the request for a token without one.${told} Check key and secret in the credential, and where the API profile looks for the token.`
		: `${message} That is its answer to the request for a token.${told}`;
}

/** One line without control characters, without secrets, and short. */
function cleaned(text: string, secrets: readonly string[]): string {
	const hidden = secrets
		.filter((secret) => secret.length >= SHORTEST_SECRET)
		.reduce((left, secret) => left.replaceAll(secret, '(hidden)'), text);
	const line = hidden.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
	return line.length > MAX_TEXT ? `${line.slice(0, MAX_TEXT - 1)}…` : line;
}
