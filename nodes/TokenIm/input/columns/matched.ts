// Columns matched by their names. Which column is which field is decided once for each list of column names, not for
// each row; and for each sheet by itself, for two files of one run may have other headers.

import type { Row } from '../../engine/types';
import { cachedByColumns } from './cache';
import { claimsOn, remembering } from './claims';
import { ColumnsUnclear, columnsMissing, twoColumns } from './columnsUnclear';
import type { createReport, Use } from './columnReport';
import { knownColumns } from './knownColumns';
import { listWithin } from './envelope';
import { weigh, type Verdicts } from './evidence';
import type { Field } from './fields';
import { heldIn } from './nameEvidence';
import { createMatcher, fieldName, whatOf, type Source } from './matching';
import { breathingEach, type Breathe, type Seen } from './reading';
import type { SheetRule } from './sheetRule';

export interface MatchOptions {
	readonly fields: readonly Field[];
	/** Fields that a sheet cannot do without. */
	readonly required: readonly string[];
	readonly isRead: (source: { readonly field: Field }) => boolean;
	/** Fields of which only the columns are told. */
	readonly isLeftOut: (source: { readonly field: Field }) => boolean;
	/** Whether a list must stand in the columns that are read, for whoever is in none of them is taken away. */
	readonly wholeLists: boolean;
	readonly sheetOf: (row: Row) => number;
	readonly report: ReturnType<typeof createReport>;
}

/** What the columns of a row give. */
export interface Sources {
	readonly present: readonly Source[];
	/** Fields for which other rows of the sheet have a column. */
	readonly absent: readonly Source[];
}

export interface Matched {
	/** @throws ColumnsUnclear where two columns of a sheet give one field, or none a required one */
	settle(sheet: number, seen: Seen, breathe: Breathe): Promise<void>;
	of(row: Row): Sources | ColumnsUnclear;
}

export function matchByName(options: MatchOptions): Matched {
	const { fields, required, isRead, isLeftOut, sheetOf, report } = options;
	// A name that a row must have may stand elsewhere in it; an empty one that it may leave out stays as it is.
	const standsIn = ({ field }: { readonly field: Field }) => field.kind === 'text' && required.includes(field.name);
	const claims = remembering(claimsOn(fields));
	const matcher = createMatcher(fields, isRead, standsIn, claims);
	const others = createMatcher(fields, isLeftOut, () => false, claims);
	const sheets = new Map<number, ReturnType<typeof newSheet>>();
	const sheetNumbered = (sheet: number) => {
		const known = sheets.get(sheet) ?? newSheet();
		sheets.set(sheet, known);
		return known;
	};
	return {
		settle: async (sheet, seen, breathe) => await sheetNumbered(sheet).settle(seen, breathe),
		of: (row) => sheetNumbered(sheetOf(row)).sourcesOf(row.columns),
	};

	function newSheet() {
		let rule: SheetRule | undefined;
		let unfit: Verdicts['unfit'] = [];
		/** The columns of the whole sheet: an item may lack one that its neighbours have. A single attribute is no loss. */
		let whole: readonly Source[] = [];
		const sourcesOf = cachedByColumns((columns): Sources | ColumnsUnclear => {
			const ruling = rule ?? matcher.ruleOf(columns);
			const matches = matcher.match(columns, ruling);
			if (matches instanceof ColumnsUnclear) return matches;
			const { sources: present, contested } = matches;
			const own = new Set(columns);
			const other = others.match(columns, ruling);
			report.add(columns, {
				used: present.flatMap(usesOf),
				leftOut: other instanceof ColumnsUnclear ? [] : other.sources.flatMap(usesOf),
				unfit: unfit.filter(({ column }) => own.has(column)).flatMap(useOf),
				contested: contested.flatMap(usesOf),
			});
			const given = new Set(present.map(fieldName));
			return { present, absent: whole.filter((source) => !given.has(fieldName(source))) };
		});
		return { sourcesOf, settle };

		async function settle({ lists, rows }: Seen, breathe: Breathe): Promise<void> {
			const columns = [...new Set(lists.flat())];
			const holds = fields.some(({ name }) => name === 'userId') ? 'users' : 'groups';
			const within = listWithin(rows, holds, false);
			if (within !== undefined) throw within;
			// A single row is looked through as a whole.
			if (rows.length === 1) await breathe();
			const weighed = await weigh(columns, rows, matcher, { required, breathe });
			unfit = weighed.unfit;
			const settled = matcher.ruleOf(weighed.claiming, weighed.ruledOut, heldIn(rows));
			rule = settled;
			const found = new Map<string, Source>();
			const worked = breathingEach(breathe);
			for (const list of lists) {
				const matches = matcher.match(list, settled);
				if (matches instanceof ColumnsUnclear) throw matches;
				for (const source of matches.sources) if (source.attribute === undefined) found.set(fieldName(source), source);
				await worked(list.length);
			}
			whole = [...found.values()];
			if (options.wholeLists) checkLists(whole, weighed);
			const missing = fields.filter(
				({ name }) => required.includes(name) && !whole.some(({ field }) => field.name === name),
			);
			if (missing.length === 0) return;
			await breathe();
			throw listWithin(rows, holds, true) ?? columnsMissing(missing, columns, knownColumns(columns) > 0);
		}
	}

	/** @throws ColumnsUnclear where a column that is not read may hold a part of a list */
	function checkLists(sources: readonly Source[], { claiming, ruledOut }: Verdicts): void {
		for (const source of sources.filter(({ field }) => field.kind === 'ids')) {
			const { name } = source.field;
			const isPart = (column: string) =>
				matcher.claimsOf(column).some(({ target }) => target === name) && ruledOut.get(column)?.has(name) !== true;
			const other = claiming.find((column) => !source.columns.includes(column) && isPart(column));
			if (other !== undefined) throw twoColumns(whatOf(source), source.columns[0] ?? '', other);
		}
	}

	function useOf({ column, claim }: Verdicts['unfit'][number]): Use[] {
		const target = matcher.targetOf(claim);
		return isRead(target) ? [{ column, field: fieldName(target), label: whatOf(target) }] : [];
	}
}

export function usesOf(source: Source): Use[] {
	return source.columns.map((column) => ({ column, field: fieldName(source), label: whatOf(source) }));
}
