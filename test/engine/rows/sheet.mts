// A sheet of texts such as `u1=A` (the user u1 is to hold A), looked up before it is sent, and a service that holds some.

import { deliver } from '../../../nodes/TokenIm/engine/delivery/deliver';
import type { LookFirst, Operation } from '../../../nodes/TokenIm/engine/operation';
import type { Entry, Outcome } from '../../../nodes/TokenIm/engine/types';
import { queryCall, scriptedCall, type Answer, type Sent } from '../service.mts';
import { runRows, type Ran, type Script, type WorldOptions } from '../world.mts';

export interface Sheet extends Omit<WorldOptions, 'ids' | 'call'> {
	/** What each row says. */
	readonly rows: readonly string[];
	/** What the service holds; changed as rows are written. */
	readonly held?: Map<string, string>;
	readonly asks?: LookFirst['asks'];
	/** Sends every row, as without a look-up. */
	readonly isEvery?: boolean;
}

const textOf = ({ id, fields }: Entry): string => `${id}=${String(fields.value)}`;

const found = (value: string): Outcome => ({ kind: 'found', record: { value } });

export const decide: LookFirst['decide'] = ({ fields }, seen) => {
	const value = String(fields.value);
	if (seen.kind === 'missing')
		return { kind: 'send', foreseen: { would: 'created', before: seen, after: found(value) } };
	if (seen.kind !== 'found') return { kind: 'send' };
	if (seen.record.value === value) return { kind: 'done', outcome: { kind: 'done', status: 'unchanged' } };
	const changes = [{ field: 'value', from: seen.record.value, to: value }];
	return { kind: 'send', foreseen: { would: 'updated', before: seen, after: found(value), changes } };
};

/** Runs the sheet; `script` may answer instead of the service, for `write` and for `query`. */
export async function runSheet({ rows, held = new Map(), asks, isEvery, script, ...options }: Sheet): Promise<Ran> {
	const call = scriptedCall('write', {
		settlement: 'again',
		encode: textOf,
		request: (entries) => ({ method: 'POST', path: '/write', headers: {}, body: JSON.stringify(entries.map(textOf)) }),
	});
	const operation: Partial<Operation> = {
		lookUp: undefined,
		lookFirst: isEvery ? undefined : { query: queryCall(), asks: asks ?? (() => true), decide },
		repeats: 'after',
		prepare({ columns }) {
			const [id = '', value = ''] = String(columns.id).split('=');
			return { ok: true, entry: { id, fields: { value } } };
		},
		carryOut: async (ctx, chunk, means) => await deliver(ctx, call, chunk, means),
		...options.operation,
	};
	const service: Script = (sent, number, world) => script?.(sent, number, world) ?? answerOf(sent, held);
	return await runRows({ ...options, ids: rows, call, operation, script: service });
}

export function answerOf({ name, ids }: Sent, held: Map<string, string>): Answer | undefined {
	if (name === 'query')
		return {
			results: ids.map((id) => {
				const value = held.get(id);
				return { id, answer: value === undefined ? { status: 'missing' } : { status: 'found', record: { value } } };
			}),
		};
	if (name !== 'write') return undefined;
	return {
		results: ids.map((text) => {
			const [id = '', value = ''] = text.split('=');
			const status = held.has(id) ? 'updated' : 'created';
			held.set(id, value);
			return { id, answer: { status } };
		}),
	};
}

/** `count` rows; those whose index is in `other` ask for something else than `holding` has. */
export function rowsOf(count: number, other: readonly number[] = []): string[] {
	const others = new Set(other);
	return Array.from({ length: count }, (_, index) => `u${index}=${others.has(index) ? 'B' : 'A'}`);
}

/** A service in which the first `count` users hold A. */
export function holding(count: number): Map<string, string> {
	return new Map(Array.from({ length: count }, (_, index) => [`u${index}`, 'A']));
}
