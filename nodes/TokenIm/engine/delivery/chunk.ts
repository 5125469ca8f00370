// Rows into requests: a chunk holds what one request may carry, by entries, members and bytes.

import type { RunLimits } from '../pacing/limits';
import type { ChunkLimit, Task } from '../types';
import type { Call } from '../call';

/** Between two parts of a body. */
const COMMA = 1;

/** Tasks that travel together, with each one's part of the body. */
export interface Chunk {
	readonly tasks: readonly Task[];
	readonly parts: readonly string[];
	/** The revision of the limits that it was cut by. */
	readonly revision: number;
}

/** A task with its part of a body. A class as `NewTask` is one. */
export class EncodedTask {
	constructor(
		readonly task: Task,
		readonly part: string,
		/** The revision of the limits by which it was encoded. */
		readonly revision: number,
	) {}
}

/** A task, encoded under the limit of a revision. */
export function encodeTask(call: Call, task: Task, limit: ChunkLimit, revision: number): EncodedTask {
	const part = call.encode(task.entry, limit.members);
	return new EncodedTask(task, part, revision);
}

/** UTF-8 bytes of a UTF-16 unit at most. */
const MOST_BYTES = 3;

/** Whether a part has at most so many UTF-8 bytes. To count them costs more than most parts need. */
export function isWithin(part: string, bytes: number): boolean {
	return part.length * MOST_BYTES <= bytes || Buffer.byteLength(part) <= bytes;
}

/** Fills one chunk at a time. */
export class ChunkBuilder {
	private tasks: Task[] = [];
	private parts: string[] = [];
	private members = 0;
	/** UTF-16 units of the parts, each with a comma. */
	private length = 0;
	/** UTF-8 bytes of the first `counted` of them: counted once it matters. */
	private bytes = 0;
	private counted = 0;
	private revision = Number.POSITIVE_INFINITY;

	get isEmpty(): boolean {
		return this.tasks.length === 0;
	}

	/** Whether it can join; an empty chunk takes anything, so that no entry is left without a request. */
	fits({ task, part }: EncodedTask, limit: ChunkLimit): boolean {
		if (this.isEmpty) return true;
		if (this.tasks.length >= limit.entries) return false;
		if (limit.members !== undefined && this.members + membersOf(task, limit) > limit.members) return false;
		if ((this.length + part.length) * MOST_BYTES <= limit.bytes) return true;
		return this.countBytes() + Buffer.byteLength(part) <= limit.bytes;
	}

	private countBytes(): number {
		for (const part of this.parts.slice(this.counted)) this.bytes += Buffer.byteLength(part) + COMMA;
		this.counted = this.parts.length;
		return this.bytes;
	}

	isFull(limit: ChunkLimit): boolean {
		return this.tasks.length >= limit.entries;
	}

	add({ task, part, revision }: EncodedTask, limit: ChunkLimit): void {
		this.length += part.length + COMMA;
		this.tasks.push(task);
		this.parts.push(part);
		this.members += membersOf(task, limit);
		this.revision = Math.min(this.revision, revision);
	}

	/** The chunk so far; the builder starts anew. */
	take(): Chunk {
		const chunk = { tasks: this.tasks, parts: this.parts, revision: this.revision };
		this.tasks = [];
		this.parts = [];
		this.members = 0;
		this.length = 0;
		this.bytes = 0;
		this.counted = 0;
		this.revision = Number.POSITIVE_INFINITY;
		return chunk;
	}
}

/** Cuts tasks into chunks under the limits as they stand now. */
export function cut(call: Call, tasks: readonly Task[], limits: RunLimits): Chunk[] {
	const limit = limits.of(call);
	const builder = new ChunkBuilder();
	const chunks: Chunk[] = [];
	for (const task of tasks) {
		const next = encodeTask(call, task, limit, limits.revision);
		if (!builder.fits(next, limit)) chunks.push(builder.take());
		builder.add(next, limit);
	}
	if (!builder.isEmpty) chunks.push(builder.take());
	return chunks;
}

/** A chunk as it may go under the limits as they stand now: itself, or cut anew; also one that was looked up as a whole. */
export function recut(call: Call, chunk: Chunk, limits: RunLimits): Chunk[] {
	const fits = chunk.revision === limits.revision && chunk.tasks.length <= limits.of(call).entries;
	return fits ? [chunk] : cut(call, chunk.tasks, limits);
}

/** Whether a lowered limit asks for the chunk to be cut anew. */
export function isOutgrown(call: Call, chunk: Chunk, limits: RunLimits): boolean {
	const parts = recut(call, chunk, limits);
	return parts.length > 1 || (parts[0]?.parts ?? []).some((part, index) => part !== chunk.parts[index]);
}

/** The part of a chunk from `start` up to `end`. */
export function slice(chunk: Chunk, start: number, end?: number): Chunk {
	return { ...chunk, tasks: chunk.tasks.slice(start, end), parts: chunk.parts.slice(start, end) };
}

/** The part of a chunk whose tasks pass the test, in the same order. */
export function pick(chunk: Chunk, test: (task: Task, index: number) => boolean): Chunk {
	const kept = chunk.tasks.map(test);
	return {
		...chunk,
		tasks: chunk.tasks.filter((_, index) => kept[index]),
		parts: chunk.parts.filter((_, index) => kept[index]),
	};
}

/** One chunk after another. */
export function join(first: Chunk, second: Chunk): Chunk {
	return { ...first, tasks: [...first.tasks, ...second.tasks], parts: [...first.parts, ...second.parts] };
}

function membersOf(task: Task, limit: ChunkLimit): number {
	if (limit.members === undefined) return 0;
	return Math.min(task.entry.memberIds?.length ?? 0, limit.members);
}
