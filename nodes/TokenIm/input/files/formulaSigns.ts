// Text that a spreadsheet would run as a formula, and the apostrophe that keeps it from that: put in by the report file,
// taken off again by Input: File, so that a mended report comes back as it was and nobody is called '@ada.

/**
 * Where a cell may start: at the start of the text, behind a line end, and behind whatever separates cells in some
 * country, for a quote in the middle of a line is none to a spreadsheet that expects semicolons. Then the sign, in its
 * full-width form too. A + or - before digits is a phone or a number.
 */
const START =
	/(^|[;,\t\r\n])([ \u00A0\u3000"]*)('*)(?=[=@\uFF1D\uFF20]|[+\-\uFF0B\uFF0D](?![\d \u00A0().-]*(?:$|[;,\t\r\n])))/g;

/** With one more apostrophe before each formula sign; one that is there already stays, so that `unescaped` gives it back. */
export function escaped(text: string): string {
	return text.replace(START, "$1$2$3'");
}

/** The text that `escaped` was given. */
export function unescaped(text: string): string {
	if (!text.includes("'")) return text;
	return text.replace(START, (_all, start: string, between: string, marks: string) => start + between + marks.slice(1));
}
