// docs/api-profile.schema.json, and the reference at the end of docs/api-profiles.md: both from the one zod schema.

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { ignoreOverride, zodToJsonSchema } from 'zod-to-json-schema';

import { profileSchema } from '../../nodes/TokenIm/protocol/profile/document';

export const MARK = '<!-- What follows is written by `npm run profile -- docs`. -->';

interface Schema {
	readonly type?: string | readonly string[];
	readonly description?: string;
	readonly default?: unknown;
	readonly enum?: readonly unknown[];
	readonly const?: unknown;
	readonly properties?: Readonly<Record<string, Schema>>;
	readonly required?: readonly string[];
	readonly additionalProperties?: Schema | boolean;
	readonly items?: Schema;
	readonly anyOf?: readonly Schema[];
}

/** The JSON Schema of a profile. */
export function schemaOf(refs: 'root' | 'none' = 'root'): object {
	// JSON within JSON has no end without references: there it is said once that it is anything.
	const override: typeof ignoring = refs === 'none' ? (def) => (isLazy(def) ? {} : ignoreOverride) : ignoring;
	const schema = zodToJsonSchema(profileSchema, {
		$refStrategy: refs,
		effectStrategy: 'input',
		pipeStrategy: 'input',
		override,
	});
	return { ...schema, title: 'API profile of n8n-nodes-tokenim' };
}

function isLazy(def: object): boolean {
	return 'typeName' in def && def.typeName === 'ZodLazy';
}

function ignoring(_def: object): object | typeof ignoreOverride {
	return ignoreOverride;
}

/** The reference: each key with what it means, its default and an example. */
export async function referenceOf(root: string): Promise<string> {
	const folder = join(root, 'examples/profiles');
	const files = (await readdir(folder))
		.filter((name) => name.endsWith('.json'))
		.sort()
		.map((name) => join(folder, name));
	files.push(join(root, 'nodes/TokenIm/protocol/profiles/tokenim-rest-v1.json'));
	const samples: unknown[] = await Promise.all(
		files.map(async (file): Promise<unknown> => JSON.parse(await readFile(file, 'utf8'))),
	);
	const rows = new Map<string, string>();
	walk(schemaOf('none'), [], true);
	return ['| key | meaning | default | example |', '|---|---|---|---|', ...rows.values()].join('\n');

	function walk(schema: Schema, path: readonly string[], isRequired: boolean): void {
		if (path.length > 0 && schema.description !== undefined) add(schema, path, isRequired);
		for (const option of schema.anyOf ?? [])
			walk({ ...option, description: option.properties === undefined ? undefined : option.description }, path, true);
		for (const [key, words] of forms(schema.anyOf ?? []))
			add({ description: 'Which form it has.', enum: words }, [...path, key], true);
		for (const [key, inner] of Object.entries(schema.properties ?? {}))
			walk(inner, [...path, key], schema.required?.includes(key) === true);
		if (typeof schema.additionalProperties === 'object') walk(schema.additionalProperties, [...path, '*'], false);
		if (schema.items !== undefined && (schema.items.properties !== undefined || schema.items.anyOf !== undefined))
			walk(schema.items, [...path, '*'], false);
	}

	function add(schema: Schema, path: readonly string[], isRequired: boolean): void {
		const kind =
			schema.properties?.container?.const ??
			schema.properties?.kind?.const ??
			schema.properties?.by?.const ??
			schema.properties?.step?.const;
		const place = generalized(path);
		const key = `${place.join('.')}${kind === undefined ? '' : ` (${String(kind)})`}`;
		if (rows.has(key)) return;
		const words =
			schema.enum === undefined ? '' : ` One of ${schema.enum.map((word) => `\`${String(word)}\``).join(', ')}.`;
		const otherwise =
			schema.default === undefined ? (isRequired ? 'required' : '') : `\`${JSON.stringify(schema.default)}\``;
		rows.set(
			key,
			`| \`${key}\` | ${cell(`${schema.description ?? ''}${words}`)} | ${cell(otherwise)} | ${exampleOf(place, kind)} |`,
		);
	}

	function exampleOf(path: readonly string[], kind: unknown): string {
		for (const sample of samples) {
			const found = findAll([sample], path).find(
				(value) => kind === undefined || JSON.stringify(value).includes(JSON.stringify(kind)),
			);
			if (found === undefined) continue;
			const text = JSON.stringify(found);
			if (text.length <= 90) return `\`${cell(text)}\``;
		}
		return '';
	}
}

/** The keys by which the forms of one thing are told apart, with what may stand there. */
function forms(options: readonly Schema[]): Map<string, unknown[]> {
	const found = new Map<string, unknown[]>();
	for (const { properties = {} } of options)
		for (const [key, { const: word }] of Object.entries(properties))
			if (word !== undefined) found.set(key, [...(found.get(key) ?? []), word]);
	return found;
}

/** What is the same for all operations, or for all fields, is said once. */
export function generalized([first, second, third, ...rest]: readonly string[]): string[] {
	if (first === 'operations' && third !== undefined) return ['operations', '*', third, ...rest];
	if (first === 'fields' && second !== 'extra' && rest.length > 0) return ['fields', '*', '*', ...rest];
	return [first, second, third, ...rest].filter((key) => key !== undefined);
}

function findAll(values: readonly unknown[], [key, ...rest]: readonly string[]): unknown[] {
	if (key === undefined) return [...values];
	const inner = values.flatMap((value): unknown[] => {
		if (typeof value !== 'object' || value === null) return [];
		return key === '*' ? Object.values(value) : [Reflect.get(value, key)];
	});
	return findAll(
		inner.filter((value) => value !== undefined),
		rest,
	);
}

function cell(text: string): string {
	return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** The page with a fresh reference. */
export function pageOf(page: string, reference: string): string {
	const [guide = ''] = page.split(MARK);
	return `${guide}${MARK}\n\n${reference}\n`;
}

export async function writeDocs(root: string): Promise<string[]> {
	const schemaFile = join(root, 'docs/api-profile.schema.json');
	const pageFile = join(root, 'docs/api-profiles.md');
	await writeFile(schemaFile, `${JSON.stringify(schemaOf(), null, '\t')}\n`);
	await writeFile(pageFile, pageOf(await readFile(pageFile, 'utf8'), await referenceOf(root)));
	return [schemaFile, pageFile];
}
