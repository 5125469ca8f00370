// `npm run screenshots`: makes the pictures of the README in docs/images, with a real n8n and a real browser.

import { runUnderNode24 } from './bootstrap.mjs';

await runUnderNode24(new URL('./screenshots/main.mts', import.meta.url), process.argv.slice(2));
