// What n8n shows is HTML in places: hints and the descriptions of errors are, the title of an error is in one place and
// in another it is not. Names of columns, files and sheets, cells and what a service says are strangers' text: an image
// in a column's name called home from the editor. So nothing leaves this node for these places but through here. Fields
// of items, verdicts and the log are plain text, and stay as they are.

import { cut } from '../engine/cut';

/** Thirty names of a hundred characters, and what is said of them. */
const MOST_CHARACTERS = 5_000;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for where n8n takes HTML: it reads there as it reads here. */
export function asHtml(text: string): string {
	return cut(text, MOST_CHARACTERS).replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '');
}

/** Text for where n8n may take HTML, or may not: it reads nearly the same, and is no tag in either. */
export function asTitle(text: string): string {
	return cut(text, MOST_CHARACTERS).replaceAll('<', '‹').replaceAll('>', '›');
}
