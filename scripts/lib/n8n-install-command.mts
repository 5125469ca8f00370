// The command behind `npm run n8n:install`.

import { runCommand } from './command.mts';
import { ensureN8n } from './n8n-install.mts';

await runCommand(async () => {
	await ensureN8n();
	return 0;
});
