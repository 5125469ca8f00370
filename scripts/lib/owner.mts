// Who owns the private n8n: made at the first start with a random password, kept beside the data that it protects.

import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Owner {
	readonly email: string;
	readonly password: string;
}

/** The owner of this user folder; the first call makes one. */
export async function ownerOf(userFolder: string): Promise<Owner> {
	const file = join(userFolder, 'owner.json');
	try {
		return JSON.parse(await readFile(file, 'utf8'));
	} catch {
		const owner: Owner = { email: 'owner@school.example', password: newPassword() };
		await mkdir(userFolder, { recursive: true });
		await writeFile(file, `${JSON.stringify(owner, undefined, '\t')}\n`, { mode: 0o600 });
		return owner;
	}
}

/** 120 random bits, and the digit and the capital letter that n8n asks for. */
function newPassword(): string {
	return `${randomBytes(15).toString('base64url')}-A1`;
}
