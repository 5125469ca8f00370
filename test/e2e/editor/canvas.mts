// The canvas of the editor: workflows, their nodes, and the picker from which nodes are added.

import type { Locator, Page } from 'playwright-core';
import { NodePanel } from './node-panel.mts';
import { RUN_TIMEOUT_MS, startRun } from './run.mts';
import { typingIsTaken } from './typing.mts';

export class Canvas {
	readonly #page: Page;

	constructor(page: Page) {
		this.#page = page;
	}

	/** An empty workflow. */
	async newWorkflow(): Promise<void> {
		await this.#page.goto('/workflow/new');
		await this.#page.getByTestId('canvas-plus-button').waitFor();
	}

	async open(workflowId: string): Promise<void> {
		await this.#page.goto(`/workflow/${workflowId}`);
		await this.#page.getByTestId('canvas-node').first().waitFor();
	}

	/** The node of this name, without what hangs on it. */
	node(name: string): Locator {
		return this.#page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	/** What the picker offers for a node: the names of its actions, in order. */
	async actionsOf(node: string, after?: string): Promise<string[]> {
		await this.#openPicker(node, after);
		const names = await this.#actions().allInnerTexts();
		return names.map((name) => name.trim());
	}

	/** The names of the nodes that the picker finds by these words. */
	async found(words: string): Promise<string[]> {
		await this.#page
			.getByTestId('canvas-plus-button')
			.or(this.#page.getByTestId('node-creator-plus-button'))
			.first()
			.click();
		await this.#page.getByTestId('node-creator-search-bar').fill(words);
		const found = this.#page.getByTestId('node-creator').getByTestId('node-creator-item-name');
		await found.first().waitFor();
		await typingIsTaken(this.#page);
		const names = await found.allInnerTexts();
		return names.map((name) => name.trim());
	}

	/** Adds a node by the name of its action, on its own or behind another node; its panel opens. */
	async addByAction(node: string, action: string, after?: string): Promise<NodePanel> {
		await this.#openPicker(node, after);
		await this.#actions().getByText(action, { exact: true }).click();
		return await this.#panel();
	}

	async openNode(name: string): Promise<NodePanel> {
		await this.node(name).dblclick();
		return await this.#panel();
	}

	/** Closes whatever lies over the canvas. */
	async closePanels(): Promise<void> {
		for (const name of ['editCredential-modal', 'ndv']) {
			const panel = this.#page.getByTestId(name);
			if (!(await panel.isVisible())) continue;
			await panel.locator('[aria-label="Close this dialog"], [data-test-id="ndv-close-button"]').first().click();
			await panel.waitFor({ state: 'hidden' });
		}
	}

	/** Shows the whole workflow. */
	async fit(): Promise<void> {
		await this.#page.getByTestId('zoom-to-fit').click();
	}

	/** Runs the workflow and waits for its end. */
	async execute(): Promise<void> {
		const button = this.#page.getByTestId('execute-workflow-button');
		await startRun(this.#page, button);
		await this.#page.getByTestId('canvas-node-status-running').first().waitFor({ state: 'hidden' });
		await button.filter({ hasText: 'Execute workflow' }).waitFor({ timeout: RUN_TIMEOUT_MS });
	}

	/** The canvas alone as a PNG file. */
	async picture(path: string): Promise<void> {
		const boxes = await this.#page
			.getByTestId('canvas-node')
			.or(this.#page.getByTestId('sticky'))
			.evaluateAll((nodes) => nodes.map((node) => node.getBoundingClientRect().toJSON()));
		const margin = 40;
		const x = Math.min(...boxes.map((box) => box.left)) - margin;
		const y = Math.min(...boxes.map((box) => box.top)) - margin;
		const width = Math.max(...boxes.map((box) => box.right)) + margin - x;
		const height = Math.max(...boxes.map((box) => box.bottom)) + margin - y;
		await this.#page.screenshot({ path, clip: { x, y, width, height } });
	}

	async #openPicker(node: string, after?: string): Promise<void> {
		const anywhere = this.#page
			.getByTestId('canvas-plus-button')
			.or(this.#page.getByTestId('node-creator-plus-button'));
		await (after === undefined ? anywhere.first() : this.node(after).getByTestId('canvas-handle-plus')).click();
		await this.#page.getByTestId('node-creator-search-bar').fill(node);
		const found = this.#page
			.getByTestId('item-iterator-item')
			.filter({ has: this.#page.getByText(node, { exact: true }) })
			.first();
		await found.click();
		await found.waitFor({ state: 'hidden' }); // the list slides away while the actions come in
		await this.#actions().first().waitFor();
	}

	#actions(): Locator {
		return this.#page
			.getByTestId('node-creator')
			.getByTestId('node-creator-item-name')
			.filter({ hasNotText: /^On a / });
	}

	async #panel(): Promise<NodePanel> {
		await this.#page.getByTestId('ndv').waitFor();
		return new NodePanel(this.#page);
	}
}
