/** What does not agree between a tag, package.json, package-lock.json and CHANGELOG.md; without a tag it may be unreleased. */
export function disagreements(release: {
	readonly version: string;
	readonly lockVersion: string;
	readonly changelog: string;
	readonly tag?: string;
}): string[];
