// How many requests rows would take if each of them were sent: what Validate Only compares with.

import type { EncodedTask } from '../delivery/chunk';
import { ChunkBuilder } from '../delivery/chunk';
import type { ChunkLimit } from '../types';

export class RequestCount {
	private readonly builder = new ChunkBuilder();
	private readonly ids = new Set<string>();
	private closed = 0;

	get requests(): number {
		return this.closed + (this.builder.isEmpty ? 0 : 1);
	}

	/** One more row. As in a request, no id stands in one twice. */
	add(task: EncodedTask & { readonly id: string }, limit: ChunkLimit): void {
		if (!this.builder.fits(task, limit) || this.ids.has(task.id)) {
			this.builder.take();
			this.ids.clear();
			this.closed++;
		}
		this.builder.add(task, limit);
		this.ids.add(task.id);
	}
}
