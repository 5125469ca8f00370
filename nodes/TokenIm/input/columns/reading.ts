// What the two ways of reading rows have in common: by the names of the columns, or as the user chose them.

import type { Row } from '../../engine/types';
import type { Given } from './assemble';
import type { ColumnsUnclear } from './columnsUnclear';
import type { Field } from './fields';
import type { Source } from './matching';

/** What was seen of a sheet before its first row is read. */
export interface Seen {
	/** Every list of columns that its rows have. */
	readonly lists: ReadonlyArray<readonly string[]>;
	/** Its first rows, whose cells may say what a name leaves open. */
	readonly rows: readonly Row[];
}

/** How the rows of a sheet are read once all its lists of columns are known. */
export interface Reading {
	/** @throws ColumnsUnclear */
	settle(sheets: ReadonlyMap<number, Seen>): void;
	of(row: Row): readonly Given[] | ColumnsUnclear;
}

export function kindOf({ field, attribute }: Pick<Source, 'field' | 'attribute'>): Field['kind'] | 'attribute' {
	return attribute === undefined ? field.kind : 'attribute';
}

export function own({ columns }: Row, column: string): unknown {
	return Object.hasOwn(columns, column) ? columns[column] : undefined;
}
