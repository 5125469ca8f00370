// `npm run n8n:install`: puts the real n8n into .n8n/host, for `npm start` and for the end-to-end tests.

import { runUnderNode24 } from './bootstrap.mjs';

await runUnderNode24(new URL('./lib/n8n-install-command.mts', import.meta.url), process.argv.slice(2));
