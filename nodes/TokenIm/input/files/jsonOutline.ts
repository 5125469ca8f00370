// A first reading of a JSON object, to see which lists it holds: then the right one can be read as a stream.

import { whichList, listsInWords, type FoundList, type Outline } from '../columns/whichList';
import type { Holds } from '../columns/listNames';
import type { Text } from './decode';
import { ElementCutter } from './jsonElements';
import { jsonUnclear, listMissing, listUnclear } from './unreadable';

/** The path of the list that holds the rows; `object` where the file is one row itself. */
export type Rows = readonly string[] | 'object';

/** Elements of a list whose names are looked at. */
const SAMPLED = 3;
/** A longer element is not looked at. */
const LONGEST_SAMPLE = 64 * 1024;

/** @throws FileUnreadable where no list is one of rows, or more than one may be */
export async function rowsIn(texts: AsyncIterable<Text>, holds: Holds, breathe: () => Promise<void>): Promise<Rows> {
	const { outline, trailing } = await outlineOf(texts, breathe);
	const which = whichList(outline, holds);
	switch (which.kind) {
		case 'list':
			return which.list.path;
		case 'object':
			if (trailing !== undefined) throw jsonUnclear(trailing);
			return 'object';
		case 'unclear':
			throw listUnclear(holds, listsInWords(which.lists), which.lists.length, which.isItself);
		case 'none':
			throw listMissing();
	}
}

async function outlineOf(
	texts: AsyncIterable<Text>,
	breathe: () => Promise<void>,
): Promise<{ readonly outline: Outline; readonly trailing: number | undefined }> {
	const cutter = new ElementCutter();
	const sizes: number[] = [];
	const names: Array<Set<string>> = [];
	let trailing: number | undefined;
	for await (const text of texts) {
		cutter.push(text);
		see(false);
		await breathe();
	}
	see(true);
	const lists = cutter.lists.map((path, list): FoundList => {
		return { path, size: sizes[list] ?? 0, names: [...(names[list] ?? [])] };
	});
	return { outline: { own: cutter.own, lists }, trailing };

	function see(isEnd: boolean): void {
		for (const { kind, list, text, position } of cutter.elements(isEnd)) {
			if (kind === 'trailing') trailing = position;
			if (list === undefined || (kind !== 'element' && kind !== 'tooLong')) continue;
			const size = (sizes[list] ?? 0) + 1;
			sizes[list] = size;
			if (size > SAMPLED || text.length > LONGEST_SAMPLE) continue;
			const seen = (names[list] ??= new Set());
			for (const name of namesIn(text)) seen.add(name);
		}
	}
}

function namesIn(text: string): readonly string[] {
	try {
		return Object.keys(Object(JSON.parse(text)));
	} catch {
		return [];
	}
}
