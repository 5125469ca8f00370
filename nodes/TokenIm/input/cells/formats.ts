// What a web address, a moment, an e-mail address and a phone number look like (the contract, `User`).

import type { Finding } from './finding';
import { isInstant } from './instants';
import { badFormat } from './notAllowed';
import { notATime } from './unreadable';

/** Checks a text that is not empty; `undefined` where nothing is wrong. */
export type Format = (text: string) => Finding | undefined;

/** Which any URL parser takes: the host no number, the rest plain characters. */
const CLEAR_ADDRESS = /^https?:\/\/(?:[a-z\d]+\.)*[a-z][a-z\d]*(?:\/[\w./~-]*)?$/;

/** http(s), without spaces: URL parsers drop line breaks silently. */
export const url: Format = (text) =>
	CLEAR_ADDRESS.test(text) || (/^https?:\/\/\S+$/i.test(text) && URL.canParse(text))
		? undefined
		: badFormat(
				'not_a_url',
				text,
				'an address that starts with http:// or https://',
				'Write the whole address, such as https://example.com/a.png.',
			);

/** One address, without what stands around it in address books; the domain may be of any script, and of one part. */
const ADDRESS =
	/^(?!')[^\s@<>()[\]\\,;:"]+@[\p{L}\p{M}\p{N}_](?:[\p{L}\p{M}\p{N}_-]*[\p{L}\p{M}\p{N}_])?(?:\.[\p{L}\p{M}\p{N}_](?:[\p{L}\p{M}\p{N}_-]*[\p{L}\p{M}\p{N}_])?)*$/u;

export const email: Format = (text) =>
	text.length <= 254 && ADDRESS.test(text)
		? undefined
		: badFormat('not_an_email', text, 'one e-mail address', 'Write one address, such as li.lei@example.com.');

/** E.164. */
export const phone: Format = (text) =>
	/^\+[1-9]\d{1,14}$/.test(text)
		? undefined
		: badFormat(
				'not_a_phone',
				text,
				'a phone number: + and country code, then digits only',
				'Write it with + and the country code, without spaces or brackets, such as +8613800138000.',
			);

/** RFC 3339 with offset. */
export const dateTime: Format = (text) => (isInstant(text) ? undefined : notATime(text));
