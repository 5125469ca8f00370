// Those of a list who are to come out, held until it was read to its end: up to what n8n's memory takes, for a list may
// go on without an end and name somebody new on every page.

import type { Listed } from '../engine/wire';
import { isRecord } from '../protocol/language/own';
import { NothingListed } from './listing';

/** n8n starts with a heap of 2 to 4 GB, and makes items of them. */
const MOST_CHARACTERS = 500_000_000;
/** What one takes beside its texts. */
const OVERHEAD = 200;

export class HeldRecords {
	readonly all: Listed[] = [];
	private characters = 0;

	get length(): number {
		return this.all.length;
	}

	/** @throws NothingListed where it would be more than may be held */
	push(listed: Listed): void {
		this.characters += OVERHEAD + listed.id.length + lengthOf(listed.record);
		if (this.characters > MOST_CHARACTERS) throw tooLarge();
		this.all.push(listed);
	}
}

function lengthOf(record: Readonly<Record<string, unknown>>): number {
	let length = 0;
	for (const name in record) {
		const value = record[name];
		if (typeof value === 'string') length += value.length;
		else if (isRecord(value)) length += name.length + lengthOf(value);
		length += name.length;
	}
	return length;
}

function tooLarge(): NothingListed {
	return new NothingListed(
		'list_too_large',
		'The list could not be read to its end. It holds more than the memory of n8n should',
		'Ask for fewer (Limit), or ask the administrator of the service whether the list ends at all. Nothing of it is given, for a part of a list looks like all of it.',
	);
}
