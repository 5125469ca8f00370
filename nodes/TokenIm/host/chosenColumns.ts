// Choose Columns and Set Each Value: what the user put beside each field, as choices that the rows are read by. Read
// once, raw: what only names a column is read from the row itself, for an expression costs 0.2 ms each time (law 11).

import type { IExecuteFunctions } from 'n8n-workflow';
import { SettingUnclear } from '../operations/parameters';
import { plainColumn, type Choice, type Choices } from '../input/columns/chosen';
import type { RowSource } from './rowSource';

/** Where each way keeps its fields and its attributes, and what text that is no expression means there. */
const WAYS = {
	choose: { label: 'Chosen Columns', fields: 'chosenColumns', attributes: 'chosenAttributes', textIs: 'column' },
	set: { label: 'Values', fields: 'values', attributes: 'attributeValues', textIs: 'value' },
} as const;

type Way = (typeof WAYS)[keyof typeof WAYS];

/**
 * `undefined` for Match Automatically.
 *
 * @throws SettingUnclear where an expression asks for what the rows don't have, or stands for all of the fields at once
 */
export function choicesOf(host: IExecuteFunctions, source: RowSource): Choices | undefined {
	const columns = host.getNodeParameter('columns', 0, 'auto');
	if (columns !== 'choose' && columns !== 'set') return undefined;
	const way = WAYS[columns];
	const choices = new Map<string, Choice>();
	for (const [name, raw] of rawFields(host, way)) {
		const choice = choiceOf(host, name, raw, way, source);
		if (choice !== undefined) choices.set(name, choice);
	}
	return choices;
}

function* rawFields(host: IExecuteFunctions, way: Way): Generator<readonly [string, unknown]> {
	const fields = rawParameter(host, `${way.fields}.value`) ?? {};
	if (!isRecord(fields)) throw fieldsUnclear(way.label);
	yield* Object.entries(fields);
	const attributes = rawParameter(host, `${way.attributes}.attribute`) ?? [];
	if (!Array.isArray(attributes)) throw attributeUnclear();
	for (const attribute of attributes) {
		const name: unknown = isRecord(attribute) ? attribute.name : undefined;
		if (!isRecord(attribute) || typeof name !== 'string' || name.trim() === '') throw attributeUnclear();
		yield [`attributes.${name.trim()}`, attribute.value];
	}
}

function fieldsUnclear(label: string): SettingUnclear {
	return new SettingUnclear(
		`"${label}" does not say of each field which column it is`,
		'One expression for all fields is not worked out: enter a column, or an expression, for each. Nothing was sent.',
	);
}

/** n8n makes nameless ones of an expression that stands for the whole list, one for each of its characters. */
function attributeUnclear(): SettingUnclear {
	return new SettingUnclear(
		'"Attributes" holds one without a name',
		'Give each attribute its name, or remove it. One expression for the whole list is not worked out: add an attribute for each. Nothing was sent.',
	);
}

function rawParameter(host: IExecuteFunctions, name: string): unknown {
	return host.getNodeParameter(name, 0, null, { rawExpressions: true });
}

/** `undefined` where nothing was put beside the field. */
function choiceOf(
	host: IExecuteFunctions,
	name: string,
	raw: unknown,
	way: Way,
	source: RowSource,
): Choice | undefined {
	if (raw === undefined || raw === null || raw === '') return undefined;
	if (typeof raw !== 'string' || !raw.startsWith('=')) return plainChoice(raw, way);
	if (!raw.includes('{{')) return plainChoice(raw.slice(1), way);
	const column = plainColumn(raw);
	if (column !== undefined) return { column };
	const expression = raw.slice(1);
	if (source.holdsColumns && /\$(?:json|input|item)\b/.test(expression))
		throw new SettingUnclear(
			`The expression for "${name}" computes with a row, and n8n has no expressions for the rows of a file or of JSON`,
			'Use a column as it is, e.g. {{ $json.email }}, or turn the file into items first with the node Extract From File. Nothing was sent.',
		);
	return { value: ({ item }) => host.evaluateExpression(expression, item) };
}

/** What no expression works out, also where it was typed as one: the name of a column, or the same value in every row. */
function plainChoice(given: unknown, way: Way): Choice {
	if (way.textIs === 'column' && typeof given === 'string') return { column: given };
	return { value: () => given, fixed: String(given).trim() };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
