// Files and items as people's tools write them (test/fixtures/wild), through the node in n8n's own engine: On Error is
// Continue, and nothing is set but the credential unless a test says so.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { useLab } from '../lab.mts';

const FOLDER = join(import.meta.dirname, '../../fixtures/wild');

export interface Outcome {
	/** The verdicts, one for each row, in order. */
	readonly verdicts: readonly IDataObject[];
	/** What the node says above its output. */
	readonly hints: readonly string[];
	/** Why the run ended before its first row: message and description. */
	readonly stopped: string | undefined;
	/** Who is there afterwards: id and name. */
	readonly users: ReadonlyArray<readonly [string, string]>;
	/** How many requests wrote something. */
	readonly writes: number;
}

export interface Wild {
	/** Runs the node with one file of one folder, `people.csv` by *Input: File*, `items.json` as incoming items. */
	run(folder: string, parameters?: INodeParameters): Promise<Outcome>;
	/** The same with content of a test's own. */
	runFile(content: string | Uint8Array, fileName?: string, parameters?: INodeParameters): Promise<Outcome>;
	runItems(items: readonly IDataObject[], parameters?: INodeParameters): Promise<Outcome>;
	readonly lab: ReturnType<typeof useLab>;
}

/** A new sandbox for each test of the file. */
export function useWild(): Wild {
	const lab = useLab();
	const outcomeOf = async (options: Parameters<typeof lab.run>[0]): Promise<Outcome> => {
		const { outputs, error, hints } = await lab.run({ onError: 'continueRegularOutput', ...options });
		return {
			verdicts: (outputs[0] ?? []).map(({ json }) => json),
			hints: hints.map(({ message }) => message),
			stopped: error === undefined ? undefined : [error.message, error.description].filter(Boolean).join(' '),
			users: lab.sandbox.users().map(({ userId, username }) => [userId, username]),
			writes: lab.writes(),
		};
	};
	const runFile: Wild['runFile'] = async (content, fileName = 'people.csv', parameters = {}) =>
		await outcomeOf({
			items: [{}],
			files: [{ data: { content, fileName } }],
			parameters: { input: 'file', ...parameters },
		});
	const runItems: Wild['runItems'] = async (items, parameters = {}) => await outcomeOf({ items, parameters });
	return {
		lab,
		runFile,
		runItems,
		async run(folder, parameters = {}) {
			const [name = ''] = readdirSync(join(FOLDER, folder));
			const content = readFileSync(join(FOLDER, folder, name));
			if (name !== 'items.json') return await runFile(content, name, parameters);
			const items: readonly IDataObject[] = JSON.parse(content.toString('utf8'));
			return await runItems(items, parameters);
		},
	};
}
