// What not every machine has and some tests need: whether it is there, and how to get it.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromiumProgram } from './chromium.mts';
import { installedN8n } from './n8n-install.mts';
import { N8N_VERSION } from './paths.mts';

export interface Missing {
	/** A sentence. */
	readonly why: string;
	/** The command that gets it. */
	readonly command: string;
}

/** What starts ejabberd, where Debian's package puts it. */
export const EJABBERD_LAUNCHER = '/usr/sbin/ejabberdctl';

export async function n8nMissing(): Promise<Missing | undefined> {
	if ((await installedN8n()) === N8N_VERSION) return undefined;
	return { why: `n8n ${N8N_VERSION} is not installed.`, command: 'npm run n8n:install' };
}

export function chromiumMissing(): Missing | undefined {
	if (chromiumProgram() !== undefined) return undefined;
	return { why: 'There is no Chromium.', command: 'apt-get install chromium fonts-noto-cjk' };
}

export function ejabberdMissing(): Missing | undefined {
	if (existsSync(EJABBERD_LAUNCHER)) return undefined;
	return { why: 'There is no ejabberd.', command: 'apt-get install ejabberd' };
}

export function libreOfficeMissing(): Missing | undefined {
	if (spawnSync('soffice', ['--version']).status === 0) return undefined;
	return { why: 'There is no LibreOffice.', command: 'apt-get install libreoffice-calc' };
}
