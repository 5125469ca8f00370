// The source files of this repository and what each imports, read by the TypeScript compiler's own parser.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ts from 'typescript';

export const ROOT = resolve(import.meta.dirname, '../..');

/** One import, export from, `import()`, `require()` or `import('…')` type. */
export interface Import {
	readonly from: string;
	/** A file of ours as a path from the top folder, or the name of a package. */
	readonly to: string;
	readonly isOurs: boolean;
	/** Nothing of it is left at run time. */
	readonly isType: boolean;
}

/** Every file that git knows or would take, as a path from the top folder, with `/` everywhere. */
export function allFiles(): readonly string[] {
	const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: ROOT });
	return listed
		.toString()
		.split('\0')
		.filter((file) => file !== '' && existsSync(join(ROOT, file)));
}

/** The files whose names match. */
export function filesLike(pattern: RegExp): readonly string[] {
	return allFiles().filter((file) => pattern.test(file));
}

export function textOf(file: string): string {
	return readFileSync(join(ROOT, file), 'utf8');
}

/** What a file imports. */
export function importsOf(file: string, text = textOf(file)): readonly Import[] {
	const found: Import[] = [];
	const add = (specifier: ts.Node | undefined, isType: boolean): void => {
		if (specifier !== undefined && ts.isStringLiteralLike(specifier))
			found.push({ from: file, ...target(file, specifier.text), isType });
	};
	const visit = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeImport(node.importClause));
		else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
		else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
		else if (ts.isCallExpression(node) && isLoading(node.expression)) add(node.arguments[0], false);
		else if (ts.isExternalModuleReference(node)) add(node.expression, false);
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
	return found;
}

/** Groups of files that reach each other, types counted; each in the order of their names. */
export function circles(imports: readonly Import[]): ReadonlyArray<readonly string[]> {
	const to = new Map<string, Set<string>>();
	for (const one of imports.filter(({ isOurs }) => isOurs))
		to.set(one.from, (to.get(one.from) ?? new Set()).add(one.to));
	const reach = new Map([...to.keys()].map((file) => [file, reached(file, to)]));
	const inCircle = [...to.keys()].filter((file) => reach.get(file)?.has(file)).sort();
	const groups = new Map<string, string[]>();
	for (const file of inCircle) {
		const group = inCircle.filter((other) => reach.get(file)?.has(other) && reach.get(other)?.has(file));
		groups.set(group.join(' ↔ '), group);
	}
	return [...groups.values()];
}

function reached(start: string, to: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
	const seen = new Set<string>();
	const open = [start];
	for (let file = open.pop(); file !== undefined; file = open.pop())
		for (const next of to.get(file) ?? [])
			if (!seen.has(next)) {
				seen.add(next);
				open.push(next);
			}
	return seen;
}

function isTypeImport(clause: ts.ImportClause | undefined): boolean {
	if (clause === undefined) return false; // for its effects
	if (clause.isTypeOnly) return true;
	const { name, namedBindings } = clause;
	if (name !== undefined || namedBindings === undefined || !ts.isNamedImports(namedBindings)) return false;
	return namedBindings.elements.length > 0 && namedBindings.elements.every((element) => element.isTypeOnly);
}

function isLoading(callee: ts.Expression): boolean {
	return callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require');
}

function target(file: string, specifier: string): Pick<Import, 'to' | 'isOurs'> {
	if (!specifier.startsWith('.')) return { to: specifier, isOurs: false };
	const path = relative(ROOT, resolve(ROOT, dirname(file), specifier))
		.split(sep)
		.join('/');
	const known = [path, `${path}.ts`, `${path}/index.ts`].find(
		(one) => /\.\w+$/.test(one) && existsSync(join(ROOT, one)),
	);
	if (known === undefined) throw new Error(`${file} imports ${specifier}, which is no file.`);
	return { to: known, isOurs: true };
}
