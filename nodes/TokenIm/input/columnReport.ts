// What the sheet's columns were taken for, so that the person can see it: "User ID ← 学号; not used: 备注".

export interface ColumnReport {
	/** In the order of the sheet's columns. `label` is the field as the editor writes it, or an attribute's name. */
	readonly used: ReadonlyArray<{ readonly column: string; readonly field: string; readonly label: string }>;
	/** Columns that are never sent. */
	readonly ignored: readonly string[];
}

type Used = ColumnReport['used'][number];

/** n8n's Google Sheets node adds it: a row's number, not a column of the sheet. */
const NOT_A_COLUMN = 'row_number';

export function createReport(): { add(columns: readonly string[], used: readonly Used[]): void; told(): ColumnReport } {
	const seen = new Set<string>();
	const uses = new Map<string, Used>();
	return {
		add(columns, used) {
			for (const column of columns) seen.add(column);
			for (const use of used) uses.set(JSON.stringify([use.column, use.field]), use);
		},
		told() {
			const places = new Map([...seen].map((column, at) => [column, at]));
			const place = ({ column }: Used) => places.get(column) ?? Infinity;
			const used = [...uses.values()].sort((a, b) => place(a) - place(b));
			const taken = new Set(used.map(({ column }) => column));
			return { used, ignored: [...seen].filter((column) => !taken.has(column) && column !== NOT_A_COLUMN) };
		},
	};
}
