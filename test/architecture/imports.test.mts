// Which way imports point: from the node down to the engine, and never in a circle (docs/architecture.md).

import { expect, test } from 'vitest';
import { circles, filesLike, importsOf, type Import } from './sources.mts';

/** The rooms of nodes/TokenIm, from the bottom up: a room imports from those before it, and from itself. */
const ROOMS = ['engine', 'protocol', 'input', 'operations', 'description', 'host', 'output'];
/** What lies in nodes/TokenIm itself stands above all rooms. */
const TOP = 'the node';
/** They know nothing of n8n at run time; a type of it is gone by then. */
const WITHOUT_N8N = ['engine', 'protocol', 'input', 'operations'];

const shipped = filesLike(/^(nodes|credentials)\/.*\.ts$/);
const imports = shipped.flatMap((file) => importsOf(file));

test('every folder of nodes/TokenIm is a room with a place in the order', () => {
	const folders = shipped.filter((file) => file.startsWith('nodes/')).map(roomOf);
	expect([...new Set(folders)].sort()).toEqual([...ROOMS, TOP].sort());
});

test('a room imports from the rooms below it only', () => {
	expect(upwards(imports)).toEqual([]);
});

test('the engine imports nothing of ours but its own, not even a type', () => {
	const foreign = imports.filter(
		({ from, to, isOurs }) => roomOf(from) === 'engine' && isOurs && roomOf(to) !== 'engine',
	);
	expect(foreign.map(arrow)).toEqual([]);
});

test('engine, protocol, input and operations have nothing of n8n at run time', () => {
	expect(ofN8nAtRunTime(imports).map(arrow)).toEqual([]);
});

test('the credential imports from the protocol only', () => {
	const other = imports.filter(
		({ from, to, isOurs }) => from.startsWith('credentials/') && isOurs && roomOf(to) !== 'protocol',
	);
	expect(other.map(arrow)).toEqual([]);
});

test('shipped code imports nothing of the sandbox, the scripts or the tests', () => {
	const outside = imports.filter(({ to, isOurs }) => isOurs && !/^(nodes|credentials)\//.test(to));
	expect(outside.map(arrow)).toEqual([]);
});

test.each([
	['shipped code', /^(nodes|credentials)\/.*\.ts$/],
	['the sandbox', /^sandbox\/.*\.mts$/],
	['the scripts and the bench', /^(scripts|bench)\/.*\.m[tj]s$/],
	['the tests', /^test\/.*\.mts$/],
])('no file of %s reaches itself, types counted', (_, pattern) => {
	const files = filesLike(pattern);
	expect(files.length).toBeGreaterThan(10);
	expect(circles(files.flatMap((file) => importsOf(file))).map((group) => group.join(' ↔ '))).toEqual([]);
});

test.each([
	['a named import', `import { OPERATIONS } from '../operations';`],
	['a type', `import type { Reader } from '../operations/index';`],
	['a re-export', `export * from '../operations';`],
	['an import for its effects', `import '../operations';`],
	['a type in its place', `let reader: import('../operations').Reader;`],
	['an import when it is run', `const later = await import('../operations');`],
	['require', `const old = require('../operations');`],
])('an arrow upwards is seen as %s', (_, text) => {
	expect(upwards(importsOf('nodes/TokenIm/input/probe.ts', text))).toEqual([
		'nodes/TokenIm/input/probe.ts → nodes/TokenIm/operations/index.ts',
	]);
});

test.each([
	['a value', `import { NodeConnectionTypes } from 'n8n-workflow';`, 1],
	['a value among types', `import { type INode, sleep } from 'n8n-workflow';`, 1],
	['a part of a package', `import { x } from 'n8n-core/dist/x';`, 1],
	['types alone', `import { type INode, type IDataObject } from 'n8n-workflow';`, 0],
	['an import of types', `import type { INode } from 'n8n-workflow';`, 0],
])('of n8n, %s counts at run time or not', (_, text, count) => {
	expect(ofN8nAtRunTime(importsOf('nodes/TokenIm/engine/probe.ts', text))).toHaveLength(count);
});

test('a circle is found with all its files, and with no other', () => {
	const link = (from: string, to: string): Import => ({ from, to, isOurs: true, isType: true });
	const found = circles([
		link('a', 'b'),
		link('b', 'c'),
		link('c', 'a'),
		link('x', 'a'),
		link('y', 'y'),
		link('c', 'z'),
	]);
	expect(found).toEqual([['a', 'b', 'c'], ['y']]);
});

function upwards(all: readonly Import[]): readonly string[] {
	return all.filter(({ from, to, isOurs }) => isOurs && from.startsWith('nodes/') && rank(to) > rank(from)).map(arrow);
}

function ofN8nAtRunTime(all: readonly Import[]): readonly Import[] {
	return all.filter(
		({ from, to, isOurs, isType }) => WITHOUT_N8N.includes(roomOf(from)) && !isOurs && !isType && /^@?n8n\b/.test(to),
	);
}

function roomOf(file: string): string {
	return /^nodes\/TokenIm\/([^/]+)\//.exec(file)?.[1] ?? TOP;
}

function rank(file: string): number {
	const place = ROOMS.indexOf(roomOf(file));
	return place === -1 ? ROOMS.length : place;
}

function arrow({ from, to }: Import): string {
	return `${from} → ${to}`;
}
