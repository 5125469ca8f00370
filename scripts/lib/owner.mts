// Who owns the private n8n: made before its first start with a random password, kept beside the data that it protects.

import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

export interface Owner {
	readonly email: string;
	readonly password: string;
}

/** What is kept; the hash too, for another hash of the same password would sign everybody out. */
interface KeptOwner extends Owner {
	readonly passwordHash?: string;
}

/** As bcryptjs, the library by which n8n hashes passwords; it comes with every n8n. */
interface Bcrypt {
	hash(password: string, rounds: number): Promise<string>;
}

const ROUNDS = 10;

/** The owner of this user folder; the first call makes one. */
export async function ownerOf(userFolder: string): Promise<Owner> {
	const { email, password } = await keptOwner(userFolder);
	return { email, password };
}

/**
 * The variables by which n8n knows its owner before it listens, so that nobody else on the machine can become it first.
 * An n8n too old to know them has its owner set up by a request.
 *
 * @param hostFolder where n8n is installed
 */
export async function ownerEnv(userFolder: string, hostFolder: string): Promise<NodeJS.ProcessEnv> {
	const owner = await keptOwner(userFolder);
	const passwordHash = owner.passwordHash ?? (await hashOf(owner.password, hostFolder));
	if (owner.passwordHash === undefined) await keep(userFolder, { ...owner, passwordHash });
	return {
		N8N_INSTANCE_OWNER_MANAGED_BY_ENV: 'true',
		N8N_INSTANCE_OWNER_EMAIL: owner.email,
		N8N_INSTANCE_OWNER_FIRST_NAME: 'TokenIM',
		N8N_INSTANCE_OWNER_LAST_NAME: 'Tester',
		N8N_INSTANCE_OWNER_PASSWORD_HASH: passwordHash,
	};
}

async function keptOwner(userFolder: string): Promise<KeptOwner> {
	try {
		return JSON.parse(await readFile(fileOf(userFolder), 'utf8'));
	} catch {
		const owner: Owner = { email: 'owner@school.example', password: newPassword() };
		await keep(userFolder, owner);
		return owner;
	}
}

async function keep(userFolder: string, owner: KeptOwner): Promise<void> {
	await mkdir(userFolder, { recursive: true });
	await writeFile(fileOf(userFolder), `${JSON.stringify(owner, undefined, '\t')}\n`, { mode: 0o600 });
}

function fileOf(userFolder: string): string {
	return join(userFolder, 'owner.json');
}

async function hashOf(password: string, hostFolder: string): Promise<string> {
	const fromN8n = createRequire(join(hostFolder, 'node_modules', 'n8n', 'package.json'));
	const bcrypt: Bcrypt = fromN8n('bcryptjs');
	return await bcrypt.hash(password, ROUNDS);
}

/** 120 random bits, and the digit and the capital letter that n8n asks for. */
function newPassword(): string {
	return `${randomBytes(15).toString('base64url')}-A1`;
}
