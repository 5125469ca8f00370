// What must hold after each run of a round. Each broken law is a sentence.

import { untruths, type Told } from '../../test/operations/truths.mts';
import type { Round } from './round.mts';

/** An item that the node put out: a verdict, alone or under `error`. */
export type Item = Readonly<Record<string, unknown>>;

/** What a run put out: its success output, then its error output. */
export type Outputs = ReadonlyArray<readonly Item[]>;

/** Who is in the service before and after a run, with what the service calls them. */
export interface People {
	readonly before: ReadonlyMap<string, string>;
	readonly after: ReadonlyMap<string, string>;
}

export interface Verdict extends Told {
	readonly row: number;
}

export function verdictsOf(outputs: Outputs): Verdict[][] {
	return outputs.map((items) => items.map(verdictOf));
}

function verdictOf(item: Item): Verdict {
	const told = typeof item.error === 'object' && item.error !== null ? item.error : item;
	if (!('row' in told) || !('status' in told)) throw new Error(`An item holds no verdict: ${JSON.stringify(item)}`);
	return told as Verdict; // n8n hands items over as plain data
}

/** Law 1: one verdict for each row, in row order on each output; in a file the header is line 1. */
export function verdictEach(
	{ rows, input }: Pick<Round, 'rows' | 'input'>,
	outputs: ReadonlyArray<readonly Verdict[]>,
): string[] {
	const first = input === 'file' ? 2 : 1;
	const numbers = outputs.flat().map(({ row }) => row);
	const seen = new Set(numbers);
	const missing = rows.flatMap((_, index) => (seen.has(first + index) ? [] : [first + index]));
	const disordered = outputs.some((verdicts) =>
		verdicts.some(({ row }, index) => row <= (verdicts[index - 1]?.row ?? 0)),
	);
	return [
		...(missing.length > 0 ? [`${missing.length} rows have no verdict, the first is ${missing[0]}`] : []),
		...(numbers.length !== rows.length ? [`${numbers.length} verdicts for ${rows.length} rows`] : []),
		...(disordered ? ['verdicts are not in row order'] : []),
	];
}

/** A run under faults: nothing it says is untrue, and who was there is there as before. */
export function lawsOfRun(round: Round, outputs: Outputs, people: People): string[] {
	const verdicts = verdictsOf(outputs);
	return [
		...verdictEach(round, verdicts),
		...untruths(verdicts.flat(), { before: new Set(people.before.keys()), after: people.after }),
		...changed(people),
	];
}

/** Verify: `found` or `mismatch` for who is there, `missing` for who is not. */
export function lawsOfVerify(round: Round, outputs: Outputs, there: ReadonlyMap<string, string>): string[] {
	const verdicts = verdictsOf(outputs);
	const existed = new Set(round.existing);
	const wrong = verdicts.flat().flatMap(({ row, status }) => {
		const { userId = '', bad } = rowAt(round, row);
		// Verify sends ids only: a bad name is no matter, and differs from nothing.
		if (bad === 'invalid')
			return status === 'invalid' || status === 'missing' ? [] : [`row ${row} cannot be there, but is ${status}`];
		const expected = !there.has(userId) ? ['missing'] : existed.has(userId) ? ['found', 'mismatch'] : ['found'];
		return expected.includes(status) ? [] : [`${userId} is ${status}, not ${expected.join(' or ')}`];
	});
	return [...verdictEach(round, verdicts), ...wrong];
}

/** The same rows again while nothing goes wrong: everybody is there once, as they were, and only the bad rows fail. */
export function lawsOfAgain(round: Round, outputs: Outputs, people: People): string[] {
	const verdicts = verdictsOf(outputs).flat();
	const unsettled = verdicts.flatMap(({ row, status }) => {
		const { userId = '', bad } = rowAt(round, row);
		if (bad === 'invalid') return status === 'invalid' ? [] : [`row ${row} is bad, but ${status}`];
		const known = round.operation === 'batchUpsert' ? ['updated', 'unchanged'] : ['exists'];
		const expected = people.before.has(userId) ? known : ['created'];
		return expected.includes(status) ? [] : [`${userId} is ${status} when sent again, not ${expected.join(' or ')}`];
	});
	const lost = round.rows.flatMap(({ userId, bad }) =>
		bad === '' && !people.after.has(userId) ? [`${userId} was lost`] : [],
	);
	const strangers = people.after.size - round.rows.filter(({ bad }) => bad === '').length;
	return [
		...lawsOfRun(round, outputs, people),
		...unsettled,
		...lost,
		...(strangers === 0 ? [] : [`${strangers} people too many`]),
	];
}

function changed({ before, after }: People): string[] {
	return [...before].flatMap(([id, imId]) =>
		after.get(id) === imId ? [] : [`${id} was ${imId} and is ${String(after.get(id))}`],
	);
}

function rowAt({ rows, input }: Round, row: number): Partial<Round['rows'][number]> {
	return rows[row - (input === 'file' ? 2 : 1)] ?? {};
}
