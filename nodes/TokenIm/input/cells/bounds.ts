// How much of a row is looked at: far more than people write, and so little that no row holds the event loop (law 11).
// What is over a bound is told before any work is done on it.

/** Characters of the name of a column or an attribute. A longer name is no field's. */
export const MOST_NAME_CHARACTERS = 1_000;
/** Columns of a row: as many as a sheet of Excel has. */
export const MOST_COLUMNS = 16_384;
/** Characters of a cell: as many as a record of a CSV file. A cell of Excel has 32,767 at most. */
export const MOST_CELL_CHARACTERS = 1024 * 1024;
/** Characters of what is short by its nature, such as a date, a phone number or an e-mail address. */
export const MOST_CODE_CHARACTERS = 1_000;
/** Member IDs of a row. */
export const MOST_IDS = 20_000;
/** Attributes of a row. */
export const MOST_ATTRIBUTES = 1_000;
