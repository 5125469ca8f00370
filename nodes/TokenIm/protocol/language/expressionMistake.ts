// Why a text is no JMESPath expression, in words: the library's own are for its authors.

const HOW =
	'write the keys that lead to the value, joined by dots, such as results or error.code, or another JMESPath expression';

/** @param error what the library threw, or what took its tree apart */
export function explained(text: string, error: unknown): string {
	const said = error instanceof Error ? error.message : '';
	return `${JSON.stringify(text)} cannot be read: ${reasonOf(text, said)}; ${HOW}`;
}

function reasonOf(text: string, said: string): string {
	if (text.trim() === '') return 'nothing stands there';
	if (/(^|\.)\.|\.$/.test(text)) return 'a dot has no key beside it';
	const unknown = /^Unknown character:(.)/u.exec(said)?.[1];
	if (unknown !== undefined) return `the character ${unknown} has no meaning in it`;
	const missing = /^Expected (\w+), got: (\w+)/.exec(said);
	if (missing !== null) return `${SIGNS[missing[1] ?? ''] ?? missing[1]} is missing`;
	if (/NaN/.test(said)) return 'a key with - in it stands in double quotes there';
	const number = /\(Number\): "(\d+)"|Number, value: (\d+)/.exec(said);
	if (number !== null) {
		const [, one, other] = number;
		return `${one ?? other} is no key; the place of a list is written [${one ?? other}]`;
	}
	const extra = /^Unexpected token type: \w+, value: (.+)$/.exec(said)?.[1];
	if (extra !== undefined) return `${extra} stands where nothing more may follow`;
	if (/\?[^=!<>]*=[^=]/.test(text)) return 'a comparison is written ==';
	return 'a bracket, a quote or a comparison in it is not whole';
}

const SIGNS: Readonly<Record<string, string>> = {
	Rbracket: 'the bracket ]',
	Star: 'what stands in the brackets, or ]',
	Rparen: 'the bracket )',
	Rbrace: 'the bracket }',
	Colon: 'a colon',
};
