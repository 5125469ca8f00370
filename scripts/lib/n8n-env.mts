// The environment of every n8n process here: quiet, on this machine only, apart from any other n8n of the user.

import { join } from 'node:path';
import { freePort } from './ports.mts';

export interface N8nSettings {
	/** N8N_USER_FOLDER; n8n keeps its things in the folder `.n8n` inside. */
	readonly userFolder: string;
	/** Folders that Read/Write Files from Disk may open. */
	readonly fileFolders?: readonly string[];
	/** Port of the editor; only the editor needs one. */
	readonly port?: number;
	/** Where n8n is installed; `.n8n/host` where nothing is said. */
	readonly hostFolder?: string;
	/** Variables that differ from what is set here; `undefined` takes one away. */
	readonly env?: NodeJS.ProcessEnv;
}

/** Variables of the caller that would change what n8n does. */
const NOT_PASSED_ON =
	/^(N8N_|DB_|EXECUTIONS_|QUEUE_|NODES_|CREDENTIALS_|WORKFLOWS_|GENERIC_|VITEST|NODE_ENV$|NODE_OPTIONS$)/;

/** The variables for one n8n process. Ports are looked up anew each time, since two n8n must not share them. */
export async function n8nEnv(settings: N8nSettings): Promise<NodeJS.ProcessEnv> {
	const inherited = Object.entries(process.env).filter(([name]) => !NOT_PASSED_ON.test(name));
	return {
		...Object.fromEntries(inherited),
		NODE_ENV: 'production',
		N8N_USER_FOLDER: settings.userFolder,
		N8N_RESTRICT_FILE_ACCESS_TO: (settings.fileFolders ?? [filesFolder(settings.userFolder)]).join(';'),
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
		GENERIC_TIMEZONE: Intl.DateTimeFormat().resolvedOptions().timeZone,
		...LOCAL_ONLY,
		...OFFLINE,
		N8N_PORT: String(settings.port ?? (await freePort())),
		N8N_RUNNERS_BROKER_PORT: String(await freePort()),
		...settings.env,
	};
}

/** Where files lie that the workflows of this user folder read. */
export function filesFolder(userFolder: string): string {
	return join(userFolder, 'files');
}

const LOCAL_ONLY = {
	N8N_LISTEN_ADDRESS: '127.0.0.1',
	N8N_HOST: '127.0.0.1',
	N8N_RUNNERS_BROKER_LISTEN_ADDRESS: '127.0.0.1',
	N8N_SECURE_COOKIE: 'false', // plain http on loopback
	N8N_LOG_LEVEL: 'info', // `execute` prints its result at this level
	N8N_LOG_OUTPUT: 'console',
	EXECUTIONS_DATA_PRUNE_MAX_COUNT: '20', // a run with 10,000 rows takes tens of megabytes
};

/** Nothing that calls home, and nothing that asks the owner questions. */
const OFFLINE = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false', // would ask n8n's servers for the list of verified packages
	N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
	N8N_REINSTALL_MISSING_PACKAGES: 'false',
	N8N_DISABLED_MODULES: 'mcp-registry', // would fetch a list of MCP servers
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_PYTHON_ENABLED: 'false',
	N8N_SENTRY_DSN: '',
	N8N_FRONTEND_SENTRY_DSN: '',
};
