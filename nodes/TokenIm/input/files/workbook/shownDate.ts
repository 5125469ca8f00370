// What a sheet shows for a date, where its format says so in every language of Excel: people know what they see, not what
// is behind it.

/** One thing that a format says: quoted or escaped text, what makes room, something in brackets, or a letter repeated. */
const TOKEN = /"([^"]*)"?|\\(.)|[_*](.)|\[([^\][]*)\]|(([a-z])\6*)|([\s\S])/giu;
const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const OF_ANY_LANGUAGE = /^[-/., :]$|\P{ASCII}/u;

/**
 * @param date as read: `2026-03-01`
 * @returns `undefined` where it is not known what is shown
 */
export function shownDate(date: string, code: string): string | undefined {
	let shown = '';
	let isForeign = false;
	for (const [, quoted, escaped, room, bracket, letters, , character] of code.matchAll(TOKEN)) {
		if (character === ';') break;
		const literal = quoted ?? escaped ?? (OF_ANY_LANGUAGE.test(character ?? '') ? character : undefined);
		if (literal !== undefined) shown += literal;
		else if (letters !== undefined) {
			const [, year = '', month = '', day = ''] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date) ?? [];
			const part = partOf(letters.toLowerCase(), { year, month, day });
			if (part === undefined || part === '' || (isForeign && letters.length > 2 && /m/i.test(letters)))
				return undefined;
			shown += part;
		} else if (bracket !== undefined) {
			// Digits of another script and what the system is set to are not known; a colour shows in no text.
			if (/^(?:\$(?!-[\dA-E][\dA-F]{0,3}$)|DBNum)/i.test(bracket)) return undefined;
			isForeign ||= bracket.startsWith('$');
		} else if (room === undefined) return undefined;
	}
	return shown.trim() === '' ? undefined : shown.trim();
}

function partOf(letters: string, { year, month, day }: Readonly<Record<'year' | 'month' | 'day', string>>) {
	switch (letters) {
		case 'y':
		case 'yy':
			return year.slice(2);
		case 'yyy':
		case 'yyyy':
			return year;
		case 'm':
			return month.replace(/^0/, '');
		case 'mm':
			return month;
		case 'mmm':
			return MONTHS[Number(month) - 1]?.slice(0, 3);
		case 'mmmm':
			return MONTHS[Number(month) - 1];
		case 'd':
			return day.replace(/^0/, '');
		case 'dd':
			return day;
		default:
			return undefined;
	}
}
