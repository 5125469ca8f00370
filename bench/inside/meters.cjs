// Loaded into the n8n of the bench before anything else (`node --require`). Measures one call of the bench workflow:
// from the moment its rows are made to the moment the last node is reached, and within that the `execute()` of the
// node under test alone, so that n8n's own handling of items can be told apart.

const { performance } = require('node:perf_hooks');
const { subscribe } = require('node:diagnostics_channel');
const { readFileSync, writeFileSync } = require('node:fs');
const { Session } = require('node:inspector');
const Module = require('node:module');
const v8 = require('node:v8');
const vm = require('node:vm');

v8.setFlagsFromString('--expose-gc');
const collectGarbage = vm.runInNewContext('gc');

const TICK_MS = 1;
const WEIGH_EVERY_MS = 100;
/** The classes whose `execute()` is measured. Their modules are loaded by n8n when they are first needed. */
const MEASURED = [
	[/[\\/]TokenIm\.node\.js$/, 'TokenIm'],
	[/[\\/]BareLoop\.node\.js$/, 'BareLoop'],
	[/[\\/]HttpRequestV3\.node$/, 'HttpRequestV3'],
];

/** @type {undefined | ReturnType<typeof newReading>} */
let current;
subscribe('http.client.request.start', () => {
	if (current) current.requests++;
});

function newReading(weigh) {
	return {
		weigh,
		requests: 0,
		startedAt: 0,
		cpu: undefined,
		heapAtStart: 0,
		whole: newGaps(),
		inside: undefined,
		insideMs: 0,
		heapPeak: 0,
		weighedAt: 0,
	};
}

function newGaps() {
	return { at: performance.now(), cpuAt: threadCpuMs(), longestMs: 0, longestCpuMs: 0 };
}

/** Rows are made: the clock starts. Garbage of earlier calls is out of the way. */
function begin(weigh, profile) {
	collectGarbage();
	resetPeakMemory();
	current = newReading(weigh);
	current.heapAtStart = process.memoryUsage().heapUsed;
	current.cpu = process.cpuUsage();
	current.startedAt = performance.now();
	current.rssAtStart = process.memoryUsage.rss();
	current.whole = newGaps();
	if (profile) startProfile(current, profile);
	tick(current);
}

/** Writes a CPU profile of the call to a file when it ends. */
function startProfile(reading, file) {
	const session = new Session();
	session.connect();
	session.post('Profiler.enable');
	session.post('Profiler.setSamplingInterval', { interval: 200 });
	session.post('Profiler.start');
	reading.endProfile = () => {
		session.post('Profiler.stop', (error, { profile }) => writeFileSync(file, JSON.stringify(profile)));
		session.disconnect();
	};
}

function tick(reading) {
	if (reading !== current) return;
	note(reading.whole);
	if (reading.inside) {
		note(reading.inside);
		if (reading.weigh && performance.now() - reading.weighedAt > WEIGH_EVERY_MS) weigh(reading);
	}
	setTimeout(tick, TICK_MS, reading);
}

/** How long the loop did not come round: by the clock, and in CPU time of this thread, which other programs don't touch. */
function note(gaps) {
	const now = performance.now();
	const cpu = threadCpuMs();
	gaps.longestMs = Math.max(gaps.longestMs, now - gaps.at);
	gaps.longestCpuMs = Math.max(gaps.longestCpuMs, cpu - gaps.cpuAt);
	gaps.at = now;
	gaps.cpuAt = cpu;
}

/** What is alive beyond what was there when the rows were made; costs a whole collection, so such a call is not timed. */
function weigh(reading) {
	collectGarbage();
	reading.heapPeak = Math.max(reading.heapPeak, process.memoryUsage().heapUsed - reading.heapAtStart);
	reading.weighedAt = performance.now();
	reading.inside.at = reading.whole.at = performance.now();
	reading.inside.cpuAt = reading.whole.cpuAt = threadCpuMs();
}

function end() {
	const reading = current;
	current = undefined;
	if (!reading) throw new Error('No measurement is under way');
	note(reading.whole);
	reading.endProfile?.();
	const { user, system } = process.cpuUsage(reading.cpu);
	return {
		wholeMs: performance.now() - reading.startedAt,
		executeMs: reading.insideMs,
		cpuMs: (user + system) / 1000,
		requests: reading.requests,
		blockMs: reading.inside?.longestMs ?? 0,
		blockCpuMs: reading.inside?.longestCpuMs ?? 0,
		wholeBlockMs: reading.whole.longestMs,
		peakMb: peakMemoryMb(),
		grownMb: peakMemoryMb() - reading.rssAtStart / 2 ** 20,
		...(reading.weigh ? { heapPeakBytes: reading.heapPeak } : {}),
	};
}

/** @param {{ execute: (...args: unknown[]) => Promise<unknown> }} prototype */
function measure(prototype) {
	const { execute } = prototype;
	prototype.execute = async function measured(...args) {
		const reading = current;
		if (!reading) return await execute.apply(this, args);
		const startedAt = performance.now();
		reading.inside = newGaps();
		try {
			return await execute.apply(this, args);
		} finally {
			note(reading.inside);
			reading.insideMs = performance.now() - startedAt;
			if (reading.weigh) weigh(reading);
			reading.inside = { ...reading.inside, at: Number.POSITIVE_INFINITY, cpuAt: Number.POSITIVE_INFINITY };
		}
	};
}

const load = Module._load;
const done = new Set();
Module._load = function loadMeasured(request, ...rest) {
	const loaded = load.call(this, request, ...rest);
	const known = typeof request === 'string' ? MEASURED.find(([path]) => path.test(request)) : undefined;
	if (known && !done.has(known)) {
		done.add(known);
		measure(loaded[known[1]].prototype);
	}
	return loaded;
};

function threadCpuMs() {
	const { user, system } = process.threadCpuUsage();
	return (user + system) / 1000;
}

/** Linux counts the highest resident memory of a process and can be told to count anew. */
function resetPeakMemory() {
	if (process.platform === 'linux') writeFileSync('/proc/self/clear_refs', '5');
}

function peakMemoryMb() {
	if (process.platform !== 'linux') return process.memoryUsage.rss() / 2 ** 20;
	return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;
}

globalThis[Symbol.for('tokenim.bench.meters')] = { begin, end };
