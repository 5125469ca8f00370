// Text as sheets deliver it, cleaned of what nobody sees and nobody meant. What can be seen is never changed.

/** A byte order mark; it counts as white space to `trim()`, but inside a text it does not. */
const MARK = /\uFEFF/g;
/** Zero-width space, joiners, word joiner and direction marks: invisible, and they make two equal ids differ. */
const INVISIBLE = /[\u200B-\u200F\u2060-\u2064\u202A-\u202E\uFEFF]/g;
/** Full-width forms of the ASCII characters, as an East Asian keyboard writes them. */
const FULL_WIDTH = /[\uFF01-\uFF5E\u3000]/g;

/** Most texts are tidy: one look tells, and four passes are saved. `\s` is what `trim()` takes away. */
const UNTIDY_TEXT = /^\s|\s$|[\u00A0\uFEFF]/;
const UNTIDY_CODE = /^\s|\s$|[\u00A0\u200B-\u200F\u2060-\u2064\u202A-\u202E\u3000\uFEFF\uFF01-\uFF5E]/;

/** For names and free text: byte order marks go, NBSP becomes a space, outer white space goes; joiners stay (emoji need them). */
export function cleanText(text: string): string {
	if (!UNTIDY_TEXT.test(text)) return text;
	return text
		.replace(MARK, '')
		.replace(/\u00A0/g, ' ')
		.trim();
}

/** For ids, phones, e-mails and headers, which no reader can tell apart by what is invisible or merely wide. */
export function cleanCode(text: string): string {
	if (!UNTIDY_CODE.test(text)) return text;
	return cleanText(text.replace(INVISIBLE, '').replace(FULL_WIDTH, narrow));
}

/** The form in which column names are compared: case, spaces, `_`, `-` and how an accent is composed don't matter. */
export function columnKey(column: string): string {
	return cleanCode(column)
		.normalize('NFC')
		.toLowerCase()
		.replace(/[\s_-]/g, '');
}

/** What exports and templates add to a name: `[Required]`, `(必填)`, `*`; and `[2]`, by which a file tells twins apart. */
const MARKER = /\[[^\]]*\]|[(【](?:required|optional|必填|选填|可选|必须|非必填)[)】]|\*/gi;

/** The forms in which a column's name is looked up: as it stands, then without markers. */
export function aliasKeys(column: string): readonly string[] {
	const key = columnKey(column);
	const bare = columnKey(cleanCode(column).replace(MARKER, ''));
	return bare === key || bare === '' ? [key] : [key, bare];
}

function narrow(wide: string): string {
	return wide === '\u3000' ? ' ' : String.fromCharCode(wide.charCodeAt(0) - 0xfee0);
}
