// Values that a profile has made for a row, such as the password of an account that nobody signs in to by password.

import { randomInt } from 'crypto';

/** Without characters that look alike. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** Fills `{random:N}` with N random letters and digits. */
export function generated(pattern: string): string {
	return pattern.replace(/\{random:(\d+)\}/, (_whole, length: string) =>
		Array.from({ length: Number(length) }, () => LETTERS[randomInt(LETTERS.length)] ?? '').join(''),
	);
}
