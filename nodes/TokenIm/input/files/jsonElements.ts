// JSON text is cut into the elements of its lists, so that a list of any length is read in little memory. A list is the
// text itself, or stands in an object at any name, a few objects deep: {"total": 2, "data": {"users": [{…}, {…}]}}.

import { MOST_CHARACTERS } from './csvRecords';
import type { Text } from './decode';
import { jsonUnclear } from './unreadable';

export interface JsonElement {
	/** `cutOff`: the text ends before it should. `trailing`: something follows where the text should end. */
	readonly kind: 'element' | 'tooLong' | 'cutOff' | 'trailing';
	/** The place in `lists` of the list that it is in. */
	readonly list: number | undefined;
	readonly text: string;
	/** The character of the file at which it starts, from 1. */
	readonly position: number;
	readonly isDamaged: boolean;
}

/** Names in a path: deeper lists are not looked for. */
const MOST_NAMES = 4;
/** Lists that are told apart: an object with more of them is no answer and no export. */
const MOST_LISTS = 100;
/** Names of the object itself that are remembered. */
const MOST_OWN = 1_000;
/** What a name may have in characters. */
const LONGEST_NAME = 1_000;

/** `opening`: after the bracket of a list, before its first element. `skip`: in what holds no list of rows. */
type Place = 'start' | 'outer' | 'opening' | 'list' | 'skip' | 'over' | 'done';

export class ElementCutter {
	/** The paths of the lists of objects, and of the empty lists, in their order. */
	readonly lists: Array<readonly string[]> = [];
	/** The names of the outermost object's texts and numbers that are not empty. */
	readonly own: string[] = [];
	private text = '';
	private at = 0;
	/** Where the element, or the name, at hand starts. */
	private start = 0;
	/** Characters dropped before `text`. */
	private dropped = 0;
	private place: Place = 'start';
	private list: number | undefined;
	private isTopList = false;
	/** The names of the objects that are open around the place, and of the member at hand. */
	private path: string[] = [];
	private isName = false;
	private depth = 0;
	private isString = false;
	private isEscaped = false;
	/** A value's string has begun. */
	private mayOwn = false;
	private isDamaged = false;
	private isSkipping = false;

	push({ text, isDamaged }: Text): void {
		const isHeld = (this.place === 'list' && !this.isSkipping) || (this.isString && this.isName);
		const keepFrom = isHeld ? this.start : this.at;
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
		if (this.isName && this.isString && this.at - this.start > LONGEST_NAME) this.start = this.at;
		if (isEnd) {
			const element = this.end();
			if (element !== undefined) yield element;
		}
	}

	private inString(character: string): void {
		// A text that is not empty.
		if (this.mayOwn && character !== '"') this.owns();
		this.mayOwn = false;
		if (this.isEscaped) this.isEscaped = false;
		else if (character === '\\') this.isEscaped = true;
		else if (character === '"') {
			this.isString = false;
			if (this.place === 'outer' && this.isName) this.path[this.path.length - 1] = this.nameAtHand();
		}
	}

	private nameAtHand(): string {
		try {
			return String(JSON.parse(this.text.slice(this.start, this.at + 1)));
		} catch {
			return '';
		}
	}

	private step(character: string): JsonElement | undefined {
		switch (this.place) {
			case 'list':
				return this.inList(character);
			case 'outer':
				return this.inOuter(character);
			case 'opening':
				return isBlank(character) ? undefined : this.openList(character);
			case 'skip':
				return this.inSkipped(character);
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
		this.isTopList = character === '[';
		if (this.isTopList) {
			this.place = 'list';
			this.list = this.lists.push([]) - 1;
			this.start = this.at + 1;
		} else this.enter();
	}

	private enter(): void {
		this.place = 'outer';
		this.path.push('');
		this.isName = true;
	}

	private inOuter(character: string): undefined {
		if (character === '"') {
			this.isString = true;
			if (this.isName) this.start = this.at;
			else this.mayOwn = true;
		} else if (character === ':') this.isName = false;
		else if (character === ',') this.isName = true;
		else if (character === '{' && this.path.length < MOST_NAMES) this.enter();
		else if (character === '{') this.skip();
		else if (character === '[') this.place = 'opening';
		else if (character === '}') {
			this.path.pop();
			this.isName = false;
			if (this.path.length === 0) this.place = 'over';
		} else if (character === ']') throw jsonUnclear(this.dropped + this.at + 1);
		else if (!this.isName && /[\d-]/.test(character)) this.owns();
	}

	private owns(): void {
		const name = this.path[0] ?? '';
		if (this.path.length === 1 && this.own.length < MOST_OWN && this.own.at(-1) !== name) this.own.push(name);
	}

	private skip(): void {
		this.place = 'skip';
		this.depth = 1;
	}

	private inSkipped(character: string): undefined {
		if (character === '"') this.isString = true;
		else if (character === '{' || character === '[') this.depth++;
		else if ((character === '}' || character === ']') && --this.depth === 0) this.place = 'outer';
	}

	/** Only a list that starts with an object is one of rows; any other is data beside it. */
	private openList(character: string): JsonElement | undefined {
		const isEmpty = character === ']';
		const list = isEmpty || character === '{' ? this.listAtHand() : undefined;
		if (isEmpty) this.place = 'outer';
		else if (list === undefined) {
			this.skip();
			this.inSkipped(character);
		} else {
			this.list = list;
			this.place = 'list';
			this.start = this.at;
			return this.inList(character);
		}
		return undefined;
	}

	/** A name that comes twice in an object names one list. */
	private listAtHand(): number | undefined {
		const path = JSON.stringify(this.path);
		const known = this.lists.findIndex((other) => JSON.stringify(other) === path);
		if (known !== -1) return known;
		return this.lists.length < MOST_LISTS ? this.lists.push([...this.path]) - 1 : undefined;
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
			this.place = this.isTopList ? 'over' : 'outer';
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
		if (this.place === 'over' || this.place === 'done') return undefined;
		if (this.lists.length === 0) throw jsonUnclear(this.dropped + this.text.length + 1);
		const rest = this.place === 'list' ? this.text.slice(Math.max(0, this.start)) : '';
		return this.said('cutOff', rest.trim(), this.text.length);
	}

	private said(kind: JsonElement['kind'], text: string, at = this.at): JsonElement {
		return {
			kind,
			list: this.place === 'list' ? this.list : undefined,
			text,
			position: this.dropped + at + 1,
			isDamaged: this.isDamaged && text.includes('\uFFFD'),
		};
	}
}

function isBlank(text: string): boolean {
	return text.trim() === '';
}

function leading(text: string): number {
	return text.length - text.trimStart().length;
}
