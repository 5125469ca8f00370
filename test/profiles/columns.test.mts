// Which columns a sheet must have: those of fields that the service has and cannot do without.

import { expect, it } from 'vitest';
import { readyOperation, type ParameterValues } from '../operations/parameters.mts';
import { createProtocol } from '../../nodes/TokenIm/protocol/calls';
import { profileOf } from '../../nodes/TokenIm/protocol/auth/credentialData';
import { VENDORS, vendorNamed } from './services.mts';
import { CREATE, GROUPS, MEMBERS } from './world.mts';

/** What is said of a sheet with these columns; nothing where it will do. */
async function complaint(
	vendor: string,
	choice: ParameterValues,
	...names: readonly string[]
): Promise<string | undefined> {
	const found = vendorNamed(vendor);
	const profile = profileOf(found.credential);
	const columns = Object.fromEntries(names.map((name) => [name, 'x']));
	const { columns: map } = readyOperation(choice, profile, createProtocol(profile));
	return await map
		.check([{ number: 1, item: 0, columns }], async () => undefined)
		.then(
			() => undefined,
			({ message }: Error) => message,
		);
}

it('a service without names for people asks for no such column', async () => {
	expect(await complaint('ejabberd', CREATE, 'userId')).toBeUndefined();
	expect(await complaint('easemob', CREATE, 'userId')).toBeUndefined();
});

it('a service that can do without the name does not ask for the column', async () => {
	expect(await complaint('tencent-chat', CREATE, 'userId')).toBeUndefined();
});

it('a service that cannot do without the name asks for it', async () => {
	expect(await complaint('cometchat', CREATE, 'userId')).toBe('No column holds the Username');
});

it('a group asks for the name and the owner that the service wants, and for no others', async () => {
	expect(await complaint('ejabberd', GROUPS, 'groupId')).toBeUndefined();
	expect(await complaint('matrix-synapse', GROUPS, 'groupId')).toMatch(/^No column holds the .*name/i);
	expect(await complaint('easemob', GROUPS, 'groupId', 'name')).toMatch(/^No column holds the .*owner/i);
});

it('every service asks for ids, and for members where members are added', async () => {
	for (const { name } of VENDORS) {
		expect(await complaint(name, CREATE, 'username')).toContain('User ID');
		expect(await complaint(name, MEMBERS, 'groupId')).toMatch(/Member IDs/);
	}
});
