// Columns that the user chose, or values that n8n computes for each row, in place of matching by name.

import type { Row } from '../../engine/types';
import { notChosen } from './columnsUnclear';
import type { Field } from './fields';
import { cleanText } from '../cells/text';

/**
 * Where a field's value comes from: a column, read straight from the row, or a function of the row. What was typed and is
 * the same in every row is `fixed` too.
 */
export type Choice = { readonly column: string } | { readonly value: (row: Row) => unknown; readonly fixed?: string };

/** By field name, or `attributes.NAME`. */
export type Choices = ReadonlyMap<string, Choice>;

/** A choice with the field that it is for. */
export interface ChosenSource {
	readonly field: Field;
	readonly attribute?: string;
	readonly choice: Choice;
}

/** @throws ColumnsUnclear where nothing is chosen for a required field. A name that is no field is left out. */
export function chosenSources(
	choices: Choices,
	fields: readonly Field[],
	required: readonly string[],
): readonly ChosenSource[] {
	const absent = fields.filter(({ name }) => required.includes(name) && !choices.has(name));
	if (absent.length > 0) throw notChosen(absent);
	return [...choices].flatMap(([name, choice]) => {
		const field = fields.find((candidate) => candidate.name === name);
		if (field !== undefined) return [{ field, choice }];
		const owner = fields.find((candidate) => candidate.kind === 'attributes' && name.startsWith(`${candidate.name}.`));
		const attribute = owner === undefined ? '' : cleanText(name.slice(owner.name.length + 1));
		return owner === undefined || attribute === '' ? [] : [{ field: owner, attribute, choice }];
	});
}

/** `={{ $json.email }}`, `={{ $json['E mail'] }}` and `={{ $json["E mail"] }}`, and nothing that computes. */
const PLAIN =
	/^=\s*\{\{\s*\$json\s*(?:\.\s*([\p{ID_Start}$_][\p{ID_Continue}$]*)|\[\s*(?:'([^'\\]*)'|"([^"\\]*)")\s*\])\s*;?\s*\}\}\s*$/u;

/** n8n's ways to the item that is under way: what they give is true of one row. */
const OF_ROW = /\$(?:json|input|item|itemIndex|binary|position)\b|\.(?:item|pairedItem|itemMatching)\b/;

/** Whether a raw parameter is an expression that is another one for each row. */
export function asksForRow(raw: unknown): boolean {
	return typeof raw === 'string' && raw.startsWith('=') && raw.includes('{{') && OF_ROW.test(raw);
}

/** The column that a raw expression reads, where it does nothing but that: it need not be evaluated for each row. */
export function plainColumn(raw: string): string | undefined {
	const match = PLAIN.exec(raw);
	return match?.[1] ?? match?.[2] ?? match?.[3];
}
