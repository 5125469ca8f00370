// Whether cells hold in their columns what rows hold there, as far as that tells columns apart.

/** Kinds of cells by which a row is known. */
export const TELLING: readonly Kind[] = ['number', 'address', 'code'];

/** At least one cell is of the kind that is in its column, and none of another. */
export function fits(
	cells: readonly string[],
	known: ReadonlyArray<readonly string[]>,
	telling: readonly Kind[],
): boolean {
	let isSure = false;
	for (const [column, cell] of cells.entries()) {
		const kinds = new Set(known.map((row) => kindOf(row[column] ?? '')));
		kinds.delete('none');
		const [kind] = kinds;
		if (kind === undefined || kinds.size > 1 || !telling.includes(kind) || kindOf(cell) === 'none') continue;
		if (kindOf(cell) !== kind) return false;
		isSure = true;
	}
	return isSure;
}

type Kind = 'none' | 'number' | 'address' | 'code' | 'words';

/** Of which kind a cell is, as far as that tells columns apart. */
function kindOf(cell: string): Kind {
	const text = cell.trim();
	if (text === '') return 'none';
	if (/^[+(]?\d[\d\s().:/-]*$/.test(text)) return 'number';
	if (/^\S+@\S+$/.test(text)) return 'address';
	return /^(?=.*\d)(?=.*\p{L})\S+$/u.test(text) ? 'code' : 'words';
}
