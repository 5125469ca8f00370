// Ends process groups whose starter is gone, however it went; a process that is killed cannot do that itself.
// Reads lines from standard input, "+PID" for a group to watch and "-PID" for one that ended, and acts when the input
// ends: it does when its other side is gone.

import { createInterface } from 'node:readline';

const INSIST_AFTER_MS = 10_000;
const watched = new Set();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
	const group = Number(line.slice(1));
	if (line.startsWith('+')) watched.add(group);
	else watched.delete(group);
});
lines.on('close', () => {
	end('SIGTERM');
	if (watched.size > 0) setTimeout(() => end('SIGKILL'), INSIST_AFTER_MS);
});

/** @param {NodeJS.Signals} signal */
function end(signal) {
	for (const group of watched) {
		try {
			process.kill(process.platform === 'win32' ? group : -group, signal);
		} catch {
			watched.delete(group); // nobody of it is left
		}
	}
}
