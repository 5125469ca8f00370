// The dialog of a credential. Saving tests it.

import type { Locator, Page } from 'playwright-core';
import { typingIsTaken } from './typing.mts';

export type CredentialFields = Readonly<Partial<Record<'baseUrl' | 'apiKey' | 'apiSecret', string>>>;

export interface TestResult {
	readonly passed: boolean;
	/** All that the dialog says about it, details opened. */
	readonly text: string;
}

export class CredentialDialog {
	readonly #dialog: Locator;

	constructor(page: Page) {
		this.#dialog = page.getByTestId('editCredential-modal');
	}

	static async opened(page: Page): Promise<CredentialDialog> {
		const dialog = new CredentialDialog(page);
		await dialog.#field('baseUrl').waitFor();
		return dialog;
	}

	async fill(fields: CredentialFields): Promise<void> {
		for (const [name, text] of Object.entries(fields)) await this.#field(name).fill(text);
		await typingIsTaken(this.#dialog.page());
	}

	/** Chooses from a list, by the words that the list shows. */
	async choose(name: string, option: string): Promise<void> {
		await this.#field(name).click();
		const list = this.#dialog.page().locator('[role="listbox"]:visible').last();
		await list.getByText(option, { exact: true }).click();
		await typingIsTaken(this.#dialog.page());
	}

	/** What it asks for, in order. */
	async labels(): Promise<string[]> {
		const labels = await this.#dialog.locator('label:visible').allInnerTexts();
		return labels.map((label) => label.trim().replace(/\s*\*?(?:\n.*)?$/s, '')).filter((label) => label !== '');
	}

	/** Where its links lead. */
	async links(): Promise<string[]> {
		return await this.#dialog
			.locator('a:visible')
			.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
	}

	/** Saves, and waits for the result of the test that n8n makes then. n8n itself may close the dialog where it passed. */
	async save(): Promise<TestResult> {
		const page = this.#dialog.page();
		const tested = page.waitForResponse((response) => response.url().endsWith('/rest/credentials/test'));
		await this.#dialog.getByTestId('credential-save-button').click();
		const { data } = await (await tested).json();
		if (data.status === 'OK') {
			await Promise.race([this.#dialog.waitFor({ state: 'hidden' }), this.passes()]);
			return { passed: true, text: data.message };
		}
		const banner = this.#dialog.getByText('Couldn’t connect with these settings');
		await banner.waitFor();
		const details = this.#dialog.getByText('More details');
		if (await details.isVisible()) await details.click();
		return { passed: false, text: await this.#dialog.getByTestId('node-credentials-config-container').innerText() };
	}

	/** Waits until the dialog says that the test passed; n8n tests again whenever the dialog opens. */
	async passes(): Promise<boolean> {
		await this.#dialog.getByText('Connection tested successfully').waitFor();
		return true;
	}

	/** Puts a text into a field for the eye only: n8n does not take notice of it. */
	async show(name: keyof CredentialFields, text: string): Promise<void> {
		await this.#field(name).evaluate((input, value) => void Object.assign(input, { value }), text);
	}

	/** The dialog alone as a PNG file. */
	async picture(path: string): Promise<void> {
		await this.#dialog.screenshot({ path });
	}

	async close(): Promise<void> {
		// Esc would close the node's panel as well.
		if (await this.#dialog.isVisible()) await this.#dialog.getByRole('button', { name: 'Close this dialog' }).click();
		await this.#dialog.waitFor({ state: 'hidden' });
	}

	/** Closes it, and throws away what was changed. */
	async discard(): Promise<void> {
		await this.#dialog.getByRole('button', { name: 'Close this dialog' }).click();
		await this.#dialog.page().getByRole('button', { name: 'Close', exact: true }).click();
		await this.#dialog.waitFor({ state: 'hidden' });
	}

	#field(name: string): Locator {
		return this.#dialog.getByTestId(`parameter-input-${name}`).locator('input');
	}
}
