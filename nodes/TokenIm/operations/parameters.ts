// How operations read what stands in the editor: through a port, so that they need nothing of n8n.

import { cleanCode } from '../input/cells/text';

/**
 * A parameter of the node as its expression leaves it, read once: it holds for the run, not for a row.
 *
 * @param fallback what the editor shows where the parameter was never touched
 */
export type ReadParameter = (name: string, fallback: unknown) => unknown;

/** Something in the editor is missing or is not what can stand there. Nothing was sent. */
export class SettingUnclear extends Error {
	/** @param description what to do about it */
	constructor(
		message: string,
		readonly description: string,
	) {
		super(message);
		this.name = 'SettingUnclear';
	}
}

/**
 * The text of a parameter that must not be empty.
 *
 * @param label what the editor calls it
 * @param what it is, for people
 * @throws SettingUnclear where it is empty
 */
export function neededText(read: ReadParameter, name: string, label: string, what: string): string {
	const text = textOf(read(name, ''));
	if (text === '') throw new SettingUnclear(`"${label}" is empty`, `Enter ${what}. Nothing was sent.`);
	return text;
}

/**
 * A number from 0 on.
 *
 * @param label what the editor calls it
 * @throws SettingUnclear where it is none
 */
export function wholeNumber(read: ReadParameter, name: string, label: string, fallback: number): number {
	const value = read(name, fallback);
	if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
	throw new SettingUnclear(`"${label}" is no whole number from 0 on`, 'Enter one; 0 means no limit. Nothing was sent.');
}

/**
 * A switch. An edited workflow file may hold "true" in place of true, which must not count as off: off may mean that
 * people are deleted, or that somebody is not found.
 *
 * @param label what the editor calls it
 * @throws SettingUnclear where it is neither on nor off
 */
export function onOrOff(read: ReadParameter, name: string, label: string, fallback: boolean): boolean {
	const value = read(name, fallback);
	if (typeof value === 'boolean') return value;
	throw new SettingUnclear(`"${label}" is neither on nor off`, 'Switch it on or off in the editor. Nothing was sent.');
}

/** The text of a parameter; `undefined` where it is empty. */
export function optionalText(read: ReadParameter, name: string): string | undefined {
	return textOf(read(name, '')) || undefined;
}

/**
 * The ids that were entered, one on each line or separated by commas. A line counts as a whole too: an id may hold what
 * separates others. So does what stands around ids in JSON and in texts: more ids than were meant do no harm here.
 *
 * @param label what the editor calls it
 * @throws SettingUnclear where it is no text
 */
export function idsIn(read: ReadParameter, name: string, label: string): readonly string[] {
	const value = read(name, '');
	if (typeof value !== 'string' && typeof value !== 'number')
		throw new SettingUnclear(`"${label}" is no list of IDs`, 'Enter one ID on each line. Nothing was sent.');
	const lines = String(value).split(/[\r\n]+/);
	return lines
		.flatMap((line) => [line, ...line.split(/[\s,;，；、]+/u)])
		.map(cleanCode)
		.flatMap((id) => [id, id.replace(AROUND, '')])
		.filter((id) => id !== '');
}

/** Brackets and quotes. */
const AROUND = /^[[({"'`\p{Pi}\p{Pf}\u201A\u201E]+|[\])}"'`\p{Pi}\p{Pf}]+$/gu;

function textOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
