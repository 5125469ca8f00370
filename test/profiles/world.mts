// A profile against a scripted service: the credential signs, the engine runs, the clock is virtual.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Call } from '../../nodes/TokenIm/engine/call';
import { RunContext } from '../../nodes/TokenIm/engine/context';
import { cut } from '../../nodes/TokenIm/engine/delivery/chunk';
import { deliver } from '../../nodes/TokenIm/engine/delivery/deliver';
import { listAll, type ListStep } from '../../nodes/TokenIm/engine/delivery/listAll';
import { lookUpBy } from '../../nodes/TokenIm/engine/delivery/lookUp';
import { newTask } from '../../nodes/TokenIm/engine/delivery/task';
import type { ListCall } from '../../nodes/TokenIm/engine/list';
import { RunLimits } from '../../nodes/TokenIm/engine/pacing/limits';
import { run } from '../../nodes/TokenIm/engine/run';
import type { Outcome, Ports, Verdict } from '../../nodes/TokenIm/engine/types';
import type { Exchange, Listed } from '../../nodes/TokenIm/engine/wire';
import { signOptions } from '../../nodes/TokenIm/protocol/auth/authenticate';
import { createProtocol, type Protocol } from '../../nodes/TokenIm/protocol/calls';
import { credentialData, profileOf } from '../../nodes/TokenIm/protocol/auth/credentialData';
import { withFailover } from '../../nodes/TokenIm/protocol/auth/failover';
import { createNonce } from '../../nodes/TokenIm/protocol/auth/sign';
import { withTokens } from '../../nodes/TokenIm/protocol/auth/tokens';
import { METHODS } from '../../scripts/profile/hidden.mts';
import { VirtualClock } from '../engine/clock.mts';
import { readyOperation, type ParameterValues } from '../operations/parameters.mts';

const FOLDER = join(import.meta.dirname, '../../examples/profiles');

/** What a service sees. */
export interface Seen {
	readonly method: string;
	readonly host: string;
	/** Without the query. */
	readonly path: string;
	readonly query: URLSearchParams;
	readonly headers: Readonly<Record<string, string>>;
	readonly text: string;
	/** The body as JSON; nothing stands in it where there is none, or where it is a form or a list. */
	readonly body: Sent;
	/** The body where it is a list. */
	readonly list: readonly SentAccount[];
	readonly form: URLSearchParams;
	readonly nowMs: number;
}

/** What scripted services read of a body: each its own fields, and whatever else is sent stays as it is. */
export type Sent = {
	readonly AccountList: readonly SentAccount[];
	readonly CheckItem: readonly SentAccount[];
	readonly DeleteItem: readonly SentAccount[];
	readonly GroupId: string;
	readonly Limit: number;
	readonly MemberList?: ReadonlyArray<{ readonly Member_Account: string }>;
	readonly MemberToDel_Account: readonly string[];
	readonly Name: string;
	readonly Next: number;
	readonly Offset: number;
	readonly account_id: string;
	readonly add_members?: readonly string[];
	readonly affiliation: string;
	readonly chief: string;
	readonly client_secret: string;
	readonly configuration: { readonly enabled: boolean };
	readonly data: { readonly name: string; readonly created_by_id: string; readonly members?: readonly string[] };
	readonly filter_conditions: { readonly cid?: { readonly $eq: string }; readonly type?: { readonly $eq: string } };
	readonly groups: SentMap;
	readonly host: string;
	readonly invite_account_ids: readonly string[];
	readonly jid: string;
	readonly limit: number;
	readonly locked?: boolean;
	readonly members?: readonly string[];
	readonly name: string;
	readonly offset?: number;
	readonly option: string;
	readonly participants: readonly string[];
	readonly password?: string;
	readonly people: ReadonlyArray<{ readonly handle: string; readonly profile: object }>;
	readonly permanent?: boolean;
	readonly remove_members?: readonly string[];
	readonly room: string;
	readonly room_alias_name: string;
	readonly service: string;
	readonly team_id: string;
	readonly uidsToDeactivate: readonly string[];
	readonly user: string;
	readonly user_id: string;
	readonly usernames: readonly string[];
	readonly users: SentMap;
	readonly value: unknown;
};

