// Each argument of a call takes a place on the stack: a list from data, spread into arguments, overflows it at some
// hundred thousand (law 4). Push in a loop, and take the greatest by reduce.

import { expect, test } from 'vitest';
import ts from 'typescript';

import { filesLike, textOf } from './sources.mts';

/** Always of two elements. */
const PAIRS = new Set([
	"...firstWith(columns, '\\0')",
	'...(one > 12 ? ([two, one] as const) : ([one, two] as const))',
]);

function spreadsIn(text: string): string[] {
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isCallExpression(node) || ts.isNewExpression(node))
			for (const argument of node.arguments ?? []) if (ts.isSpreadElement(argument)) found.push(argument.getText());
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile('one.ts', text, ts.ScriptTarget.Latest, true));
	return found;
}

test('no list is spread into the arguments of a call', () => {
	const files = filesLike(/^(nodes|credentials)\/.*\.ts$/);
	expect(files.length).toBeGreaterThan(100);
	const found = files.flatMap((file) => spreadsIn(textOf(file)).map((text) => [file, text]));
	expect(found.filter(([, text = '']) => !PAIRS.has(text))).toEqual([]);
});

test.each(['list.push(...others)', 'Math.max(0, ...found)', 'new Thing(...parts)'])('%s is found', (text) => {
	expect(spreadsIn(text)).toHaveLength(1);
});
