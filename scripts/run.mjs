// How the commands in package.json begin: `node scripts/run.mjs FILE …` installs what is missing, then runs that file with
// Node 24. This file and `bootstrap.mjs` are plain JavaScript that needs nothing installed.

const MIN_NODE = 20;

if (Number(process.versions.node.split('.')[0]) < MIN_NODE) {
	console.error(`This is Node ${process.versions.node}, but Node ${MIN_NODE} or newer is needed.`);
	console.error('What to do: install a current Node from https://nodejs.org and give the command again.');
	process.exit(1);
}

const { runUnderNode24 } = await import('./bootstrap.mjs');
const [file = '', ...args] = process.argv.slice(2);
await runUnderNode24(new URL(file, new URL('..', import.meta.url)), args);