/** People or groups by their ids. */
type SentMap = Readonly<Record<string, Record<string, unknown>>>;

/** One of a list of accounts. */
export type SentAccount = { readonly UserID: string; readonly username: string };

export interface Reply {
	readonly status?: number;
	readonly body?: unknown;
	readonly headers?: Readonly<Record<string, string>>;
}

/** Answers as the vendor's documents say. */
export type Service = (seen: Seen) => Reply;

export interface Told {
	readonly verdicts: Verdict[];
	readonly seen: Seen[];
	readonly statuses: readonly string[];
	readonly tookMs: number;
	readonly ended: string | undefined;
}

export interface Lab {
	/** Reads a list to its end. */
	read(
		list: (protocol: Protocol) => ListCall,
	): Promise<{ readonly records: Listed[]; readonly end: ListStep | undefined; readonly seen: Seen[] }>;
	/** Carries a call out for these ids, with the look-up of users at hand. */
	carryOut(
		call: (protocol: Protocol) => Call,
		ids: readonly string[],
	): Promise<{ readonly outcomes: Array<Outcome | undefined>; readonly said: string[]; readonly seen: Seen[] }>;
	run(choice: ParameterValues, rows: ReadonlyArray<Readonly<Record<string, unknown>>>, script?: Script): Promise<Told>;
}

/** What happens to the n-th request of a path, counted from 1: its answer is lost after it was carried out, or another one comes. */
export type Script = (seen: Seen, number: number) => 'lost' | Reply | undefined;

export const CREATE: ParameterValues = { resource: 'user', operation: 'batchCreate', ifUserExists: 'keep' };
export const CREATE_OR_FAIL: ParameterValues = { resource: 'user', operation: 'batchCreate', ifUserExists: 'fail' };
export const UPSERT: ParameterValues = { resource: 'user', operation: 'batchUpsert', emptyCells: 'leave' };
export const VERIFY: ParameterValues = { resource: 'user', operation: 'verify' };
export const DELETE: ParameterValues = { resource: 'user', operation: 'deleteEvery' };
export const GROUPS: ParameterValues = { resource: 'group', operation: 'create' };
export const MEMBERS: ParameterValues = { resource: 'group', operation: 'addMembers' };
export const VERIFY_GROUPS: ParameterValues = { resource: 'group', operation: 'verify' };

export function profileText(name: string): string {
	return readFileSync(join(FOLDER, `${name}.json`), 'utf8');
}

/** The credential of a profile, as n8n gives it. */
export function credentialOf(
	name: string,
	data: Readonly<Record<string, string>>,
	values: Readonly<Record<string, string>> = {},
) {
	return {
		baseUrl: 'https://im.example.com',
		apiKey: 'the-key',
		apiSecret: 'the secret',
		...data,
		profile: 'custom',
		profileJson: profileText(name),
		profileValues: { entries: Object.entries(values).map(([key, value]) => ({ name: key, value })) },
	};
}

let labs = 0;

const SETTINGS = { requestTimeoutMs: 60_000, readLagMs: 0 };
const IDENTITY = { instanceId: 'i', executionId: 'e', nodeId: 'n', runIndex: 0 };

