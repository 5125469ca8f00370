// `node scripts/release-check.mjs [TAG]`: whether tag, package.json, package-lock.json and CHANGELOG.md name one version.
// Without a tag the version may still be unreleased. Uses no package: it runs before anything is installed.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * What does not agree, each as a sentence that says what to do.
 * @param {{ version: string, lockVersion: string, changelog: string, tag?: string }} release
 * @returns {string[]}
 */
export function disagreements({ version, lockVersion, changelog, tag }) {
	const found = [];
	const say = (/** @type {string} */ sentence) => void found.push(sentence);
	if (lockVersion !== version)
		say(`package-lock.json has version ${lockVersion}, package.json ${version}. Run npm install --package-lock-only.`);
	if (tag !== undefined && tag !== version)
		say(`The tag is ${tag}, the version in package.json ${version}. Tag the commit with ${version}, without a v.`);
	const [newest] = changelog.matchAll(/^## \[(?<version>\d[^\]]*)\] - (?<date>.*)$/gm);
	if (newest?.groups?.version !== version) {
		say(
			`CHANGELOG.md begins with ${newest?.groups?.version ?? 'no version'}, not with ${version}. Write what changed.`,
		);
	} else if (
		!/^\d{4}-\d{2}-\d{2}$/.test(newest.groups.date) &&
		(tag !== undefined || newest.groups.date !== 'unreleased')
	) {
		say(`CHANGELOG.md has "${newest.groups.date}" as the day of ${version}. Write it as YYYY-MM-DD.`);
	}
	return found;
}

/** @param {string} file */
const read = (file) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const { version } = JSON.parse(read('package.json'));
	const { version: lockVersion } = JSON.parse(read('package-lock.json'));
	const found = disagreements({ version, lockVersion, changelog: read('CHANGELOG.md'), tag: process.argv[2] });
	for (const sentence of found) console.error(sentence);
	if (found.length === 0) console.log(`Tag, package.json, package-lock.json and CHANGELOG.md agree on ${version}.`);
	process.exitCode = found.length === 0 ? 0 : 1;
}
