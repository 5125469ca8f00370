// What the documents point to is there: paths of this repository, anchors of a page, commands of package.json.

import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allFiles, filesLike, ROOT, textOf } from '../architecture/sources.mts';

const documents = filesLike(/^([A-Z]+\.md|docs\/[^/]+\.md|sandbox\/README\.md)$/);
const folders = new Set(allFiles().flatMap((file) => parentsOf(file)));
const { scripts, homepage } = JSON.parse(textOf('package.json'));

describe.each(documents)('%s', (document) => {
	const text = textOf(document);

	it('links to files and anchors that are there', () => {
		const dead = [...text.matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)]
			.map(([, target = '']) => target)
			.filter((target) => !isThere(document, target));
		expect(dead).toEqual([]);
	});

	it('names paths that are there', () => {
		expect(pathsIn(text).filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
	});

	it('names commands that are there', () => {
		const named = [...text.matchAll(/\bnpm run ([a-z][\w:-]*)/g)].map(([, name = '']) => name);
		expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
	});
});

it('what the codex file links to is an anchor of the README', () => {
	const { resources } = JSON.parse(textOf('nodes/TokenIm/TokenIm.node.json'));
	const urls: string[] = Object.values<ReadonlyArray<{ readonly url: string }>>(resources).flatMap((list) =>
		list.map(({ url }) => url),
	);
	expect(urls.length).toBeGreaterThan(1);
	for (const url of urls) {
		const [page, anchor = ''] = url.split('#');
		expect(page).toBe(homepage);
		expect(['readme', ...anchorsOf(textOf('README.md'))]).toContain(anchor);
	}
});

it.each([
	['`test/engine/nobody.test.mts` holds it', ['test/engine/nobody.test.mts']],
	['in `nodes/TokenIm/nowhere/` it is read', ['nodes/TokenIm/nowhere/']],
	['run `node bench/nothing.mts --rounds 5`', ['bench/nothing.mts']],
	['`/users/batch` and `a/b` are no paths of ours', []],
	['`test/**/*.property.test.mts` and `scripts/NAME.mts` stand for many', []],
])('a path is seen in %s', (text, paths) => {
	expect(pathsIn(text)).toEqual(paths);
});

/** Paths below one of our top folders that stand in code spans; patterns and places for names are not meant. */
function pathsIn(text: string): readonly string[] {
	return [...text.matchAll(/`([^`\n]+)`/g)]
		.flatMap(([, span = '']) => span.split(/[\s,;:]+/))
		.filter(
			(word) => word.includes('/') && folders.has(word.split('/')[0] ?? '') && !/[*{}<>…]|\b[A-Z]{3,}\b/.test(word),
		);
}

function isThere(document: string, target: string): boolean {
	const [path = '', anchor] = target.split('#');
	const file = path === '' ? document : normalize(join(dirname(document), path));
	if (!existsSync(join(ROOT, file))) return false;
	return anchor === undefined || anchorsOf(textOf(file)).includes(anchor);
}

/** As GitHub makes them of headings. */
function anchorsOf(text: string): readonly string[] {
	return [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\s_-]/gu, '')
			.replace(/\s/g, '-'),
	);
}

function parentsOf(file: string): string[] {
	const parent = dirname(file);
	return parent === '.' ? [] : [parent.split('/')[0] ?? ''];
}
