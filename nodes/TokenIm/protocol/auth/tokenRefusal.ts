// A service that hands out no token says why: its own code and text reach whoever has to mend the credential.

import { cut } from '../../engine/cut';
import type { Exchange } from '../../engine/wire';
import { decodeJson } from '../answer/decode';
import { codeText, compileRefusals } from '../answer/refusals';
import { compileFirst, textOf } from '../language/pointer';
import type { Profile } from '../profile/profile';
import { hiding } from './hiddenSecrets';

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
	const hide = hiding(secrets, SHORTEST_SECRET);
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
		const code = named ?? refusal?.code;
		const said = line(hide(textOf(textAt(value), 2_000) ?? ''));
		const reason = reasonOf(refusal?.message, said, own === code ? own : undefined);
		return { kind: 'unreachable', reason: hide(reason), code: code === undefined ? undefined : hide(code) };
	};
}

function reasonOf(message: string | undefined, said: string, code: string | undefined): string {
	const words = [said === '' ? [] : `"${said}"`, code === undefined ? [] : `(${code})`].flat().join(' ');
	const told = words === '' ? '' : ` It said: ${words}.`;
	return message === undefined
		? `The service answered the request for a token without one.${told} Check key and secret in the credential, and where the API profile looks for the token.`
		: `${message} That is its answer to the request for a token.${told}`;
}

/** One line without control characters, and short. */
function line(text: string): string {
	return cut(text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim(), MAX_TEXT);
}
