// How the tree looks: no file loose, every file told in its first line, no code too wide to read.

import { expect, test } from 'vitest';
import ts from 'typescript';
import { filesLike, textOf } from './sources.mts';

const MAX_COLUMNS = 140;
/** A word that long, an address say, may make a comment wider. */
const LONG_WORD = 60;

test('in nodes/TokenIm lie the node, its codex file, carryOut.ts, carryOutList.ts and icons, and nothing else', () => {
	const loose = filesLike(/^nodes\/TokenIm\/[^/]+$/).filter((file) => !file.endsWith('.svg'));
	expect(loose.map((file) => file.replace('nodes/TokenIm/', '')).sort()).toEqual([
		'TokenIm.node.json',
		'TokenIm.node.ts',
		'carryOut.ts',
		'carryOutList.ts',
	]);
});

test('every file of a room, of the sandbox, the scripts and the bench says in its first line what it is for', () => {
	const silent = filesLike(/^(nodes\/TokenIm\/.+|sandbox|scripts|bench)\/[^/]+\.(ts|mts|mjs|cjs)$/).filter(
		(file) => !/^(\/\/|\/\*\*) \S/.test(textOf(file)),
	);
	expect(silent).toEqual([]);
});

test(`no line of code is wider than ${MAX_COLUMNS} characters; texts may be`, () => {
	const wide = filesLike(/\.(ts|mts|mjs|cjs|js)$/).flatMap((file) => {
		const text = textOf(file);
		if (!text.split('\n').some((line) => line.length > MAX_COLUMNS)) return [];
		return wideLines(file, text).map((line) => `${file}:${line}`);
	});
	expect(wide).toEqual([]);
});

test.each([
	['code', `const a = ${'b + '.repeat(40)}c;`, [1]],
	['code around a text', `const a = ${'b + '.repeat(36)}'c';`, [1]],
	['a text', `const a = '${'words '.repeat(30)}';`, []],
	['a text with places in it', `const a = \`${'words '.repeat(30)}\${b} and \${c}\`;`, []],
	['a pattern', `const a = /${'words'.repeat(30)}/;`, []],
	['a comment', `// ${'words '.repeat(30)}`, [1]],
	['a comment with an address', `// https://example.com/${'words/'.repeat(30)}`, []],
	['a comment after code', `a(); // ${'words '.repeat(30)}`, [1]],
	['the second line', `a();\nconst a = ${'b + '.repeat(40)}c;`, [2]],
])('%s that is wide is seen or let pass', (_, text, lines) => {
	expect(wideLines('probe.ts', text)).toEqual(lines);
});

/** The numbers of the lines that stay too wide when texts and long words are taken out. */
function wideLines(file: string, text: string): readonly number[] {
	const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
	const kept = [...text];
	// By code unit, as positions count.
	const units = kept.length === text.length ? kept : text.split('');
	const takeOut = (from: number, to: number): void => {
		for (let at = from; at < to; at++) if (units[at] !== '\n') units[at] = '';
	};
	const visit = (node: ts.Node): void => {
		if (ts.isStringLiteralLike(node) || ts.isRegularExpressionLiteral(node) || isTemplatePart(node))
			takeOut(node.getStart(source), node.end);
		ts.forEachChild(node, visit);
	};
	visit(source);
	return units
		.join('')
		.split('\n')
		.flatMap((line, index) => (withoutLongWords(line).length > MAX_COLUMNS ? [index + 1] : []));
}

function isTemplatePart(node: ts.Node): boolean {
	return ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node);
}

function withoutLongWords(line: string): string {
	return line
		.split(' ')
		.filter((word) => word.length < LONG_WORD)
		.join(' ');
}
