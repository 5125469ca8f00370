// Text that a spreadsheet would run as a formula, and the apostrophe that keeps it from that: put in by the report file,
// taken off again by Input: File, so that a mended report comes back as it was and nobody is called '@ada.

const MARK = "'";
/** In their full-width form too. */
const SIGN = /[=@+\-\uFF1D\uFF20\uFF0B\uFF0D]/g;
const AMOUNTS = '+-\uFF0B\uFF0D';
/** A plus or a minus before digits alone is a phone or a number. */
const IS_AMOUNT = /[\d \u00A0().-]*(?:$|[;,\t-\r\x85\p{Zl}\p{Zp}])/uy;
/** A cell may start behind each, for a quote in the middle of a line is none to a spreadsheet that expects semicolons. */
const END = /[;,\t-\r\x85\p{Zl}\p{Zp}]/u;
/** What a spreadsheet may take off before it looks at a cell: spaces, quotes, all that is invisible. */
const DROPPED = /[\p{Zs}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}"]/u;

/** With one more apostrophe before each formula sign; one that is there already stays, so that `unescaped` gives it back. */
export function escaped(text: string): string {
	return withMarks(text, (marks) => marks + 1);
}

/** With one more only where there is one already: for what is to come back as it was, and else to stay as it is. */
export function keptFromUnescaping(text: string): string {
	return text.includes(MARK) ? withMarks(text, (marks) => (marks === 0 ? 0 : marks + 1)) : text;
}

/** The text that either of them was given. */
export function unescaped(text: string): string {
	return text.includes(MARK) ? withMarks(text, (marks) => Math.max(0, marks - 1)) : text;
}

/**
 * Changes how many apostrophes stand right before each sign with which a formula may start. By hand: each character is
 * looked at once or twice, where a pattern that looks for all of this from each place on takes ten times as long.
 */
function withMarks(text: string, marksFor: (marks: number) => number): string {
	let result = '';
	let from = 0;
	SIGN.lastIndex = 0;
	for (let found = SIGN.exec(text); found !== null; found = SIGN.exec(text)) {
		const sign = found.index;
		let first = sign;
		while (first > from && text[first - 1] === MARK) first--;
		if (!startsCell(text, first) || isAmount(text, sign)) continue;
		result += text.slice(from, first) + MARK.repeat(marksFor(sign - first));
		from = sign;
	}
	return result + text.slice(from);
}

/** Whether nothing that can be seen stands between this place and the start of a cell. */
function startsCell(text: string, place: number): boolean {
	for (let at = place; at > 0; ) {
		const last = text.charCodeAt(at - 1);
		const isPair = last >= 0xdc00 && last <= 0xdfff && at > 1;
		const character = isPair ? text.slice(at - 2, at) : text.charAt(at - 1);
		if (END.test(character)) return true;
		if (!DROPPED.test(character)) return false;
		at -= character.length;
	}
	return true;
}

function isAmount(text: string, sign: number): boolean {
	if (!AMOUNTS.includes(text.charAt(sign))) return false;
	IS_AMOUNT.lastIndex = sign + 1;
	return IS_AMOUNT.test(text);
}
