// Tests that need what not every machine has: with CI=true its absence fails, elsewhere it is said and they are left out.

import { spawnSync } from 'node:child_process';
import { describe, test } from 'vitest';
import { chromiumProgram } from '../../scripts/lib/chromium.mts';
import { installedN8n } from '../../scripts/lib/n8n-install.mts';
import { N8N_VERSION } from '../../scripts/lib/paths.mts';
import { ejabberdMissing } from './ejabberd/server.mts';

/** Like `describe`, where n8n is installed. */
export async function describeWithN8n(name: string, tests: () => void): Promise<void> {
	describeUnless(await n8nMissing(), name, tests);
}

/** Like `describe`, where n8n and a Chromium are installed. */
export async function describeWithBrowser(name: string, tests: (chromium: string) => void): Promise<void> {
	const chromium = chromiumProgram();
	const missing =
		chromium === undefined
			? 'There is no Chromium. Install it, e.g. with: apt-get install chromium fonts-noto-cjk'
			: undefined;
	describeUnless((await n8nMissing()) ?? missing, name, () => tests(chromium ?? ''));
}

/** Like `describe`, where n8n and ejabberd are installed. */
export async function describeWithEjabberd(name: string, tests: () => void): Promise<void> {
	describeUnless((await n8nMissing()) ?? ejabberdMissing(), name, tests);
}

/** Like `describe`, where LibreOffice Calc is installed. */
export function describeWithLibreOffice(name: string, tests: () => void): void {
	const isThere = spawnSync('soffice', ['--version']).status === 0;
	const missing = 'There is no LibreOffice. Install it, e.g. with: apt-get install libreoffice-calc';
	describeUnless(isThere ? undefined : missing, name, tests);
}

async function n8nMissing(): Promise<string | undefined> {
	const installed = await installedN8n();
	return installed === N8N_VERSION
		? undefined
		: `n8n ${N8N_VERSION} is not installed. Install it with: npm run n8n:install`;
}

function describeUnless(missing: string | undefined, name: string, tests: () => void): void {
	if (missing === undefined) {
		describe(name, tests);
	} else if (process.env.CI) {
		test(name, () => {
			throw new Error(missing);
		});
	} else {
		console.warn(`Left out: ${name}. ${missing}`);
		describe.skip(name, tests);
	}
}
