// An e-mail address, freed of what address books and mail programs put around it. Two addresses are left as they are:
// the rules refuse them, for none of them is the one that is meant.

/** @param text a cleaned text that is not empty */
export function bareAddress(text: string): string {
	// Most cells hold an address and nothing else.
	if (BARE.test(text)) return text;
	let rest = text;
	for (;;) {
		const less = peeled(rest);
		if (less === rest || less === '') return rest;
		rest = less;
	}
}

const BARE = /^[\w.+-]+@[\w.-]+$/;
/** `mailto:ada@school.example?subject=Hello`, where it names nobody else. */
const LINK = /^mailto:\s*([^?]*)(?:\?[^@]*)?$/i;
/** Quotes and angle brackets at both ends, and the separators of a list that has one entry. */
const AROUND = /^(?:<\s*([^<>]*)>|'([^']*)'|"([^"]*)"|‘([^‘’]*)’|“([^“”]*)”|[;,]+\s*([^;,]*)|([^;,]*?)\s*[;,]+)$/;
/** `Ada Lind <ada@school.example>`. */
const NAMED = /^(.*?)\s*<\s*([^<>\s]+)\s*>$/;

function peeled(text: string): string {
	const link = LINK.exec(text)?.[1];
	if (link !== undefined) return link.trim();
	const inside = AROUND.exec(text)
		?.slice(1)
		.find((part) => part !== undefined);
	if (inside !== undefined) return inside.trim();
	const [, name = '', address = ''] = NAMED.exec(text) ?? [];
	// A name that holds another address leaves open which of the two is meant.
	const isOpen = address === '' || (name.includes('@') && !name.toLowerCase().includes(address.toLowerCase()));
	return isOpen || (name.match(/@/g)?.length ?? 0) > 1 ? text : address;
}
