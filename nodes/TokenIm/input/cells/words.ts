// Whether text could be words that people write: text read in the wrong encoding mixes scripts within a word.

const WORD = /[\p{L}\p{M}]+/gu;
const CAPITAL_WITHIN = /\p{Ll}\p{Lu}/u;
/** Those whose letters UTF-8 writes in two bytes, and whatever it writes in more. */
const SCRIPTS: readonly RegExp[] = [
	/^[\p{Script=Latin}\u0300-\u036Fªº]+$/u,
	/^[\p{Script=Cyrillic}\p{M}]+$/u,
	/^[\p{Script=Greek}\p{M}]+$/u,
	/^[\p{Script=Hebrew}\p{M}]+$/u,
	/^[\p{Script=Arabic}\p{M}]+$/u,
	/^[\p{Script=Armenian}\p{M}]+$/u,
	/^\P{Script=Latin}*[\u0800-\u{10FFFF}]\P{Script=Latin}*$/u,
	// Names of East Asia stand beside Latin ones without a space.
	/[\u2E80-\u{10FFFF}]/u,
];

/** Each word of it is of one script, without a capital of that script after a small letter. */
export function isOfWords(text: string): boolean {
	return (text.match(WORD) ?? []).every(
		(word) => !CAPITAL_WITHIN.test(word.replace(/[A-Za-z]/g, '')) && SCRIPTS.some((script) => script.test(word)),
	);
}
