// JSON text is cut into the elements of its list, so that a list of any length is read in little memory. The list is the
// text itself, or the first list of objects in an object: {"total": 2, "users": [{…}, {…}]}.

import { MOST_CHARACTERS } from './csvRecords';
import type { Text } from './decode';
import { jsonUnclear, listMissing } from './unreadable';

export interface JsonElement {
	/**
	 * `cutOff`: the text ends before the list does. `secondList`: another list of objects stands beside the first.
	 * `trailing`: something follows where the text should end.
	 */
	readonly kind: 'element' | 'tooLong' | 'cutOff' | 'secondList' | 'trailing';
	readonly text: string;
	/** The character of the file at which it starts, from 1. */
	readonly position: number;
	readonly isDamaged: boolean;
}

/** `opening`: after the bracket of a list in the outer object, before its first element. */
type Place = 'start' | 'outer' | 'opening' | 'list' | 'over' | 'done';

export class ElementCutter {
	private text = '';
	private at = 0;
	/** Where the element at hand starts. */
	private start = 0;
	/** Characters dropped before `text`. */
	private dropped = 0;
	private place: Place = 'start';
	private isWrapped = false;
	private depth = 0;
	private isString = false;
	private isEscaped = false;
	private isDamaged = false;
	private isSkipping = false;
	private hasList = false;

	push({ text, isDamaged }: Text): void {
		const keepFrom = this.place === 'list' && !this.isSkipping ? this.start : this.at;
		this.text = this.text.slice(keepFrom) + text;
		this.isDamaged = isDamaged || (this.isDamaged && this.text.length > text.length);
		this.dropped += keepFrom;
		this.at -= keepFrom;
		this.start -= keepFrom;
	}

	/** The elements that are complete; with `isEnd` also what the end of the file cut off. */
	*elements(isEnd: boolean): Generator<JsonElement, void, undefined> {
		for (; this.at < this.text.length; this.at++) {
			const character = this.text.charAt(this.at);
			if (this.isString) this.inString(character);
			else {
				const element = this.step(character);
				if (element !== undefined) yield element;
			}
		}
		if (this.place === 'list' && this.at - this.start > MOST_CHARACTERS) this.isSkipping = true;
		if (isEnd) {
			const element = this.end();
			if (element !== undefined) yield element;
		}
	}

	private inString(character: string): void {
		if (this.isEscaped) this.isEscaped = false;
		else if (character === '\\') this.isEscaped = true;
		else if (character === '"') this.isString = false;
	}

	private step(character: string): JsonElement | undefined {
		switch (this.place) {
			case 'list':
				return this.inList(character);
			case 'outer':
				return this.inOuter(character);
			case 'opening':
				return isBlank(character) ? undefined : this.openList(character);
			case 'start':
				if (!isBlank(character)) this.begin(character);
				return undefined;
			case 'over':
				if (isBlank(character)) return undefined;
				this.place = 'done';
				return this.said('trailing', this.text.slice(this.at, this.at + 100));
			case 'done':
				return undefined;
		}
	}

	private begin(character: string): void {
		if (character !== '[' && character !== '{') throw jsonUnclear(this.dropped + this.at + 1);
		this.isWrapped = character === '{';
		this.place = this.isWrapped ? 'outer' : 'list';
		this.hasList = !this.isWrapped;
		this.start = this.at + 1;
	}

	private inOuter(character: string): undefined {
		if (character === '"') this.isString = true;
		else if (character === '[' && this.depth === 0) this.place = 'opening';
		else if (character === '{' || character === '[') this.depth++;
		else if (character === '}' || character === ']') {
			if (this.depth === 0) this.place = 'over';
			else this.depth--;
		}
	}

	/** Only a list that starts with an object is one of rows; any other is data beside it. */
	private openList(character: string): JsonElement | undefined {
		const isRows = character === '{';
		if (isRows && !this.hasList) {
			this.hasList = true;
			this.place = 'list';
			this.start = this.at;
			return this.inList(character);
		}
		this.place = 'outer';
		this.depth = 1;
		if (character === ']' && !this.hasList) this.hasList = true;
		this.inOuter(character);
		return isRows ? this.said('secondList', this.text.slice(this.at, this.at + 100)) : undefined;
	}

	private inList(character: string): JsonElement | undefined {
		if (character === '"') this.isString = true;
		else if (character === '{' || character === '[') this.depth++;
		else if (this.depth > 0) {
			if (character === '}' || character === ']') this.depth--;
		} else if (character === ',') return this.taken();
		else if (character === ']') {
			const isBlankTail = !this.isSkipping && isBlank(this.text.slice(this.start, this.at));
			const last = isBlankTail ? undefined : this.taken();
			this.place = this.isWrapped ? 'outer' : 'over';
			return last;
		}
		return undefined;
	}

	private taken(): JsonElement {
		const isTooLong = this.isSkipping || this.at - this.start > MOST_CHARACTERS;
		const text = isTooLong ? '' : this.text.slice(this.start, this.at);
		const element = this.said(isTooLong ? 'tooLong' : 'element', text.trim(), this.start + leading(text));
		this.isSkipping = false;
		this.start = this.at + 1;
		return element;
	}

	private end(): JsonElement | undefined {
		if (this.place === 'over' || this.place === 'done') {
			if (!this.hasList) throw listMissing();
			return undefined;
		}
		if (!this.hasList) throw jsonUnclear(this.dropped + this.text.length + 1);
		const rest = this.place === 'list' ? this.text.slice(Math.max(0, this.start)) : '';
		return this.said('cutOff', rest.trim(), this.text.length);
	}

	private said(kind: JsonElement['kind'], text: string, at = this.at): JsonElement {
		return { kind, text, position: this.dropped + at + 1, isDamaged: this.isDamaged && text.includes('\uFFFD') };
	}
}

function isBlank(text: string): boolean {
	return text.trim() === '';
}

function leading(text: string): number {
	return text.length - text.trimStart().length;
}
