// The texts of a workbook that its cells share, and how text in a workbook is written.

import type { Archive } from './archive';
import { TextStore } from './textStore';
import { tooMuchText } from './unreadable';
import { readXml, type XmlHandler } from './xml';

/** They are held until the last row is read. A CSV file has no such limit, for it has no such list. */
const MOST_TEXT_BYTES = 128 * 1024 * 1024;

/**
 * By the number with which cells name them.
 * @throws FileUnreadable where there are more of them than the memory should hold
 */
export async function readSharedStrings(
	archive: Archive,
	path: string,
	breathe: () => Promise<void>,
	mostBytes = MOST_TEXT_BYTES,
): Promise<TextStore> {
	const texts = new TextStore();
	const text = new RichText();
	const handler: XmlHandler = {
		open(name) {
			if (name === 'si') text.start();
			else text.open(name);
		},
		text: (part) => text.add(part),
		close(name) {
			text.close(name);
			if (name !== 'si') return;
			texts.add(text.whole());
			if (texts.size > mostBytes) throw tooMuchText(mostBytes);
		},
	};
	await readXml(archive.open(path), path, handler, breathe);
	return texts;
}

/** Puts a text together from its runs, each in a font of its own; how Japanese is read aloud (`rPh`) is left out. */
export class RichText {
	private parts = '';
	private isInText = false;
	private isInPhonetic = false;

	start(): void {
		this.parts = '';
		this.isInText = false;
		this.isInPhonetic = false;
	}

	open(name: string): void {
		if (name === 'rPh') this.isInPhonetic = true;
		if (name === 't') this.isInText = !this.isInPhonetic;
	}

	add(text: string): void {
		if (this.isInText) this.parts += text;
	}

	close(name: string): void {
		if (name === 'rPh') this.isInPhonetic = false;
		if (name === 't') this.isInText = false;
	}

	whole(): string {
		return unescaped(this.parts);
	}
}

const ESCAPE = /_x([0-9A-Fa-f]{4})_/g;

/** What XML cannot hold stands as `_x000D_` (ECMA-376 part 1, 22.9.2.19), and a text that looks so as `_x005F_x000D_`. */
export function unescaped(text: string): string {
	if (!text.includes('_x')) return text;
	return text.replace(ESCAPE, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
