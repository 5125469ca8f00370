// Starting a run, from the canvas or from a node's panel.

import type { Locator, Page } from 'playwright-core';

export const RUN_TIMEOUT_MS = 60_000;

/** Presses the button and waits until n8n has taken the run. */
export async function startRun(page: Page, button: Locator): Promise<void> {
	const taken = page.waitForResponse(
		(response) => response.request().method() === 'POST' && /\/rest\/workflows\/[^/]+\/run/.test(response.url()),
	);
	await Promise.all([taken, button.click()]);
}
