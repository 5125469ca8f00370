// What the sheet's columns were taken for, so that the person can see it: "User ID ← 学号; not used: 备注".

/** `label` is the field as the editor writes it, or an attribute's name. */
export interface Use {
	readonly column: string;
	readonly field: string;
	readonly label: string;
}

/** All in the order of the sheet's columns. */
export interface ColumnReport {
	readonly used: readonly Use[];
	/** Columns of fields for which the service, or the operation, has no use. */
	readonly leftOut: readonly Use[];
	/** Columns that only seemed to be a field's: what they hold cannot be it. */
	readonly unfit: readonly Use[];
	/** Columns of which more than one could be the same field. */
	readonly contested: readonly Use[];
	/** Columns that are no field's. */
	readonly ignored: readonly string[];
	/** Columns whose phone numbers are taken with +86, because the first rows show it. */
	readonly chinesePhones?: readonly string[];
	/** Rows that are members of groups: what tells the groups, names and owns them. */
	readonly groups?: GroupsReport;
}

/** What stands for itself in all rows is a `text`. */
export type Told = { readonly column: string } | { readonly text: string };

export interface GroupsReport {
	readonly by: Told;
	/** Whether `by` tells names, of which the IDs are made. */
	readonly isMade: boolean;
	readonly named?: Told;
	readonly owned?: Told;
}

/** What the columns of one list were taken for. */
export type Found = Partial<Omit<ColumnReport, 'ignored'>>;

/** n8n's Google Sheets node adds it: a row's number, not a column of the sheet. */
const NOT_A_COLUMN = 'row_number';
/** What a report file adds to the columns of a sheet: together they are its own, and fed in again they are not told of. */
const OF_REPORTS = ['row', 'reason'];

export function createReport(): {
	add(columns: readonly string[], found: Found): void;
	/** The columns that were taken for a field so far. */
	uses(field: string): readonly string[];
	told(): ColumnReport;
} {
	const seen = new Set<string>();
	const kinds = { used: newUses(), leftOut: newUses(), unfit: newUses(), contested: newUses() };
	return {
		add(columns, { used = [], leftOut = [], unfit = [], contested = [] }) {
			for (const column of columns) seen.add(column);
			kinds.used.add(used);
			kinds.leftOut.add(leftOut);
			kinds.unfit.add(unfit);
			kinds.contested.add(contested);
		},
		uses: (field) => kinds.used.all().flatMap((use) => (use.field === field ? [use.column] : [])),
		told() {
			const places = new Map([...seen].map((column, at) => [column, at]));
			const taken = new Set<string>();
			const isReport = OF_REPORTS.every((column) => seen.has(column));
			const isNone = (column: string) => column === NOT_A_COLUMN || (isReport && OF_REPORTS.includes(column));
			/** A column is told of once, but every field that it is used for. */
			const told = (uses: ReturnType<typeof newUses>): readonly Use[] => {
				const left = uses.all().filter(({ column }) => !taken.has(column));
				for (const { column } of left) taken.add(column);
				return left.sort((a, b) => (places.get(a.column) ?? Infinity) - (places.get(b.column) ?? Infinity));
			};
			return {
				used: told(kinds.used),
				leftOut: told(kinds.leftOut),
				unfit: told(kinds.unfit),
				contested: told(kinds.contested),
				ignored: [...seen].filter((column) => !taken.has(column) && !isNone(column)),
			};
		},
	};
}

function newUses() {
	const uses = new Map<string, Use>();
	return {
		add(more: readonly Use[]): void {
			for (const use of more) uses.set(JSON.stringify([use.column, use.field]), use);
		},
		all: (): Use[] => [...uses.values()],
	};
}
