// Tests that need what not every machine has: with CI=true its absence fails, elsewhere they are left out and it is said.

import { describe, test } from 'vitest';
import { chromiumProgram } from '../../scripts/lib/chromium.mts';
import {
	chromiumMissing,
	ejabberdMissing,
	libreOfficeMissing,
	n8nMissing,
	type Missing,
} from '../../scripts/lib/needs.mts';

declare module 'vitest' {
	interface TaskMeta {
		/** Why a test was left out; the table of `npm test` tells it. */
		leftOut?: Missing;
	}
}

/** Like `describe`, where n8n is installed. */
export async function describeWithN8n(name: string, tests: () => void): Promise<void> {
	describeUnless(await n8nMissing(), name, tests);
}

/** Like `describe`, where n8n and a Chromium are installed. */
export async function describeWithBrowser(name: string, tests: (chromium: string) => void): Promise<void> {
	describeUnless((await n8nMissing()) ?? chromiumMissing(), name, () => tests(chromiumProgram() ?? ''));
}

/** Like `describe`, where n8n and ejabberd are installed. */
export async function describeWithEjabberd(name: string, tests: () => void): Promise<void> {
	describeUnless((await n8nMissing()) ?? ejabberdMissing(), name, tests);
}

/** Like `describe`, where LibreOffice Calc is installed. */
export function describeWithLibreOffice(name: string, tests: () => void): void {
	describeUnless(libreOfficeMissing(), name, tests);
}

function describeUnless(missing: Missing | undefined, name: string, tests: () => void): void {
	if (missing === undefined) {
		describe(name, tests);
	} else if (process.env.CI) {
		test(name, () => {
			throw new Error(`${missing.why} To get it: ${missing.command}`);
		});
	} else {
		describe.skip(name, { meta: { leftOut: missing } }, tests);
	}
}
