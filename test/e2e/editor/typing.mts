// No person types and clicks within a tenth of a second; a test does.

import type { Page } from 'playwright-core';

/** n8n takes what was typed 100 ms after the last key (ParameterInput.vue, `debounceTime`), and shows no sign when it has. */
const TAKEN_AFTER_MS = 3 * 100;

/** Waits until the editor holds what was typed: a click before that would save or run without it. */
export async function typingIsTaken(page: Page): Promise<void> {
	await page.waitForTimeout(TAKEN_AFTER_MS);
}
