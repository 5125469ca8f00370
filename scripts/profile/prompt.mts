// Questions in the terminal: one after the other, secrets without an echo, answers also from a pipe.

import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

export interface Prompt {
	/** What stands in the environment under `name`, else what the person enters; `undefined` where nobody answers. */
	ask(what: string, options?: { readonly name?: string; readonly isSecret?: boolean }): Promise<string | undefined>;
	close(): void;
}

export function createPrompt(input: NodeJS.ReadStream, output: NodeJS.WriteStream): Prompt {
	let isHidden = false;
	const shown = new Writable({
		write(chunk: Buffer, _encoding, done) {
			if (!isHidden) output.write(chunk);
			done();
		},
	});
	const terminal = createInterface({ input, output: shown, terminal: input.isTTY === true });
	// Lines that come before they are asked for are kept: a pipe brings all at once.
	const lines = terminal[Symbol.asyncIterator]();
	return {
		async ask(what, { name, isSecret = false } = {}) {
			const set = name === undefined ? undefined : process.env[name];
			if (set !== undefined) return set;
			output.write(name === undefined ? `${what} ` : `${what} (or set ${name}): `);
			isHidden = isSecret;
			const line = await lines.next();
			isHidden = false;
			if (isSecret || input.isTTY !== true) output.write('\n');
			return line.done === true ? undefined : line.value.trim();
		},
		close: () => terminal.close(),
	};
}
