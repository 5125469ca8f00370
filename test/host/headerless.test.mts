// A file without a header: its first row is somebody's, and what n8n logs of a failure does not repeat it (law 10).

import { expect, test } from 'vitest';
import { useLab } from './lab.mts';

const lab = useLab();

const PERSONAL = /s001|Ada|Lovelace|home|4930|s002|Grace/;

const FILES: ReadonlyArray<readonly [name: string, content: string]> = [
	['with an e-mail address', 's001,Ada Lovelace,ada@home.example\ns002,Grace Hopper,grace@home.example\n'],
	['with a phone number', 's001,Ada Lovelace,+49 30 1234567\ns002,Grace Hopper,+49 30 7654321\n'],
	['with ids and names alone', 's001,Ada Lovelace\ns002,Grace Hopper\n'],
	['whose first row is shorter', 's001,Ada Lovelace\ns002,Grace Hopper,x\ns003,Alan,x\n'],
	['whose names were read in a wrong encoding', 's001,Ada L\uFFFDvelace\ns002,Grace Hopper\n'],
];

test.each(FILES)('%s', async (_name, content) => {
	const options = { items: [{}], files: [{ data: { content } }], parameters: { input: 'file' } };
	const { error } = await lab.run(options);
	expect(error).toBeDefined();
	expect(`${error?.message} ${error?.description}`).not.toMatch(PERSONAL);
	const { hints } = await lab.run({ ...options, onError: 'continueRegularOutput' });
	expect(hints.map(({ message }) => message).join()).not.toMatch(PERSONAL);
});

test('as items, as Extract From File makes of one', async () => {
	const { error } = await lab.run({
		items: [{ s001: 's002', 'Ada Lovelace': 'Grace Hopper', 'ada@home.example': 'g@h.example' }],
	});
	expect(`${error?.message} ${error?.description}`).not.toMatch(PERSONAL);
});

test('and a header that is known as one is repeated: that is what helps to mend it', async () => {
	const { error } = await lab.run({ items: [{ Email: 'ada@home.example', Stadt: 'Bonn' }] });
	expect(error?.description).toContain('Columns found: "Email", "Stadt".');
});
