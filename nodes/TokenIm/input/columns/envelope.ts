// An item that holds the list instead of being one of its rows, as HTTP Request hands an answer over.

import type { Row } from '../../engine/types';
import { ColumnsUnclear } from './columnsUnclear';
import type { Holds } from './listNames';
import { listsInWords, whichList, type FoundList, type Outline } from './whichList';

/**
 * What to say of rows that hold lists of those that are asked for. One row alone is such an answer also where it has an
 * id and a name of its own; of more, each is a row.
 *
 * @param isMissing whether the rows themselves lack what they need
 */
export function listWithin(rows: readonly Row[], holds: Holds, isMissing: boolean): ColumnsUnclear | undefined {
	const [row] = rows;
	if (row === undefined || (rows.length > 1 && !isMissing)) return undefined;
	const which = whichList(outlineOf(row.columns), holds);
	if (which.kind === 'list' && which.list.size > 0) return found(holds, [which.list]);
	return which.kind === 'unclear' && (isMissing || which.isItself) ? found(holds, which.lists) : undefined;
}

function found(holds: Holds, lists: readonly FoundList[]): ColumnsUnclear {
	return new ColumnsUnclear(
		`The rows hold a list of ${holds}, and are none themselves: ${listsInWords(lists)}`,
		`Put the node Split Out before this one, with the name of the list that is meant under Fields To Split Out. Nothing was sent.`,
	);
}

/** Names of objects around a list. */
const MOST_NAMES = 4;
/** Objects of a list whose names are looked at. */
const SAMPLED = 3;

function outlineOf(columns: object): Outline {
	const own: string[] = [];
	const lists: FoundList[] = [];
	look(columns, []);
	return { own, lists };

	function look(object: object, path: readonly string[]): void {
		for (const [name, value] of entriesOf(object)) {
			const at = [...path, name];
			if (path.length === 0 && (typeof value === 'number' || (typeof value === 'string' && value !== '')))
				own.push(name);
			if (Array.isArray(value)) {
				const objects: readonly unknown[] = value;
				if (objects.length > 0 && !isObject(objects[0])) continue;
				const names = new Set(objects.slice(0, SAMPLED).flatMap((one) => (isObject(one) ? Object.keys(one) : [])));
				lists.push({ path: at, size: objects.length, names: [...names] });
			} else if (isObject(value) && at.length < MOST_NAMES) look(value, at);
		}
	}
}

/** Names of an object that are looked at: those of a list in an answer stand among a few others. */
const MOST_LOOKED_AT = 1_000;

function entriesOf(object: object): ReadonlyArray<readonly [name: string, value: unknown]> {
	return Object.keys(object)
		.slice(0, MOST_LOOKED_AT)
		.map((name) => [name, Reflect.get(object, name)]);
}

function isObject(value: unknown): value is object {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
