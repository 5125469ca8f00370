// What the cells of a sheet's first rows say about a guess that rests on a column's name: an id column in which nothing
// stands is no id column, and a date column that says Yes and No is none. The contract's own names are no guess.

import type { Row } from '../../engine/types';
import { MOST_NAME_CHARACTERS } from '../cells/bounds';
import { aliasKeys, columnKey } from '../cells/text';
import { CONTRACT, type Claim } from './claims';
import type { Field } from './fields';
import type { Matcher } from './matching';
import { isNameLike, NAME_PARTS } from './nameAliases';
import { canBeNames } from './nameEvidence';
import { breathingEach, own, workOf, type Breathe } from './reading';
import type { RuledOut } from './sheetRule';
import { holdsForeignAttributes, looksLike } from './shapes';

/** Cells that are asked for, and most of them looked at with a pattern. */
const CELLS_IN_ONE_TURN = 20_000;

export interface Verdicts {
	readonly ruledOut: RuledOut;
	/** The columns that could be a field, single attributes aside, or that only look like a person's name. */
	readonly claiming: readonly string[];
	/** Those of optional fields: the person is told of them. */
	readonly unfit: ReadonlyArray<{ readonly column: string; readonly claim: Claim }>;
}

/**
 * Gives the event loop a turn now and then.
 *
 * @param required fields that a sheet cannot do without: of their columns only ids that are none are ruled out
 */
export async function weigh(
	columns: readonly string[],
	rows: readonly Row[],
	matcher: Matcher,
	{ required, breathe }: { readonly required: readonly string[]; readonly breathe: Breathe },
): Promise<Verdicts> {
	const ruledOut = new Map<string, Set<string>>();
	const unfit: Array<{ column: string; claim: Claim }> = [];
	const ruleOut = (column: string, { target }: Claim) =>
		ruledOut.set(column, (ruledOut.get(column) ?? new Set()).add(target));
	const claims: Array<{ readonly column: string; readonly claim: Claim }> = [];
	const worked = breathingEach(breathe);
	const nameLike: string[] = [];
	for (const column of columns) {
		const own = matcher.claimsOf(column);
		for (const claim of own) claims.push({ column, claim });
		if (own.length === 0 && looksLikeName(column)) nameLike.push(column);
		await worked(workOf(column));
	}
	const read = breathingEach(breathe, CELLS_IN_ONE_TURN);
	const ids = claims.filter(({ claim }) => matcher.targetOf(claim).field.kind === 'id');
	const cellsOf = (column: string) => rows.map((row) => own(row, column)).filter(isFilled);

	for (const { column, claim } of ids.filter(({ claim: { tier } }) => tier !== CONTRACT)) {
		if (cellsOf(column).length === 0 || (columnKey(column) === COMPANY && isCompany(cellsOf(column))))
			ruleOut(column, claim);
		await read(rows.length);
	}
	// Where no id is left, the columns are what they seem, and each row says that it has none.
	for (const target of new Set(ids.map(({ claim }) => claim.target))) {
		const all = ids.filter(({ claim }) => claim.target === target);
		if (all.every(({ column }) => ruledOut.get(column)?.has(target) === true))
			for (const { column } of all) ruledOut.get(column)?.delete(target);
	}

	for (const { column, claim } of claims) {
		if (NAME_PARTS[claim.part?.of ?? -1]?.isWeak !== true) continue;
		if (!canBeNames(cellsOf(column))) ruleOut(column, claim);
		await read(rows.length);
	}

	for (const { column, claim } of claims) {
		const { field, attribute } = matcher.targetOf(claim);
		if (required.includes(field.name) || attribute !== undefined || field.kind === 'id') continue;
		const cells = cellsOf(column);
		await read(rows.length);
		if (cells.length === 0 || !isUnfit(field, claim, cells)) continue;
		ruleOut(column, claim);
		unfit.push({ column, claim });
	}
	// An empty column completes no name.
	const filled: string[] = [];
	for (const column of nameLike) {
		if (cellsOf(column).length > 0) filled.push(column);
		await read(rows.length);
	}
	const claiming = new Set(claims.flatMap(({ column, claim }) => (claim.target.includes('.') ? [] : [column])));
	return { ruledOut, unfit, claiming: [...claiming, ...filled] };
}

function looksLikeName(column: string): boolean {
	return column.length <= MOST_NAME_CHARACTERS && aliasKeys(column).some(isNameLike);
}

/** Not one cell is what the field holds. One that is not is the fault of its row. */
function isUnfit(field: Field, { tier }: Claim, cells: readonly unknown[]): boolean {
	if (field.kind === 'attributes') return cells.every(holdsForeignAttributes);
	return tier !== CONTRACT && !cells.some((cell) => looksLike(cell, field.kind));
}

/** To a CRM, the company that a person works for. */
const COMPANY = 'account';

/** Several people have one company, and its name may have a space; neither is so of the account of a person. */
function isCompany(cells: readonly unknown[]): boolean {
	return new Set(cells.map(String)).size < cells.length || cells.some((cell) => /\S\s+\S/.test(String(cell)));
}

function isFilled(cell: unknown): boolean {
	return cell !== undefined && cell !== null && (typeof cell !== 'string' || cell.trim() !== '');
}
