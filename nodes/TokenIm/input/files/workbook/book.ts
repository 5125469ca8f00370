// What a workbook is made of: its sheets in their order, and where its texts and formats stand. Paths come from the
// relationships (ECMA-376 part 2, 9.3): not every tool calls its parts as Excel does.

import type { Archive } from './archive';
import { attribute, isOn, readXml, type XmlHandler } from './xml';
import { workbookBroken } from './unreadable';

export interface BookSheet {
	readonly name: string;
	readonly path: string;
	/** By hand, or so that only a program can show it again. */
	readonly isHidden: boolean;
}

export interface Book {
	/** Only those with cells: no sheets that are a chart. */
	readonly sheets: readonly BookSheet[];
	/** Whether days are counted from 1904, as Excel for Mac once did. */
	readonly countsFrom1904: boolean;
	/** Whether whoever opens it is to work out all formulas: a result of 0 may stand for none then. */
	readonly asksForResults: boolean;
	readonly sharedStrings: string | undefined;
	readonly styles: string | undefined;
}

interface Relationship {
	readonly id: string;
	/** The last word of its type: the strict form of the format writes another address before it. */
	readonly type: string;
	readonly target: string;
}

const USUAL_PATH = 'xl/workbook.xml';
/** Parts that are read at once are small. */
const MOST_SHEETS = 10_000;
/** One for each part, of which an archive has as many at most. */
const MOST_RELATIONSHIPS = 20_000;

/** `undefined` where the archive is no workbook. */
export async function findBook(archive: Archive, breathe: () => Promise<void>): Promise<string | undefined> {
	if (!archive.has('_rels/.rels')) return archive.has(USUAL_PATH) ? USUAL_PATH : undefined;
	const { target } = (await relationshipsOf(archive, '', breathe)).find(({ type }) => type === 'officeDocument') ?? {};
	return target !== undefined && archive.has(target) ? target : undefined;
}

export async function readBook(archive: Archive, path: string, breathe: () => Promise<void>): Promise<Book> {
	const relationships = await relationshipsOf(archive, path, breathe);
	const byId = new Map(relationships.map((one) => [one.id, one]));
	const sheets: BookSheet[] = [];
	let countsFrom1904 = false;
	let asksForResults = false;
	let isInSheets = false;
	const handler: XmlHandler = {
		open(name, attributes) {
			if (name === 'workbookPr') countsFrom1904 = isOn(attribute(attributes, 'date1904'));
			if (name === 'calcPr') asksForResults = isOn(attribute(attributes, 'fullCalcOnLoad'));
			if (name === 'sheets') isInSheets = true;
			if (name !== 'sheet' || !isInSheets) return;
			const { type, target } = byId.get(attribute(attributes, 'id') ?? '') ?? {};
			if (type !== 'worksheet' || target === undefined) return;
			const state = attribute(attributes, 'state') ?? 'visible';
			sheets.push({ name: attribute(attributes, 'name') ?? '', path: target, isHidden: state !== 'visible' });
			if (sheets.length > MOST_SHEETS) throw workbookBroken('it has more than 10,000 sheets');
		},
		close(name) {
			if (name === 'sheets') isInSheets = false;
		},
	};
	await readXml(archive.open(path), path, handler, breathe);
	const pathOf = (wanted: string) =>
		relationships.find(({ type, target }) => type === wanted && archive.has(target))?.target;
	const sharedStrings = pathOf('sharedStrings');
	return { sheets, countsFrom1904, asksForResults, sharedStrings, styles: pathOf('styles') };
}

/** The parts of one type that another part names and that are there. @param source the other part */
export async function partsOf(
	archive: Archive,
	source: string,
	type: string,
	breathe: () => Promise<void>,
): Promise<readonly string[]> {
	const found = await relationshipsOf(archive, source, breathe, type);
	return found.map(({ target }) => target).filter((target) => archive.has(target));
}

/**
 * @param source the part that they start from; the archive itself is `''`
 * @param wanted of this type alone: a sheet may have a link for each of its rows
 */
async function relationshipsOf(
	archive: Archive,
	source: string,
	breathe: () => Promise<void>,
	wanted?: string,
): Promise<readonly Relationship[]> {
	const slash = source.lastIndexOf('/') + 1;
	const folder = source.slice(0, slash);
	const path = `${folder}_rels/${source.slice(slash)}.rels`;
	if (!archive.has(path)) return [];
	const found: Relationship[] = [];
	const handler: XmlHandler = {
		open(name, attributes) {
			if (name !== 'Relationship') return;
			const { Id: id = '', Type: address = '', Target: target = '' } = attributes;
			const type = address.slice(address.lastIndexOf('/') + 1);
			if (wanted !== undefined && type !== wanted) return;
			if (found.length === MOST_RELATIONSHIPS) throw workbookBroken('it has more than 20,000 relationships');
			found.push({ id, type, target: resolved(folder, target) });
		},
	};
	await readXml(archive.open(path), path, handler, breathe);
	return found;
}

/** A path within the archive: a target starts at the folder of its source, or with `/` at the top. */
function resolved(folder: string, target: string): string {
	const steps = (target.startsWith('/') ? target : folder + target).replaceAll('\\', '/').split('/');
	const path: string[] = [];
	for (const step of steps) {
		if (step === '..') path.pop();
		else if (step !== '' && step !== '.') path.push(step);
	}
	return path.join('/');
}
