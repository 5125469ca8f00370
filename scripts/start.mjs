// `npm start`: a real n8n takes a school's roster to TokenIM while you watch. `npm start -- --help` says more.
// This file and `bootstrap.mjs` are plain JavaScript that needs nothing installed; the work itself is `start/main.mts`.

const MIN_NODE = 20;

if (Number(process.versions.node.split('.')[0]) < MIN_NODE) {
	console.error(`This is Node ${process.versions.node}, but Node ${MIN_NODE} or newer is needed.`);
	console.error('What to do: install a current Node from https://nodejs.org and run npm start again.');
	process.exit(1);
}

const { runUnderNode24 } = await import('./bootstrap.mjs');
await runUnderNode24(new URL('./start/main.mts', import.meta.url), process.argv.slice(2));
