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
	/** Columns that are no field's. */
	readonly ignored: readonly string[];
	/** Columns whose phone numbers are taken with +86, because the first rows show it. */
	readonly chinesePhones?: readonly string[];
}

/** n8n's Google Sheets node adds it: a row's number, not a column of the sheet. */
const NOT_A_COLUMN = 'row_number';

export function createReport(): {
	add(columns: readonly string[], used: readonly Use[], leftOut: readonly Use[]): void;
	told(): ColumnReport;
} {
	const seen = new Set<string>();
	const uses = new Map<string, Use>();
	const others = new Map<string, Use>();
	return {
		add(columns, used, leftOut) {
			for (const column of columns) seen.add(column);
			for (const use of used) uses.set(JSON.stringify([use.column, use.field]), use);
			for (const use of leftOut) others.set(JSON.stringify([use.column, use.field]), use);
		},
		told() {
			const places = new Map([...seen].map((column, at) => [column, at]));
			const place = ({ column }: Use) => places.get(column) ?? Infinity;
			const used = [...uses.values()].sort((a, b) => place(a) - place(b));
			const taken = new Set(used.map(({ column }) => column));
			const leftOut = [...others.values()]
				.filter(({ column }) => !taken.has(column))
				.sort((a, b) => place(a) - place(b));
			for (const { column } of leftOut) taken.add(column);
			return { used, leftOut, ignored: [...seen].filter((column) => !taken.has(column) && column !== NOT_A_COLUMN) };
		},
	};
}
