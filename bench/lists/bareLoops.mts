// The floor for each case: the same requests through n8n's helper, nothing checked, nothing repaired.

import { createInterface } from 'node:readline';
import type { IDataObject, IExecuteFunctions, IHttpRequestOptions, INodeExecutionData } from 'n8n-workflow';

/** What is measured. */
export type What = 'getAll' | 'find' | 'differs';

type Person = { readonly userId: string; readonly attributes: { readonly class: string } };
type BareLoop = (host: IExecuteFunctions, concurrency: number) => Promise<INodeExecutionData[]>;

const IDS_PER_QUERY = 200;
const USERS_PER_REQUEST = 100;

export const BARE_LOOPS: Readonly<Record<What, BareLoop>> = {
	async getAll(host) {
		const items: INodeExecutionData[] = [];
		for await (const users of pages(host)) for (const json of users) items.push({ json, pairedItem: { item: 0 } });
		return items;
	},
	async find(host) {
		const named = new Set<string>();
		for await (const [userId] of rowsOf(host)) named.add(userId);
		const items: INodeExecutionData[] = [];
		for await (const users of pages(host))
			for (const json of users) if (!named.has(json.userId)) items.push({ json, pairedItem: { item: 0 } });
		return items;
	},
	async differs(host, concurrency) {
		const rows = rowsOf(host);
		const changed: object[] = [];
		let unchanged = 0;
		const work = async (): Promise<void> => {
			for (let batch = await next(rows); batch.length > 0; batch = await next(rows)) {
				const { users = [] } = await ask(host, 'POST', '/users/query', { userIds: batch.map(([id]) => id) });
				const classOf = new Map(users.map(({ userId, attributes }) => [userId, attributes.class]));
				for (const [userId, ...cells] of batch) {
					if (classOf.get(userId) === cells.at(-1)) unchanged++;
					else changed.push({ userId, attributes: { class: cells.at(-1) } });
				}
				if (changed.length >= USERS_PER_REQUEST) await write(changed.splice(0, USERS_PER_REQUEST));
			}
		};
		let updated = 0;
		const write = async (users: readonly object[]): Promise<void> => {
			const { results = [] } = await ask(host, 'POST', '/users/batch', { onConflict: 'update', users });
			updated += results.length;
		};
		await Promise.all(Array.from({ length: concurrency }, work));
		while (changed.length > 0) await write(changed.splice(0, USERS_PER_REQUEST));
		return [{ json: { statuses: { unchanged, updated } }, pairedItem: { item: 0 } }];
	},
};

interface Answer {
	readonly users?: Array<IDataObject & Person>;
	readonly results?: readonly unknown[];
	readonly nextCursor?: string;
}

/** One request through n8n's helper; the answer as it is. */
export async function ask(
	host: IExecuteFunctions,
	method: IHttpRequestOptions['method'],
	url: string,
	body?: object,
): Promise<Answer> {
	const answer: { readonly body: Uint8Array } = await host.helpers.httpRequestWithAuthentication.call(
		host,
		'tokenImApi',
		{
			method,
			url,
			headers: { Accept: 'application/json' },
			...(body === undefined ? {} : { body: Buffer.from(JSON.stringify(body)) }),
			encoding: 'arraybuffer',
			returnFullResponse: true,
		},
	);
	return JSON.parse(Buffer.from(answer.body).toString());
}

async function* pages(host: IExecuteFunctions): AsyncGenerator<Array<IDataObject & Person>> {
	for (let query = ''; ; ) {
		const { users = [], nextCursor } = await ask(host, 'GET', `/users?limit=500${query}`);
		yield users;
		if (nextCursor === undefined) return;
		query = `&cursor=${nextCursor}`;
	}
}

/** Cells of the rows of the item's file, cut at commas. */
async function* rowsOf(host: IExecuteFunctions): AsyncGenerator<[string, ...string[]]> {
	const id = host.getInputData()[0]?.binary?.data?.id ?? '';
	let isHeader = true;
	for await (const line of createInterface({ input: await host.helpers.getBinaryStream(id) })) {
		const [userId = '', ...cells] = line.split(',');
		if (!isHeader) yield [userId, ...cells];
		isHeader = false;
	}
}

async function next<T>(rows: AsyncGenerator<T>): Promise<T[]> {
	const batch: T[] = [];
	while (batch.length < IDS_PER_QUERY) {
		const { value, done } = await rows.next();
		if (done === true) break;
		batch.push(value);
	}
	return batch;
}
