// Columns matched by their names. Which column is which field is decided once for each list of column names, not for
// each row; and for each sheet by itself, for two files of one run may have other headers.

import type { Row } from '../../engine/types';
import { cachedByColumns } from './cache';
import { ColumnsUnclear, columnsMissing } from './columnsUnclear';
import type { createReport, Use } from './columnReport';
import type { Field } from './fields';
import { createMatcher, fieldName, whatOf, type Source } from './matching';

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
	settle(sheet: number, lists: ReadonlyArray<readonly string[]>): void;
	of(row: Row): Sources | ColumnsUnclear;
}

export function matchByName({ fields, required, isRead, isLeftOut, sheetOf, report }: MatchOptions): Matched {
	const matcher = createMatcher(fields, isRead);
	const others = createMatcher(fields, isLeftOut);
	const sheets = new Map<number, ReturnType<typeof newSheet>>();
	const sheetNumbered = (sheet: number) => {
		const known = sheets.get(sheet) ?? newSheet();
		sheets.set(sheet, known);
		return known;
	};
	return {
		settle: (sheet, lists) => sheetNumbered(sheet).settle(lists),
		of: (row) => sheetNumbered(sheetOf(row)).sourcesOf(row.columns),
	};

	function newSheet() {
		let rule: ReturnType<typeof matcher.ruleOf> | undefined;
		/** The columns of the whole sheet: an item may lack one that its neighbours have. */
		let whole: readonly Source[] = [];
		const sourcesOf = cachedByColumns((columns): Sources | ColumnsUnclear => {
			const ruling = rule ?? matcher.ruleOf(columns);
			const present = matcher.match(columns, ruling);
			if (present instanceof ColumnsUnclear) return present;
			const other = others.match(columns, ruling);
			report.add(columns, present.flatMap(usesOf), other instanceof ColumnsUnclear ? [] : other.flatMap(usesOf));
			const given = new Set(present.map(fieldName));
			return { present, absent: whole.filter((source) => !given.has(fieldName(source))) };
		});
		return { sourcesOf, settle };

		function settle(lists: ReadonlyArray<readonly string[]>): void {
			const columns = [...new Set(lists.flat())];
			const settled = matcher.ruleOf(columns);
			rule = settled;
			const sources = lists.flatMap((list) => {
				const matched = matcher.match(list, settled);
				if (matched instanceof ColumnsUnclear) throw matched;
				return matched;
			});
			whole = [...new Map(sources.map((source) => [fieldName(source), source])).values()];
			const missing = fields.filter(
				({ name }) => required.includes(name) && !sources.some(({ field }) => field.name === name),
			);
			if (missing.length > 0) throw columnsMissing(missing, columns);
		}
	}
}

function usesOf(source: Source): Use[] {
	return source.columns.map((column) => ({ column, field: fieldName(source), label: whatOf(source) }));
}
