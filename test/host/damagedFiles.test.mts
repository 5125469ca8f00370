// A file that is damaged, or cut off before its end, takes nobody away, whatever the brake is set to (laws 14 and 16).

import { Readable } from 'node:stream';
import type { IDataObject, IExecuteFunctions, INodeParameters, INodeType } from 'n8n-workflow';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { keepFilesOnDisk, type WorkflowOptions, type WorkflowResult } from './engine.mts';
import { statuses, useLab } from './lab.mts';
import { builtPackage } from './package.mts';

const lab = useLab();
const USERS = 20;
const GROUPS = 5;
const resource = 'group';
/** Far behind the rows that are looked at before the run begins. */
const MANY = 30_000;

let created: readonly IDataObject[] = [];

beforeAll(keepFilesOnDisk);
beforeEach(async () => {
	const users = Array.from({ length: USERS }, (_, at) => ({ userId: `s${at}`, username: `N${at}` }));
	const { outputs } = await lab.run({ items: users });
	created = outputs[0]?.map(({ json }) => json) ?? [];
	const items = Array.from({ length: GROUPS }, (_, at) => ({
		...{ groupId: `g${at}`, name: `G${at}`, ownerId: 's0', memberIds: 's1,s2,s3' },
	}));
	await lab.run({ items, parameters: { resource } });
});

/** What may be taken away, as it stands now. */
function now() {
	const users = lab.sandbox.users().map(({ userId, active }) => ({ userId, active }));
	return { users, groups: lab.sandbox.groups().map(({ groupId, memberIds }) => ({ groupId, memberIds })) };
}

interface Operation {
	readonly parameters: INodeParameters;
	/** The brake's own parameter; Undo has none. */
	readonly brake?: string;
	readonly header: readonly string[];
	readonly row: (at: number) => readonly string[];
	readonly rows: number;
	readonly done: string;
}

const user = (at: number) => [`s${at}`, `N${at}`];
const ofUsers = { header: ['userId', 'username'], row: user, rows: USERS };
const member = (at: number) => [`g${at}`, 's1'];
const OPERATIONS: Readonly<Record<string, Operation>> = {
	'Batch Delete': { parameters: { operation: 'deleteEvery' }, brake: 'deleteAtMost', ...ofUsers, done: 'deleted' },
	'Batch Suspend': { parameters: { operation: 'batchSuspend' }, brake: 'suspendAtMost', ...ofUsers, done: 'suspended' },
	Undo: {
		parameters: { operation: 'undo' },
		header: ['userId', 'status', 'imId'],
		row: (at) => [`s${at}`, 'created', String(created[at]?.imId ?? 'im_none')],
		rows: USERS,
		done: 'deleted',
	},
	'Batch Delete of groups': {
		parameters: { resource, operation: 'batchDelete' },
		brake: 'deleteGroupsAtMost',
		header: ['groupId', 'name'],
		row: (at) => [`g${at}`, `G${at}`],
		rows: GROUPS,
		done: 'deleted',
	},
	'Remove Members': {
		parameters: { resource, operation: 'removeMembers' },
		brake: 'removeAtMost',
		header: ['groupId', 'memberIds'],
		row: member,
		rows: GROUPS,
		done: 'removed',
	},
	'Remove Members of a roster': {
		parameters: { resource, operation: 'removeMembers', rows: 'membership', groupBy: 'class' },
		brake: 'removeAtMost',
		header: ['class', 'userId'],
		row: member,
		rows: GROUPS,
		done: 'removed',
	},
};
const NAMES = Object.keys(OPERATIONS);

function csv({ header, row, rows }: Operation, count = rows): string[] {
	return [header.join(','), ...Array.from({ length: count }, (_, at) => row(at).join(','))];
}

function json({ header, row, rows }: Operation): string[] {
	return Array.from({ length: rows }, (_, at) => {
		const cells = row(at);
		return JSON.stringify(Object.fromEntries(header.map((name, column) => [name, cells[column]])));
	});
}

const DAMAGES: Readonly<Record<string, (operation: Operation) => string | Buffer>> = {
	'a quote that is never closed': (operation) => {
		const [header = '', ...lines] = csv(operation);
		return [header, ...lines.slice(0, 2), `"${lines[2]}`, ...lines.slice(3)].join('\n');
	},
	'a last row that was cut off': (operation) => `${csv(operation).join('\n')}\ns9`,
	'a row of too many cells': (operation) => `${csv(operation).join('\n')},x,y\n`,
	'bytes that are no character of its encoding': (operation) =>
		Buffer.concat([Buffer.from(csv(operation).join('\n')), Buffer.of(0xff), Buffer.from('\n')]),
	'a list of JSON that was cut off': (operation) => `[${json(operation).join(',')},{"userId":"s`,
	'a line that is no JSON': (operation) => `${json(operation).join('\n')}\n{"userId":\n`,
};

