// The pictures of the README, made the way a reader would see them: in the editor of a real n8n, with the sandbox as
// the service. Look at each before it is committed.

import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openSession } from '../../test/e2e/editor/session.mts';
import { chromiumProgram } from '../lib/chromium.mts';
import { runCommand } from '../lib/command.mts';
import { chromiumMissing, n8nMissing } from '../lib/needs.mts';
import { ROOT } from '../lib/paths.mts';
import { say, Trouble } from '../lib/terminal.mts';
import { PICTURES } from './pictures.mts';

const FOLDER = join(ROOT, 'docs', 'images');
/** A README is read on a telephone too. */
const MOST_BYTES = 150_000;

await runCommand(async () => {
	const missing = (await n8nMissing()) ?? chromiumMissing();
	if (missing !== undefined) throw new Trouble(missing.why, `Install it, e.g. with: ${missing.command}`);
	await mkdir(FOLDER, { recursive: true });
	const session = await openSession(chromiumProgram() ?? '');
	try {
		for (const [name, take] of PICTURES) {
			const file = join(FOLDER, `${name}.png`);
			await take(session, file);
			const { size } = await stat(file);
			say(`docs/images/${name}.png  ${Math.round(size / 1000)} KB`);
			if (size > MOST_BYTES)
				throw new Trouble(`${name}.png is larger than ${MOST_BYTES / 1000} KB.`, 'Show less in it.');
		}
	} finally {
		await session.close();
	}
	return 0;
});
