// Where the rows of a run come from, as the rest of the node sees it.

import type { Rows } from '../engine/rows/rowReader';
import type { Row } from '../engine/types';

export interface RowSource {
	/** Reads the rows from the first on, each time that it is called. */
	rows(): Rows;
	/** At least one row for each list of columns that the rows have. */
	heads(): Promise<Iterable<Row>>;
	/** Rows with one number are of one sheet: its columns are matched by themselves. */
	sheetOf(row: Row): number;
	/** How many rows there are, where that is known before they are read. */
	readonly count: number | undefined;
	/** How many items bring rows, in a file or a list; `undefined` where each item is one. */
	readonly bringers?: number;
	/** Whether a failed row must carry its columns, because no item has them. */
	readonly holdsColumns: boolean;
	/** What should be known of the rows that were read, for people. Default: nothing. */
	readonly hints?: () => readonly string[];
	/** What to say where it shows that the rows are elsewhere; `isSure` where these could be rows all the same. Default: nothing. */
	readonly elsewhere?: (isSure: boolean) => Error | undefined;
	/**
	 * What to say of the sheets of a workbook where the one that was read does not pass. Default: nothing.
	 *
	 * @param passes whether rows have the columns that are needed
	 */
	readonly otherSheets?: (
		passes: (heads: () => Promise<Iterable<Row>>) => Promise<boolean>,
	) => Promise<string | undefined>;
}
