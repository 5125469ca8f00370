// The options of `npm start`.

import { parseArgs } from 'node:util';
import { Trouble } from '../lib/terminal.mts';

export interface Options {
	readonly reset: boolean;
	readonly once: boolean;
	readonly help: boolean;
}

export const HELP = `npm start              A real n8n on this machine reads a roster of 10,000 students, creates their
                       TokenIM accounts in a sandbox, puts them into 200 class groups, verifies
                       them, and shows what became of every row. Then the n8n editor stays open
                       until you press Ctrl-C. What is missing is installed first.

npm start -- --once    The same without the editor. Ends with code 0 only if the sandbox then holds
                       exactly the people and classes of the roster.
npm start -- --reset   Forgets the private n8n and the sandbox's people first. Installed packages stay.
npm start -- --help    This text.

Everything lies in the folder .n8n of this project; deleting it undoes all.`;

/** @throws Trouble for an option that does not exist */
export function readOptions(args: readonly string[]): Options {
	const flag = { type: 'boolean', default: false } as const;
	try {
		const { values } = parseArgs({
			args: [...args],
			options: { reset: flag, once: flag, help: { ...flag, short: 'h' } },
		});
		return values;
	} catch (error) {
		throw new Trouble(error instanceof Error ? error.message : String(error), 'See npm start -- --help');
	}
}
