// What the browser and n8n did, for the day a test of the editor fails on a machine that nobody can look at.

import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page, Request } from 'playwright-core';
import { ROOT } from '../../../scripts/lib/paths.mts';

const REPORTS = join(ROOT, 'reports', 'e2e');

export interface Recorder {
	/** Says what is under way, what went wrong and what n8n logged last; leaves a picture of the page in `reports/e2e`. */
	tell(test: string): Promise<string>;
}

/** @param logFile of n8n */
export function record(page: Page, logFile: string): Recorder {
	const underWay = new Map<Request, number>();
	const wrong: string[] = [];
	page.on('request', (request) => underWay.set(request, Date.now()));
	page.on('requestfinished', (request) => underWay.delete(request));
	page.on('requestfailed', (request) => {
		underWay.delete(request);
		wrong.push(`${line(request)}: ${request.failure()?.errorText}`);
	});
	page.on('response', (response) => {
		if (response.status() >= 400) wrong.push(`${line(response.request())}: ${response.status()}`);
	});
	page.on('console', (message) => {
		if (message.type() === 'error') wrong.push(`console: ${message.text()}`);
	});
	page.on('websocket', (socket) => {
		socket.on('close', () => wrong.push(`WebSocket ${new URL(socket.url()).pathname} was closed`));
		socket.on('socketerror', (error) => wrong.push(`WebSocket ${new URL(socket.url()).pathname}: ${error}`));
	});
	return {
		async tell(test) {
			await mkdir(REPORTS, { recursive: true });
			const path = join(REPORTS, `${test.replaceAll(/[^a-z0-9]+/gi, '-')}.png`);
			await page.screenshot({ path });
			const waiting = [...underWay].map(([request, since]) => `${line(request)}, for ${Date.now() - since} ms`);
			const log = (await readFile(logFile, 'utf8')).trim().split('\n').slice(-15);
			return [
				`"${test}" failed. Picture: ${path}`,
				section('Under way', waiting),
				section('Went wrong', wrong.slice(-15)),
				section('n8n', log),
			].join('\n');
		},
	};
}

function line(request: Request): string {
	return `${request.method()} ${new URL(request.url()).pathname}`;
}

function section(title: string, lines: readonly string[]): string {
	return `${title}:${lines.length === 0 ? ' nothing' : lines.map((text) => `\n  ${text}`).join('')}`;
}
