// JMESPath expressions as trees: parsed by the jmespath library, and only what is allowed of them
// (docs/api-profiles.md).

import { search } from 'jmespath';
import * as library from 'jmespath';

import { explained } from './expressionMistake';
import { isRecord } from './own';

const FUNCTIONS = ['keys', 'values', 'not_null', 'to_number'];
const PROTOTYPE_NAMES = ['__proto__', 'constructor', 'prototype'];

export interface Node {
	readonly type: string;
	readonly name?: unknown;
	readonly value?: unknown;
	readonly children: readonly Node[];
	/** Slices have numbers for children. */
	readonly bounds: ReadonlyArray<number | null>;
}

/** What is wrong with an expression; `undefined` where nothing is. */
export function mistakeOfExpression(text: string): string | undefined {
	const read = readTree(text);
	if ('error' in read) return explained(text, read.error);
	const counts = new Map<string, number>();
	const refused = walk(read.tree, counts);
	if (refused !== undefined) return refused;
	const multi = (counts.get('MultiSelectList') ?? 0) + (counts.get('MultiSelectHash') ?? 0);
	if (multi > 1) return `use at most one multi-select in a JMESPath expression; this one has ${multi}`;
	const flattens = counts.get('Flatten') ?? 0;
	if (flattens > 1) return `use at most one flatten in a JMESPath expression; this one has ${flattens}`;
	return undefined;
}

const KNOWN = new Set([
	'Field',
	'Subexpression',
	'IndexExpression',
	'Index',
	'Slice',
	'Projection',
	'ValueProjection',
	'FilterProjection',
	'Flatten',
	'Comparator',
	'OrExpression',
	'AndExpression',
	'NotExpression',
	'Literal',
	'Identity',
	'Current',
	'Pipe',
	'MultiSelectList',
	'MultiSelectHash',
	'KeyValuePair',
	'Function',
]);

function walk(node: Node, counts: Map<string, number>): string | undefined {
	if (!KNOWN.has(node.type)) return `this kind of JMESPath expression (${node.type}) is not allowed here`;
	counts.set(node.type, (counts.get(node.type) ?? 0) + 1);
	const name = typeof node.name === 'string' ? node.name : '';
	if (node.type === 'Function' && !FUNCTIONS.includes(name))
		return `of the functions of JMESPath only ${FUNCTIONS.join(', ')} are allowed; this one calls ${name}`;
	if (PROTOTYPE_NAMES.includes(name)) return `${name} never stands for a key of an answer`;
	if (node.type === 'Slice' && (node.bounds[2] ?? 1) !== 1) return 'a slice has a beginning and an end, but no step';
	for (const child of node.children) {
		const refused = walk(child, counts);
		if (refused !== undefined) return refused;
	}
	return undefined;
}

/** `undefined` for what is no JMESPath. */
export function parse(text: string): Node | undefined {
	const read = readTree(text);
	return 'tree' in read ? read.tree : undefined;
}

/** The library's own search is named so that a bundle keeps the library whole. */
function readTree(text: string): { readonly tree: Node } | { readonly error: unknown } {
	if (text.length > 200 || typeof search !== 'function') return { error: undefined };
	try {
		const compile: unknown =
			Reflect.get(library, 'compile') ?? Reflect.get(Reflect.get(library, 'default') ?? {}, 'compile');
		return typeof compile === 'function' ? { tree: nodeOf(compile(text)) } : { error: undefined };
	} catch (error) {
		return { error };
	}
}

function nodeOf(tree: unknown): Node {
	if (!isRecord(tree)) throw new TypeError('no tree');
	const children = Array.isArray(tree.children) ? tree.children : [];
	const isSlice = tree.type === 'Slice';
	const only = tree.type === 'KeyValuePair' ? [tree.value] : isSlice ? [] : children;
	return {
		type: String(tree.type),
		name: tree.name,
		value: tree.value,
		children: only.map(nodeOf),
		bounds: isSlice ? children.map((bound) => (typeof bound === 'number' ? bound : null)) : [],
	};
}