export function createLab(credential: ReturnType<typeof credentialOf>, service: Service): Lab {
	const clock = new VirtualClock();
	const profile = profileOf(credential);
	const protocol = createProtocol(profile);
	const fingerprint = `lab ${++labs}`;
	const portsFor = (seen: Seen[], script: Script): Ports => {
		const counts = new Map<string, number>();
		const attempt: Ports['send'] = async (request, { signal }): Promise<Exchange> => {
			const options = signOptions(
				{
					method: METHODS.find((known) => known === request.method),
					url: request.path,
					baseURL: request.base,
					headers: { ...request.headers },
					body: request.body,
				},
				credentialData(credential),
				profile,
				clock.now(),
				createNonce(profile),
			);
			await clock.sleep(20, signal);
			const text = Buffer.isBuffer(options.body) ? options.body.toString() : '';
			const one = seenOf(
				{ method: options.method, url: options.url, headers: options.headers ?? {}, text },
				clock.now(),
			);
			seen.push(one);
			const number = (counts.get(one.path) ?? 0) + 1;
			counts.set(one.path, number);
			const said = script(one, number);
			if (said !== undefined && said !== 'lost') return exchangeOf(said);
			const reply = service(one);
			return said === 'lost' ? { kind: 'lost', reason: 'the connection broke' } : exchangeOf(reply);
		};
		return {
			now: clock.now,
			sleep: clock.sleep,
			random: () => 0.5,
			breathe: async () => undefined,
			log: () => undefined,
			send: withTokens(profile, withFailover(profile, credential.baseUrl, attempt, clock.now), fingerprint, clock.now),
		};
	};
	const contextFor = (seen: Seen[]): RunContext =>
		new RunContext(
			portsFor(seen, () => undefined),
			SETTINGS,
			new RunLimits(protocol.defaultLimits),
			IDENTITY,
		);
	return {
		async read(listOf) {
			const seen: Seen[] = [];
			const ctx = contextFor(seen);
			const steps: ListStep[] = [];
			const all = async (): Promise<void> => {
				for await (const step of listAll(ctx, listOf(protocol))) steps.push(step);
			};
			await clock.run(all());
			const records = steps.flatMap((step) => (step.kind === 'records' ? step.records : []));
			return { records, end: steps.at(-1), seen };
		},
		async carryOut(callOf, ids) {
			const seen: Seen[] = [];
			const ctx = contextFor(seen);
			const call = callOf(protocol);
			const tasks = ids.map((id, position) => newTask({ id, fields: { userId: id, groupId: id } }, position));
			const means = { lookUp: lookUpBy(ctx, protocol.userLookUp()) };
			await clock.run(
				Promise.all(cut(call, tasks, ctx.limits).map(async (chunk) => await deliver(ctx, call, chunk, means))),
			);
			const outcomes = tasks.map(({ outcome }) => outcome);
			const said = outcomes.map((outcome) =>
				outcome?.kind === 'done' ? outcome.status : (outcome?.kind ?? 'nothing'),
			);
			return { outcomes, said, seen };
		},
		async run(choice, rows, script = () => undefined) {
			const verdicts: Verdict[] = [];
			const seen: Seen[] = [];
			const startedAt = clock.now();
			const { operation, columns } = readyOperation(choice, profile, protocol);
			const sheet = rows.map((row, index) => ({ number: index + 1, item: index, columns: row }));
			await columns.check(sheet, async () => undefined);
			const report = await clock.run(
				run({
					rows: sheet,
					operation,
					planCall: protocol.limits(),
					limits: protocol.defaultLimits,
					settings: { ...SETTINGS, readLagMs: protocol.readLagMs },
					identity: IDENTITY,
					sink: (verdict) => verdicts.push(verdict),
					ports: portsFor(seen, script),
				}),
			);
			return {
				verdicts,
				seen,
				statuses: verdicts.map(({ status }) => status),
				tookMs: clock.now() - startedAt,
				ended: report.ended?.reason,
			};
		},
	};
}

/** A request as services read it. */
export function seenOf(
	{
		method = 'GET',
		url: address,
		headers: given,
		text,
	}: { readonly method?: string; readonly url: string; readonly headers: object; readonly text: string },
	nowMs: number,
): Seen {
	const url = new URL(address);
	const headers = Object.fromEntries(Object.entries(given).map(([name, value]) => [name.toLowerCase(), String(value)]));
	const isForm = headers['content-type']?.includes('form') === true;
	const sent: Sent | SentAccount[] = JSON.parse(text === '' || isForm ? '{}' : text);
	return {
		method,
		host: url.host,
		path: url.pathname,
		query: url.searchParams,
		headers,
		text,
		...(Array.isArray(sent) ? { body: JSON.parse('{}'), list: sent } : { body: sent, list: [] }),
		form: new URLSearchParams(isForm ? text : ''),
		nowMs,
	};
}

function exchangeOf({ status = 200, body, headers = {} }: Reply): Exchange {
	const text = body === undefined ? '' : typeof body === 'string' && headers.raw ? body : JSON.stringify(body);
	return { kind: 'answer', status, headers, body: new TextEncoder().encode(text) };
}