async function runFile(
	{ parameters }: Pick<Operation, 'parameters'>,
	content: string | Buffer,
	more: Partial<WorkflowOptions> = {},
): Promise<WorkflowResult> {
	const options = { encoding: 'utf-8' };
	return await lab.run({
		items: [{}],
		files: [{ data: { content, fileName: content.toString().startsWith('[') ? 'a.json' : 'a.txt' } }],
		parameters: { input: 'file', fileOptions: options, ...parameters },
		...more,
	});
}

/** The node, to which a file breaks off after so many bytes each time that it is read. */
async function breakingOff(bytes: number): Promise<INodeType> {
	const { nodeType } = await builtPackage();
	return {
		...nodeType,
		description: nodeType.description,
		async execute(this: IExecuteFunctions) {
			const { helpers } = this;
			const getBinaryStream: typeof helpers.getBinaryStream = async (id, size) => {
				const whole = await helpers.getBinaryStream(id, size);
				return Readable.from(cutOff(whole, bytes));
			};
			const host = Object.create(this, { helpers: { value: { ...helpers, getBinaryStream } } });
			return (await nodeType.execute?.call(host)) ?? [[]];
		},
	};
}

async function* cutOff(chunks: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
	let read = 0;
	for await (const chunk of chunks) {
		yield chunk.subarray(0, Math.max(0, most - read));
		read += chunk.length;
		if (read >= most) throw new Error('the connection was reset');
	}
}

const WAYS = NAMES.flatMap((name): Array<[name: string, way: string, most: number | undefined]> => {
	if (OPERATIONS[name]?.brake === undefined) return [[name, 'its proof', undefined]];
	return [
		[name, 'its brake as it is', undefined],
		[name, 'a brake of 0', 0],
	];
});

describe.each(WAYS)('%s with %s', (name, _, most) => {
	const found = OPERATIONS[name];
	if (found === undefined) throw new Error(name);
	const { brake = 'none' } = found;
	const parameters = { ...found.parameters, ...(most === undefined ? {} : { [brake]: most }) };
	const operation = { ...found, parameters };

	test('takes away what a whole file names', async () => {
		const { outputs } = await runFile(operation, csv(operation).join('\n'));
		expect(statuses(outputs[0])).toEqual(Array.from({ length: operation.rows }, () => operation.done));
	});

	test.each(Object.keys(DAMAGES))('takes nobody away for a file with %s, and says so', async (damage) => {
		const content = DAMAGES[damage]?.(operation) ?? '';
		const [before, writes] = [now(), lab.writes()];
		const { outputs } = await runFile(operation, content, { onError: 'continueRegularOutput' });
		expect([now(), lab.writes()]).toEqual([before, writes]);
		const told = new Set(outputs[0]?.map(({ json }) => `${String(json.status)} ${String(json.code)}`));
		expect(told).toEqual(new Set(['notAttempted rows_unreadable', 'invalid undefined']));
		const { error } = await runFile(operation, content);
		expect(error?.message).toMatch(/could not be read\.$/);
		expect(error?.description).toContain('Nothing was taken away');
		expect([now(), lab.writes()]).toEqual([before, writes]);
	});

	test('takes nobody away where the file breaks off in the middle', async () => {
		const content = csv(operation, MANY).join('\n');
		const nodeType = await breakingOff(content.length / 2);
		const given = { ...parameters, ...(most === undefined ? { [brake]: MANY } : {}) };
		const [before, writes] = [now(), lab.writes()];
		const { outputs } = await runFile({ parameters: given }, content, { nodeType, onError: 'continueRegularOutput' });
		expect([now(), lab.writes()]).toEqual([before, writes]);
		expect(new Set(statuses(outputs[0]))).toEqual(new Set(['notAttempted']));
	});
});

describe('Set Members', () => {
	const setting = { resource, operation: 'setMembers', removeShareAtMost: 0 };
	const row = (at: number) => [`g${at}`, 's4'];
	const operation = { parameters: setting, header: ['groupId', 'memberIds'], row, rows: GROUPS, done: 'updated' };

	test('takes out whom a whole file does not name', async () => {
		await runFile(operation, csv(operation).join('\n'));
		expect(now().groups[0]?.memberIds).toEqual(['s0', 's4']);
	});

	test.each(Object.keys(DAMAGES))('takes nobody out for a file with %s, and adds', async (damage) => {
		const content = DAMAGES[damage]?.(operation) ?? '';
		await runFile(operation, content, { onError: 'continueRegularOutput' });
		expect(now().groups.map(({ memberIds }) => memberIds)).toEqual(
			Array.from({ length: GROUPS }, () => expect.arrayContaining(['s0', 's1', 's2', 's3'])),
		);
	});

	test('takes nobody out where the file breaks off in the middle', async () => {
		const content = csv(operation, MANY).join('\n');
		const nodeType = await breakingOff(content.length / 2);
		const [before, writes] = [now(), lab.writes()];
		await runFile(operation, content, { nodeType, onError: 'continueRegularOutput' });
		expect([now(), lab.writes()]).toEqual([before, writes]);
	});
});
