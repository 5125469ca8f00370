// Columns matched by their names. Which column is which field is decided once for each list of column names, not for
// each row; and for each sheet by itself, for two files of one run may have other headers.

import type { Row } from '../../engine/types';
import { cachedByColumns } from './cache';
import { ColumnsUnclear, columnsMissing } from './columnsUnclear';
import type { createReport, Use } from './columnReport';
import { listWithin } from './envelope';
import { weigh, type Verdicts } from './evidence';
import type { Field } from './fields';
import { createMatcher, fieldName, whatOf, type Source } from './matching';
import type { Seen } from './reading';
import type { SheetRule } from './sheetRule';

export interface MatchOptions {
	readonly fields: readonly Field[];
	/** Fields that a sheet cannot do without. */
	readonly required: readonly string[];
	readonly isRead: (source: { readonly field: Field }) => boolean;
	/** Fields of which only the columns are told. */
	readonly isLeftOut: (source: { readonly field: Field }) => boolean;
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
	settle(sheet: number, seen: Seen): void;
	of(row: Row): Sources | ColumnsUnclear;
}

export function matchByName({ fields, required, isRead, isLeftOut, sheetOf, report }: MatchOptions): Matched {
	// A name that a row must have may stand elsewhere in it; an empty one that it may leave out stays as it is.
	const standsIn = ({ field }: { readonly field: Field }) => field.kind === 'text' && required.includes(field.name);
	const matcher = createMatcher(fields, isRead, standsIn);
	const others = createMatcher(fields, isLeftOut);
	const sheets = new Map<number, ReturnType<typeof newSheet>>();
	const sheetNumbered = (sheet: number) => {
		const known = sheets.get(sheet) ?? newSheet();
		sheets.set(sheet, known);
		return known;
	};
	return {
		settle: (sheet, seen) => sheetNumbered(sheet).settle(seen),
		of: (row) => sheetNumbered(sheetOf(row)).sourcesOf(row.columns),
	};

	function newSheet() {
		let rule: SheetRule | undefined;
		let unfit: Verdicts['unfit'] = [];
		/** The columns of the whole sheet: an item may lack one that its neighbours have. */
		let whole: readonly Source[] = [];
		const sourcesOf = cachedByColumns((columns): Sources | ColumnsUnclear => {
			const ruling = rule ?? matcher.ruleOf(columns);
			const matches = matcher.match(columns, ruling);
			if (matches instanceof ColumnsUnclear) return matches;
			const { sources: present, contested } = matches;
			const other = others.match(columns, ruling);
			report.add(columns, {
				used: present.flatMap(usesOf),
				leftOut: other instanceof ColumnsUnclear ? [] : other.sources.flatMap(usesOf),
				unfit: unfit.filter(({ column }) => columns.includes(column)).flatMap(useOf),
				contested: contested.flatMap(usesOf),
			});
			const given = new Set(present.map(fieldName));
			return { present, absent: whole.filter((source) => !given.has(fieldName(source))) };
		});
		return { sourcesOf, settle };

		function settle({ lists, rows }: Seen): void {
			const columns = [...new Set(lists.flat())];
			const holds = fields.some(({ name }) => name === 'userId') ? 'users' : 'groups';
			const within = listWithin(rows, holds, false);
			if (within !== undefined) throw within;
			const weighed = weigh(columns, rows, matcher, required);
			unfit = weighed.unfit;
			const settled = matcher.ruleOf(columns, weighed.ruledOut);
			rule = settled;
			const sources = lists.flatMap((list) => {
				const matches = matcher.match(list, settled);
				if (matches instanceof ColumnsUnclear) throw matches;
				return matches.sources;
			});
			whole = [...new Map(sources.map((source) => [fieldName(source), source])).values()];
			const missing = fields.filter(
				({ name }) => required.includes(name) && !sources.some(({ field }) => field.name === name),
			);
			if (missing.length > 0) throw listWithin(rows, holds, true) ?? columnsMissing(missing, columns);
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
