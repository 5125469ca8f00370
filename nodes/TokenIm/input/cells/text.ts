// Text as sheets deliver it, cleaned of what nobody sees and nobody meant. What can be seen is never changed.

/** A byte order mark; it counts as white space to `trim()`, but inside a text it does not. */
const MARK = /\uFEFF/g;
/** Soft hyphens, zero-width spaces, joiners, direction marks and isolates: invisible, and they make two equal ids differ. */
const INVISIBLE = /[\u00AD\u061C\u180E\u200B-\u200F\u2060-\u2064\u2066-\u2069\u202A-\u202E\uFEFF]/g;
/** Emoji and some scripts need them. */
const JOINERS = '\u200C\u200D';
/** Full-width forms of the ASCII characters, as an East Asian keyboard writes them. */
const FULL_WIDTH = /[\uFF01-\uFF5E\u3000]/g;
/** How workbooks write a control character, where a tool left it as it stands: `_x000D_` (ECMA-376, ST_Xstring). */
const ESCAPED = /_x00([01][\dA-F]|7F)_/gi;
/** Most texts are tidy: one look tells, and the passes are saved. */
const UNTIDY_TEXT = /^(?:\s|[^\P{Cc}\x80-\x9F])|(?:\s|[^\P{Cc}\x80-\x9F])$|[\u00A0\uFEFF]|_x00/u;
const UNTIDY_CODE =
	/^(?:\s|[^\P{Cc}\x80-\x9F])|(?:\s|[^\P{Cc}\x80-\x9F])$|[\u00A0\u00AD\u061C\u180E\u200B-\u200F\u2060-\u2064\u2066-\u2069\u202A-\u202E\u3000\uFEFF\uFF01-\uFF5E]|_x00/u;

/** Control characters but tabs and line ends; C1 is what is left of text that was read in a wrong encoding. */
export const CONTROL = /[^\P{Cc}\s]/u;

/** For names and free text: byte order marks go, NBSP becomes a space, outer white space goes; joiners stay (emoji need them). */
export function cleanText(text: string): string {
	if (!UNTIDY_TEXT.test(text)) return text;
	const plain = text
		.replace(ESCAPED, (_escape, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
		.replace(MARK, '')
		.replace(/\u00A0/g, ' ');
	let from = 0;
	let to = plain.length;
	while (from < to && isPadding(plain, from)) from++;
	while (from < to && isPadding(plain, to - 1)) to--;
	return plain.slice(from, to);
}

/** White space, and what pads texts of a fixed width: NUL and its like. */
function isPadding(text: string, at: number): boolean {
	const code = text.charCodeAt(at);
	return code <= 0x20 || code === 0x7f || (code > 0x7f && /\s/.test(text.charAt(at)));
}

/** For ids, phones, e-mails and headers, which no reader can tell apart by what is invisible or merely wide. */
export function cleanCode(text: string): string {
	if (!UNTIDY_CODE.test(text)) return text;
	return cleanText(text.replace(INVISIBLE, '').replace(FULL_WIDTH, narrow));
}

/** For names that stand for something, such as a group: as {@link cleanCode}, but joiners stay, which names may need. */
export function seenName(text: string): string {
	return text
		.replace(INVISIBLE, (character) => (JOINERS.includes(character) ? character : ''))
		.replace(/\p{Variation_Selector}/gu, '')
		.replace(FULL_WIDTH, narrow)
		.replace(/\s+/gu, ' ')
		.trim();
}

/** The form in which column names are compared: case, spaces, `_`, `-` and how an accent is composed don't matter. */
export function columnKey(column: string): string {
	return cleanCode(column)
		.normalize('NFC')
		.toLowerCase()
		.replace(/[\s_-]/g, '');
}

/** What exports and templates add to a name: `[Required]`, `(必填)`, `*`; and `[2]`, by which a file tells twins apart. */
const MARKER = /\[[^\][]*\]|[(【](?:required|optional|必填|选填|可选|必须|非必填)[)】]|\*/gi;

/** The forms in which a column's name is looked up: as it stands, then without markers. */
export function aliasKeys(column: string): readonly string[] {
	const key = columnKey(column);
	const bare = columnKey(cleanCode(column).replace(MARKER, ''));
	return bare === key || bare === '' ? [key] : [key, bare];
}

function narrow(wide: string): string {
	return wide === '\u3000' ? ' ' : String.fromCharCode(wide.charCodeAt(0) - 0xfee0);
}
