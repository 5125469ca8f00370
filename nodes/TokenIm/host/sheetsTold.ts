// The sheet of a workbook that was read is none that can be used: which one it was, and which others could be meant.

import type { FileSheets } from '../input/files/readFile';
import { listed } from '../input/files/workbook/unreadable';

/** For each the file is read anew. */
const MOST_LOOKED_AT = 20;

/** @param isFine whether the first rows of a sheet have the columns that are needed */
export async function sheetsTold(
	{ read, others }: FileSheets,
	isChosen: boolean,
	isFine: (sheet: string) => Promise<boolean>,
): Promise<string> {
	const fine: Array<FileSheets['read']> = [];
	for (const other of others.slice(0, MOST_LOOKED_AT)) if (await isFine(other.name)) fine.push(other);
	const first = others.some(({ isHidden }) => isHidden) ? 'the first one that is not hidden' : 'the first one';
	const which = isChosen ? 'as Sheet under File Options says' : first;
	const was = `The sheet ${listed([read.name])} of the workbook was read, ${which}.`;
	if (fine.length === 0)
		return `${was} Not read: ${named(others)}. If the rows are in another sheet, enter it as Sheet under File Options.`;
	const [have, enter] = fine.length === 1 ? ['has', 'enter it'] : ['have', 'enter the one that is meant'];
	return `${was} ${named(fine)} ${have} such columns: ${enter} as Sheet under File Options.`;
}

function named(sheets: FileSheets['others']): string {
	const hidden = sheets.filter(({ isHidden }) => isHidden).map(({ name }) => name);
	return `${listed(sheets.map(({ name }) => name))}${hidden.length === 0 ? '' : ` (hidden: ${listed(hidden)})`}`;
}
