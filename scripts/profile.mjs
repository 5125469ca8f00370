// `npm run profile -- check FILE` shows what an API profile would send and how it reads answers; `-- try FILE` runs it on
// a live service, after asking; `-- docs` writes docs/api-profile.schema.json and the reference in docs/api-profiles.md.

const { runUnderNode24 } = await import('./bootstrap.mjs');
await runUnderNode24(new URL('./profile/start.mts', import.meta.url), process.argv.slice(2));
