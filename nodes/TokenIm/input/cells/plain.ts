// What a cell of text says, told apart from what tools put around a value, or in its place.

import { EMPTY, refused, textCell, valueCell, type Cell } from './cell';
import { isMisread } from './misread';
import { CONTROL } from './text';
import { controlCharacter, formula, misread, notComputed, nullText } from './unreadable';

/** What the kind of a field lets these words mean. */
export interface Plain {
	/** Takes away what nobody sees: `cleanText` or `cleanCode`. */
	readonly clean: (text: string) => string;
	/** Whether a database's NULL is an empty cell; in names and ids it may be somebody's name, so it is asked about. */
	readonly isNullEmpty: boolean;
}

/** Reads a cell of text of any kind: it is empty, a value, or what a tool wrote where there was none. */
export function readPlain(given: string, plain: Plain): Cell {
	return isClear(given) ? valueCell(given) : readClosely(given, plain);
}

/**
 * Whether one look tells that a text is a value as it stands, as nearly all are: ASCII that can be seen and characters
 * of Chinese, nothing around them, and no word of a program's.
 */
export function isClear(text: string): boolean {
	return CLEAR.test(text) && !text.includes('_x00');
}

/** U+951F is left out: two replacement characters that were read as GBK show it. */
const CLEAR =
	/^(?![=#\\(<[?]|(?:NULL|null|undefined|NaN|nan)$|Err:|System\.|Microsoft\.)[!-~\u4E00-\u951E\u9520-\u9FFF](?:[ -~\u4E00-\u951E\u9520-\u9FFF]*[!-~\u4E00-\u951E\u9520-\u9FFF])?$/;

/** The same for any text. */
export function readClosely(given: string, { clean, isNullEmpty }: Plain): Cell {
	const cleaned = clean(given);
	// A no-break space may be a byte of a character that was read wrongly, and goes when the text is cleaned.
	if (cleaned !== given && isMisread(given)) return refused(misread(given));
	if (!NOTICEABLE.test(cleaned)) return textCell(cleaned);
	const quoted = TEXT_FORMULA.exec(cleaned)?.[1];
	const text = quoted === undefined ? cleaned : clean(quoted.replaceAll('""', '"'));
	if (BLANK.test(text) || NULL_FOR_SURE.test(text)) return EMPTY;
	if (CONTROL.test(text)) return refused(controlCharacter(text));
	if (NOT_COMPUTED.test(text)) return refused(notComputed(text));
	if (NULL_WORD.test(text)) return isNullEmpty ? EMPTY : refused(nullText(text));
	return FORMULA.test(text) ? refused(formula(text)) : textCell(text);
}

/** One look tells that a text is nothing of what follows, as most are not. */
const NOTICEABLE = /^(?:[=#\\(<[Nnu]|Err:|System\.|Microsoft\.)|[^\P{Cc}\s]|^[\p{Default_Ignorable_Code_Point}\u2800]/u;

/** How exports keep a spreadsheet from reading a text as a number: `="007"`, and `=""` for an empty one. */
const TEXT_FORMULA = /^="((?:[^"]|"")*)"$/;
/** Characters that show nothing: zero-width ones, fillers of Hangul, the empty Braille cell. */
const BLANK = /^[\p{Default_Ignorable_Code_Point}\s\u2800]*$/u;

/**
 * What spreadsheets show for a formula that gives nothing, in every language of Excel: `#REF!`, `#NAME?`, `#¡VALOR!`,
 * `#ДЕЛ/0!`; those without an end mark are listed. A row of `#` is a column that was too narrow.
 */
const NOT_COMPUTED = new RegExp(
	[
		'^#(?:[¡¿]?\\p{Lu}[\\p{Lu}\\p{M}_/.]*(?:/0)?[!?]',
		// "Not available", and "getting data".
		'N/A(?: N/A)?|N/D|N\\.D\\.|NV|NB|N/B|NI|I/T|Н/Д|YOK|PUUTTUU|SAKNAS|HIÁNYZIK|NENÍ_K_DISPOZICI|NEDOSTUPNÝ|BRAK|#+',
		// In CSV files of LibreOffice: `Err:502`.
		'(?:GETTING|LOADING)_DATA|DATEN_ABRUFEN|CHARGEMENT_DONNEES|OBTENIENDO_DATOS|ESTRAZIONE_DATI_IN_CORSO|OBTENDO_DADOS|正在加载|正在获取数据)$|^Err:\\d{3}$',
	].join('|'),
	'u',
);

/** What exports of databases write for NULL, and nobody is called: `\N`, `(null)`, `<null>`, `[NULL]`; pandas' `<NA>`. */
const NULL_FOR_SURE = /^(?:\\N|\(null\)|<null>|\[null\]|<NA>)$/i;
/**
 * The same as a word, and what programs write for a value that they don't have, or that no cell holds: JavaScript for an
 * object, PowerShell's Export-Csv for a list. A person writes `Null`.
 */
const NULL_WORD =
	/^(?:NULL|null|undefined|NaN|nan|\[object Object\]|System\.\w+\[\]|(?:System\.(?:Collections|Management)|Microsoft\.ActiveDirectory)\.\S+)$/;

/** A formula that came instead of what it gives: `=A2`, `=CONCAT(A2,B2)`, `="a"&B2`. */
const FORMULA = /^=\s*(?:[\p{L}_.]+\(|(?:[^!\s][^!]*!)?\$?[A-Z]{1,3}\$?\d+\b|"[^"]*"\s*&)/iu;
