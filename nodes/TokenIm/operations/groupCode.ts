// Group ID: Made From the Name. A sheet of a school has the names of its classes and no codes; a code is made of each name,
// always the same one, by the rules that the service has for IDs of groups. How it is made is promised to whoever keeps
// such IDs (docs/decisions.md): what is changed here makes other groups of all of them.

import { createHash } from 'crypto';
import { compileText } from '../input/cells/checks';
import { seenName } from '../input/cells/text';
import { parseCharacterSet } from '../protocol/language/characters';
import type { Profile } from '../protocol/profile/profile';
import { SettingUnclear } from './parameters';

export interface GroupCodes {
	/** The name as it counts: what nobody sees makes no other group. */
	nameOf(text: string): string;
	/** The code of such a name; the same name has the same one in every run. */
	codeOf(name: string): string;
}

/** How a code may look, the best first: a service may allow capitals only, or digits. */
const STYLES = [
	{ digits: '0123456789abcdef', joint: '-' },
	{ digits: '0123456789abcdef', joint: '_' },
	{ digits: '0123456789abcdef', joint: '' },
	{ digits: '0123456789ABCDEF', joint: '' },
	{ digits: '0123456789', joint: '' },
] as const;

type Style = (typeof STYLES)[number];

/** Of 16: with 64 bits, no two of a million names have one code but by a chance of 1 to 37,000,000. */
const HEX_DIGITS = 16;
/** With fewer than 32 bits two names would share a code too easily; a number beyond 15 digits is no exact one in JSON. */
const LEAST_DIGITS = { hex: 8, decimal: 10 };
const MOST_DECIMAL_DIGITS = 15;
const LONGEST = 64;
const LONGEST_WORDS = 24;
/** Where a name has no Latin words, or the service keeps what starts like them for itself. */
const STARTS = ['g', 'x', 'k'];

/**
 * @param profile of which the rules of a group's ID count
 * @throws SettingUnclear where the service allows no code that is long enough
 */
export function groupCodes(profile: Pick<Profile, 'fields' | 'name'>): GroupCodes {
	const rules = profile.fields.group.groupId;
	const longest = Math.min(rules.bytes?.max ?? LONGEST, rules.characters?.max ?? LONGEST, LONGEST);
	const style = rules.cast === 'number' ? STYLES.at(-1) : STYLES.find((one) => allows(rules.characterSet, one));
	if (style === undefined || longest < LEAST_DIGITS[style.digits.length === 10 ? 'decimal' : 'hex'] + startOf(style))
		throw noCodes(profile.name);
	const check = compileText(rules);
	return {
		nameOf: (text) => seenName(text).normalize('NFC'),
		codeOf(name) {
			const hash = createHash('sha256').update(name).digest('hex');
			const codes = candidates(name, hash, style, longest);
			return codes.find((code) => check(code).ok) ?? codes[0] ?? hash;
		},
	};
}

function startOf({ digits, joint }: Style): number {
	return digits.length === 10 ? 0 : 1 + joint.length;
}

function allows(characterSet: string | undefined, { digits, joint }: Style): boolean {
	if (characterSet === undefined) return true;
	const letters = digits.length === 10 ? '' : STARTS.map((start) => cased(start, digits)).join('');
	return parseCharacterSet(characterSet)?.firstOutside(digits + letters + joint) === undefined;
}

function cased(text: string, digits: string): string {
	return digits.endsWith('F') ? text.toUpperCase() : text;
}

/** With the Latin words of the name in front where it has no others, so that people can tell codes apart. */
function candidates(name: string, hash: string, { digits, joint }: Style, longest: number): readonly string[] {
	if (digits.length === 10) return [decimal(hash, Math.min(longest, MOST_DECIMAL_DIGITS))];
	const tail = (start: string) => hash.slice(0, Math.min(HEX_DIGITS, longest - start.length - joint.length));
	const room = Math.min(LONGEST_WORDS, longest - HEX_DIGITS - joint.length);
	const words =
		joint === '' || room < 1
			? ''
			: latinWords(name, joint)
					.slice(0, room)
					.replace(/[-_]+$/, '');
	return [words, ...STARTS].flatMap((start) => (start === '' ? [] : [cased(`${start}${joint}${tail(start)}`, digits)]));
}

function latinWords(name: string, joint: string): string {
	return /^[\x20-\x7E]*$/.test(name) ? (name.toLowerCase().match(/[a-z0-9]+/g) ?? []).join(joint) : '';
}

/** So many digits, of which the first is none that a number would lose. */
function decimal(hash: string, length: number): string {
	const least = 10n ** BigInt(length - 1);
	return String(least + (BigInt(`0x${hash}`) % (9n * least)));
}

function noCodes(service: string): SettingUnclear {
	return new SettingUnclear(
		`${service} allows no IDs of groups that could be made from names`,
		'Set Group ID to From Column, and name a column with the codes that the service allows. Nothing was sent.',
	);
}
