// Where things lie in this repository, and which n8n it works with.

import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

/** The n8n that `npm start` and the end-to-end tests run. */
export const N8N_VERSION = '2.41.1';

/** The repository's top folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** Everything that is installed or kept, and that git does not see. */
const PRIVATE = join(ROOT, '.n8n');

/** n8n's own packages; kept as long as the version fits. */
export const HOST_FOLDER = join(PRIVATE, 'host');

/** N8N_USER_FOLDER of `npm start`: workflows, credentials, the owner's password, the roster. */
export const HOME_FOLDER = join(PRIVATE, 'home');

/** The sandbox's database, key and secret. */
export const SANDBOX_FOLDER = join(PRIVATE, 'sandbox');

/** The workflows for people to import. */
export const EXAMPLE_WORKFLOWS = join(ROOT, 'examples', 'workflows');

/** The workflow that `npm start` runs. */
export const EXAMPLE_WORKFLOW = join(EXAMPLE_WORKFLOWS, 'roster-import.json');

/** Node 24 from the development packages: n8n and TypeScript files need it, whatever the machine has. */
export const NODE_24 = join(ROOT, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
