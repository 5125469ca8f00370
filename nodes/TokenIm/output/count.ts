// Numbers as people read them.

/** 10000 is "10,000". */
export function count(rows: number): string {
	return rows.toLocaleString('en-US');
}
