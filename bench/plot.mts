// The plot of docs/benchmarks.md: how long 10,000 rows take, each way, on a logarithmic scale.

import { NAMES, type Way } from './matrix.mts';
import type { CaseResult } from './measure.mts';
import { median } from './statistics.mts';

const ROWS = 10_000;
const WAYS: readonly Way[] = ['fetch', 'loop', 'node', 'batches', 'single'];
const COLOURS: Readonly<Record<Way, string>> = {
	fetch: '#9aa5b1',
	loop: '#627d98',
	node: '#e8590c',
	summary: '#e8590c',
	batches: '#5c7cfa',
	single: '#364fc7',
};

const WIDTH = 860;
const LEFT = 250;
const BAR = 16;
const GAP = 5;
const HEAD = 30;
const FLOOR_MS = 100;

interface Bar {
	readonly way: Way;
	readonly ms: number;
}

export function plot(cases: readonly CaseResult[]): string {
	const groups = [0, 20, 200].map((latencyMs) => ({
		title: `${latencyMs} ms latency`,
		bars: barsOf(cases, latencyMs),
	}));
	const ceilingMs =
		10 ** Math.ceil(Math.log10(Math.max(FLOOR_MS * 10, ...groups.flatMap(({ bars }) => bars.map(({ ms }) => ms)))));
	const x = (ms: number): number =>
		LEFT + (Math.log10(Math.max(ms, FLOOR_MS) / FLOOR_MS) / Math.log10(ceilingMs / FLOOR_MS)) * (WIDTH - LEFT - 80);
	const parts: string[] = [];
	let y = 40;
	for (const { title, bars } of groups) {
		parts.push(text(8, y + 14, title, 'font-weight="bold"'));
		y += HEAD;
		for (const { way, ms } of bars) {
			parts.push(text(LEFT - 8, y + 12, NAMES[way].replaceAll('`', ''), 'text-anchor="end"'));
			parts.push(
				`<rect x="${LEFT}" y="${y}" width="${(x(ms) - LEFT).toFixed(1)}" height="${BAR}" fill="${COLOURS[way]}"/>`,
			);
			parts.push(text(x(ms) + 6, y + 12, seconds(ms)));
			y += BAR + GAP;
		}
		y += 10;
	}
	const grid = [];
	for (let ms = FLOOR_MS; ms <= ceilingMs; ms *= 10) {
		grid.push(
			`<line x1="${x(ms).toFixed(1)}" y1="36" x2="${x(ms).toFixed(1)}" y2="${y}" stroke="#d9e2ec"/>`,
			text(x(ms), y + 14, seconds(ms), 'text-anchor="middle" fill="#627d98"'),
		);
	}
	const title = text(
		8,
		20,
		'10,000 users, up to 16 requests at once (logarithmic scale)',
		'font-size="15" font-weight="bold"',
	);
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y + 24}" font-family="sans-serif" font-size="12">\n<rect width="100%" height="100%" fill="#ffffff"/>\n${[title, ...grid, ...parts].join('\n')}\n</svg>\n`;
}

function barsOf(cases: readonly CaseResult[], latencyMs: number): Bar[] {
	const chosen = cases.filter((one) => one.rows === ROWS && one.latencyMs === latencyMs && one.concurrency === 16);
	return WAYS.flatMap((way) => {
		const readings = chosen.flatMap((one) => one.readings.get(way) ?? []);
		return readings.length === 0 ? [] : [{ way, ms: median(readings.map(({ wholeMs }) => wholeMs)) }];
	});
}

function seconds(ms: number): string {
	return `${Number((ms / 1000).toPrecision(2))} s`;
}

function text(x: number, y: number, content: string, more = ''): string {
	return `<text x="${x.toFixed(1)}" y="${y}" ${more}>${content}</text>`;
}
