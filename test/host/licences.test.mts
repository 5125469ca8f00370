// What is bundled travels under its own licence, with the whole text that the licence asks for.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { builtPackage, outDir } from './package.mts';

test('every library that is bundled brings its licence; Apache-2.0 with all its terms', async () => {
	await builtPackage();
	const text = await readFile(join(outDir, 'THIRD-PARTY-LICENSES.txt'), 'utf8');
	const notices = text.split(`\n${'-'.repeat(80)}\n`);
	const apache = notices.filter((notice) => /^\s*\S+ \S+ \(Apache-2\.0\)/.test(notice));
	expect(apache.map((notice) => /^\s*(\S+)/.exec(notice)?.[1])).toContain('jmespath');
	for (const notice of apache) expect(notice).toMatch(/TERMS AND CONDITIONS FOR USE[\s\S]*END OF TERMS AND CONDITIONS/);
	for (const notice of notices) expect(notice.length).toBeGreaterThan(500);
});
