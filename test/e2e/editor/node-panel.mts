// The panel of one node: its parameters, its credential, running it, and what came out.

import type { Locator, Page } from 'playwright-core';
import { CredentialDialog } from './credential-dialog.mts';
import { RUN_TIMEOUT_MS, startRun } from './run.mts';
import { readTable, type Table } from './table.mts';
import { typingIsTaken } from './typing.mts';

export class NodePanel {
	readonly #page: Page;
	readonly #panel: Locator;

	constructor(page: Page) {
		this.#page = page;
		this.#panel = page.getByTestId('ndv');
	}

	async title(): Promise<string> {
		return (await this.#panel.getByTestId('node-title-container').innerText()).trim();
	}

	/** The names of all parameters that are shown, in order. */
	async labels(): Promise<string[]> {
		const labels = await this.#panel.getByTestId('node-parameters').locator('label:visible').allInnerTexts();
		// "Fixed | Expression" may stand below a label.
		return labels.map((label) => label.trim().replace(/\n.*/s, '')).filter((label) => label !== '');
	}

	/** What a list shows as chosen, or what a field holds. */
	async value(parameter: string): Promise<string> {
		return await this.#input(parameter).inputValue();
	}

	isShown(parameter: string): Promise<boolean> {
		return this.#field(parameter).isVisible();
	}

	/** Chooses from a list, by the words that the list shows. */
	async choose(parameter: string, option: string): Promise<void> {
		await this.#input(parameter).click();
		await this.#openList()
			.getByRole('option')
			.filter({ has: this.#page.getByText(option, { exact: true }) })
			.click();
	}

	/** What a list offers: each name with its description. */
	async choices(parameter: string): Promise<string[]> {
		await this.#input(parameter).click();
		const texts = await this.#openList().getByRole('option').allInnerTexts();
		await this.#input(parameter).click();
		return texts.map((text) => text.trim().replaceAll(/\s*\n\s*/g, ': '));
	}

	async fill(parameter: string, text: string): Promise<void> {
		await this.#input(parameter).fill(text);
		await this.#input(parameter).press('Tab');
		await typingIsTaken(this.#page);
	}

	/** Drags a column of the input onto a parameter, or onto a field of the mapper. */
	async dragColumn(column: string, parameter: string): Promise<void> {
		const source = this.#panel
			.getByTestId('ndv-input-panel')
			.getByTestId('run-data-schema-node-name')
			.getByText(column, { exact: true });
		const target = this.#field(parameter);
		const dropped = this.expression(parameter).filter({ hasText: column });
		for (let attempt = 1; attempt <= 5; attempt++) {
			await target.scrollIntoViewIfNeeded();
			const [from, to] = [await restingBox(source), await restingBox(target)];
			await this.#page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
			await this.#page.mouse.down();
			await this.#page.mouse.move(to.x + to.width / 4, to.y + to.height / 2, { steps: 12 });
			await this.#page.mouse.up();
			if (
				await dropped.waitFor({ timeout: 3_000 }).then(
					() => true,
					() => false,
				)
			)
				return;
		}
		throw new Error(`"${column}" could not be dragged onto "${parameter}".`);
	}

	/** The editor of an expression, where a parameter holds one. */
	expression(parameter: string): Locator {
		return this.#field(parameter).locator('.cm-content');
	}

	async toggle(parameter: string): Promise<void> {
		await this.#field(parameter).locator('.el-switch').click();
	}

	/** Takes one of the options into the node. */
	async addOption(name: string): Promise<void> {
		await this.#adder('Options').click();
		await this.#openList().getByRole('option').getByText(name, { exact: true }).click();
	}

	/** What can be added to a collection. */
	async offered(collection: 'Options' | 'File Options'): Promise<string[]> {
		const adder = this.#adder(collection);
		await adder.click();
		const options = this.#openList().getByRole('option');
		await options.first().waitFor();
		const names = await options.allInnerTexts();
		await adder.click();
		return names.map((name) => name.trim());
	}

	/** All that the parameters show: labels, values, notices. */
	async text(): Promise<string> {
		return (await this.#panel.getByTestId('node-parameters').innerText()).replaceAll(/\s+/g, ' ');
	}

	/** The notices among the parameters. */
	async notices(): Promise<string[]> {
		const notices = await this.#panel.getByTestId('node-parameters').locator('.notice').allInnerTexts();
		return notices.map((notice) => notice.replaceAll(/\s+/g, ' ').trim());
	}

	/** What the editor shows of the files that came out. */
	async files(): Promise<string> {
		await this.#output().getByTestId('radio-button-binary').click();
		return await this.#output().getByTestId('ndv-data-container').innerText();
	}

	/** The dialog of a new credential. */
	async newCredential(): Promise<CredentialDialog> {
		await this.#panel.getByTestId('node-credentials-empty-state').getByRole('button').click();
		return await CredentialDialog.opened(this.#page);
	}

	/** The dialog of the credential that is chosen. */
	async editCredential(): Promise<CredentialDialog> {
		await this.#panel.getByTestId('credential-edit-button').click();
		return await CredentialDialog.opened(this.#page);
	}

	/** The name of the credential that is chosen. */
	async credential(): Promise<string> {
		return await this.#panel.getByTestId('node-credentials-select').locator('input').inputValue();
	}

	async chooseCredential(name: string): Promise<void> {
		await this.#panel
			.getByTestId('node-credentials-select')
			.or(this.#panel.getByTestId('node-credentials-empty-state'))
			.locator('input')
			.click();
		await this.#openList().getByText(name, { exact: true }).click();
	}

	/** Runs the node and waits for its end. */
	async execute(): Promise<void> {
		await startRun(this.#page, this.#panel.getByTestId('node-execute-button'));
		await this.#panel.getByTestId('ndv-executing').waitFor({ state: 'hidden', timeout: RUN_TIMEOUT_MS });
		await this.#output().getByTestId('node-run-info').waitFor();
	}

	/** The items that came out, as the table shows them. */
	async table(): Promise<Table> {
		await this.#output().getByTestId('radio-button-table').click();
		return await readTable(this.#output().locator('table').first());
	}

	/** The sentences above the table. */
	async hints(): Promise<string[]> {
		const hints = await this.#output().getByTestId('node-hint').allInnerTexts();
		return hints.map((hint) => hint.trim());
	}

	/** How many such elements stand in the hints and in what is said of a failure. */
	async markup(selector: string): Promise<number> {
		const said = this.#output().locator(
			'[data-test-id="node-hint"], [data-test-id="node-error-view"], [data-test-id^="node-error-"]',
		);
		return await said.locator(selector).count();
	}

	/** What the panel says of a run that failed: what happened, and what to do. */
	async failure(): Promise<{ readonly message: string; readonly description: string }> {
		const text = (part: string) => this.#output().getByTestId(`node-error-${part}`).innerText();
		return { message: await text('message'), description: await text('description') };
	}

	/** The names of the outputs, where there are several; choosing one shows its items. */
	async chooseOutput(name: string): Promise<void> {
		await this.#output().getByTestId('branches').getByText(name).click();
	}

	/** Gives the output more room, at the cost of the input. */
	async widenOutput(pixels: number): Promise<void> {
		const box = await this.#panel.getByTestId('panel-drag-button').boundingBox();
		if (!box) throw new Error('The panel has no handle.');
		const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
		await this.#page.mouse.move(x, y);
		await this.#page.mouse.down();
		await this.#page.mouse.move(x - pixels, y, { steps: 10 });
		await this.#page.mouse.up();
	}

	/** What came out as a PNG file: the sentences and the table, from the left as far as they are in sight. */
	async outputPicture(path: string): Promise<void> {
		const panel = await restingBox(this.#output());
		const table = await restingBox(this.#output().locator('table').first());
		const height = Math.min(panel.height, table.y + table.height + 12 - panel.y);
		await this.#page.screenshot({ path, clip: { ...panel, height } });
	}

	/** The panel alone as a PNG file. */
	async picture(path: string): Promise<void> {
		await this.#panel.screenshot({ path });
	}

	async openSettings(): Promise<void> {
		await this.#panel.getByTestId('tab-settings').click();
	}

	async close(): Promise<void> {
		await this.#panel.getByTestId('ndv-close-button').click();
		await this.#panel.waitFor({ state: 'hidden' });
	}

	#field(parameter: string): Locator {
		return this.#panel.getByTestId(`parameter-input-${parameter}`);
	}

	/** Options come last in the panel, File Options before them. */
	#adder(collection: 'Options' | 'File Options'): Locator {
		const adders = this.#panel.getByTestId('collection-parameter-add');
		return collection === 'Options' ? adders.last() : adders.first();
	}

	#input(parameter: string): Locator {
		return this.#field(parameter).locator('input, textarea').first();
	}

	#output(): Locator {
		return this.#panel.getByTestId('output-panel');
	}

	#openList(): Locator {
		return this.#page.locator('[role="listbox"]:visible').last();
	}
}

/** Where a thing is once it has stopped moving: lists that load push the fields below them down. */
async function restingBox(thing: Locator): Promise<Box> {
	await thing.waitFor();
	let before: Box | null = null;
	for (let look = 0; look < 100; look++) {
		const now = await thing.boundingBox();
		if (now && before && now.x === before.x && now.y === before.y) return now;
		before = now;
		await thing.page().waitForTimeout(100);
	}
	throw new Error(`It does not stop moving: ${thing}`);
}

type Box = NonNullable<Awaited<ReturnType<Locator['boundingBox']>>>;
