// A browser that is on the machine already; none is ever downloaded.

import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const PROGRAMS = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Quiet, on this machine only, and able to run as root, as CI does. */
const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--no-first-run',
];

/** The path of a Chromium; the variable CHROMIUM names one that lies elsewhere. Undefined where there is none. */
export function chromiumProgram(): string | undefined {
	return [process.env.CHROMIUM, ...PROGRAMS].find((path) => path !== undefined && path !== '' && existsSync(path));
}

/** Starts it without a window. */
export async function startChromium(executablePath: string): Promise<Browser> {
	return await chromium.launch({ executablePath, args: FLAGS });
}
