// The processes of one home folder and where they listen, as Linux tells it under /proc. That holds too for a process that
// left its group and its parent, as Erlang's port mapper does.

import { readdir, readFile, readlink } from 'node:fs/promises';

const LISTENS = '0A';

/** The ids of the processes whose home is that folder, if they are the caller's own. */
export async function processesOf(homeFolder: string): Promise<readonly number[]> {
	const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
	const own = await Promise.all(
		ids.map(async (id) => {
			// Of somebody else, or gone since.
			const environment = await readFile(`/proc/${id}/environ`, 'utf8').catch(() => '');
			return environment.split('\0').includes(`HOME=${homeFolder}`);
		}),
	);
	return ids.filter((_, index) => own[index]).map(Number);
}

/** Where these processes accept TCP connections, such as `127.0.0.1:5280`; IPv6 in brackets, in hex. */
export async function listenersOf(processIds: readonly number[]): Promise<readonly string[]> {
	const open = new Set((await Promise.all(processIds.map(socketsOf))).flat());
	const tables = await Promise.all(
		['tcp', 'tcp6'].map(async (table) => await readFile(`/proc/net/${table}`, 'utf8').catch(() => '')),
	);
	return tables.flatMap((table) =>
		table.split('\n').flatMap((line) => {
			// number, local address, remote address, state, queues, timer, retransmits, user, time-out, inode
			const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
			return state === LISTENS && open.has(inode) ? [addressOf(local)] : [];
		}),
	);
}

/** The inodes of the sockets that a process holds. */
async function socketsOf(processId: number): Promise<string[]> {
	const folder = `/proc/${processId}/fd`;
	const names = await readdir(folder).catch(() => []);
	const targets = await Promise.all(names.map(async (name) => await readlink(`${folder}/${name}`).catch(() => '')));
	return targets.flatMap((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? []);
}

/** `0100007F:14A0` is 127.0.0.1:5280: the address as a number of the machine, which has its low byte first. */
function addressOf(local: string): string {
	const [address = '', port = ''] = local.split(':');
	const bytes = (address.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16));
	return `${bytes.length === 4 ? bytes.reverse().join('.') : `[${address}]`}:${Number.parseInt(port, 16)}`;
}
