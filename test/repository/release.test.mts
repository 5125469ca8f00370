// A release is one version everywhere: tag, package.json, package-lock.json, CHANGELOG.md.

import { expect, test } from 'vitest';
import { disagreements } from '../../scripts/release-check.mjs';
import { textOf } from '../architecture/sources.mts';

const good = {
	version: '1.2.0',
	lockVersion: '1.2.0',
	changelog: '# Changelog\n\n## [Unreleased]\n\n## [1.2.0] - 2026-11-25\n\n- x\n\n## [1.1.0] - 2026-10-01\n',
	tag: '1.2.0',
};

test('this repository agrees with itself', () => {
	const { version } = JSON.parse(textOf('package.json'));
	const { version: lockVersion } = JSON.parse(textOf('package-lock.json'));
	expect(disagreements({ version, lockVersion, changelog: textOf('CHANGELOG.md') })).toEqual([]);
});

test('a release that agrees has nothing to say', () => {
	expect(disagreements(good)).toEqual([]);
});

test.each([
	['another tag', { tag: '1.3.0' }, 'The tag is 1.3.0'],
	['a tag with a v', { tag: 'v1.2.0' }, 'without a v'],
	['an old package-lock.json', { lockVersion: '1.1.0' }, 'package-lock.json has version 1.1.0'],
	['a changelog that ends before', { changelog: '# Changelog\n\n## [1.1.0] - 2026-10-01\n' }, 'begins with 1.1.0'],
	['a changelog without versions', { changelog: '# Changelog\n' }, 'no version'],
	['a day that is none', { changelog: '## [1.2.0] - soon\n' }, '"soon" as the day'],
	['a tag on what is unreleased', { changelog: '## [1.2.0] - unreleased\n' }, 'as the day of 1.2.0'],
])('%s is told', (_, change, told) => {
	const found = disagreements({ ...good, ...change });
	expect(found).toHaveLength(1);
	expect(found[0]).toContain(told);
});

test('without a tag a version may be unreleased', () => {
	expect(disagreements({ ...good, changelog: '## [1.2.0] - unreleased\n', tag: undefined })).toEqual([]);
});
