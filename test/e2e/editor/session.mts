// One n8n with its editor, one browser signed in to it, one sandbox as the service.

import { selectors, type Page } from 'playwright-core';
import { startChromium } from '../../../scripts/lib/chromium.mts';
import type { Workflow } from '../../../scripts/lib/n8n-cli.mts';
import { startEditor } from '../../../scripts/lib/n8n-editor.mts';
import type { Owner } from '../../../scripts/lib/owner.mts';
import { freePort } from '../../../scripts/lib/ports.mts';
import type { SandboxOptions } from '../../../sandbox/server.mts';
import { openLab, type Lab } from '../lab.mts';
import { Canvas } from './canvas.mts';
import { record, type Recorder } from './record.mts';

/** The size of the browser's window. */
export const VIEW = { width: 1400, height: 900 };
const PATIENCE_MS = 30_000;

/** What a node puts out without running, as n8n's editor pins it: for each node its items. */
export type PinData = Readonly<Record<string, ReadonlyArray<{ readonly json: Readonly<Record<string, unknown>> }>>>;

export interface Session {
	readonly lab: Lab;
	readonly page: Page;
	readonly canvas: Canvas;
	/** For tests that fail. */
	readonly recorder: Recorder;
	/** Stores a workflow as the editor would; returns the id under which it opens. */
	store(workflow: Omit<Workflow, 'id'> & { readonly pinData?: PinData }): Promise<string>;
	close(): Promise<void>;
}

/**
 * Starts all three and signs in.
 * @param chromium the browser's program
 */
export async function openSession(chromium: string, options: SandboxOptions = {}): Promise<Session> {
	selectors.setTestIdAttribute('data-test-id');
	const lab = await openLab(options);
	const editor = await startEditor({ ...lab.settings, port: await freePort() });
	const browser = await startChromium(chromium);
	const context = await browser.newContext({ viewport: VIEW, baseURL: editor.url, locale: 'en-US' });
	const page = await context.newPage();
	page.setDefaultTimeout(PATIENCE_MS);
	page.on('dialog', (dialog) => void dialog.accept()); // "leave without saving?"
	const recorder = record(page, editor.logFile);
	await signIn(page, editor.owner);
	return {
		lab,
		page,
		canvas: new Canvas(page),
		recorder,
		store: (workflow) => store(page, workflow),
		close: async () => {
			await browser.close();
			await editor.stop();
			await lab.close();
		},
	};
}

async function signIn(page: Page, { email, password }: Owner): Promise<void> {
	await page.goto('/signin');
	await page.getByTestId('emailOrLdapLoginId').locator('input').fill(email);
	await page.getByTestId('password').locator('input').fill(password);
	await page.getByTestId('form-submit-button').click();
	await page.waitForURL(/\/home\//);
}

async function store(page: Page, workflow: object): Promise<string> {
	const { status, text } = await page.evaluate(async (body) => {
		// n8n ties a session to the browser that it was begun in.
		const headers = { 'content-type': 'application/json', 'browser-id': localStorage.getItem('n8n-browserId') ?? '' };
		const answer = await fetch('/rest/workflows', { method: 'POST', headers, body });
		return { status: answer.status, text: await answer.text() };
	}, JSON.stringify(workflow));
	if (status !== 200) throw new Error(`n8n did not store the workflow (${status}): ${text.slice(0, 500)}`);
	return JSON.parse(text).data.id;
}
