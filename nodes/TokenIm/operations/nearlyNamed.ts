// Whom rows may mean whose ID is nobody's: a spreadsheet makes 7 of 007, a hand writes S2 for s2 (law 14).

import { IdSet } from '../engine/rows/idTable';
import { nearly } from './alike';

/** Ids come folded, and as `alike` writes them. */
export class NearlyNamed {
	/** Of rows whose id differs from how it is nearly written; the others stand among those that are named. */
	private readonly changed = new IdSet();
	/** Of ids of rows that are somebody's. */
	private readonly found = new IdSet();

	constructor(private readonly named: Pick<IdSet, 'has'>) {}

	/** A row names it. */
	name(id: string): void {
		const key = nearly(id);
		if (key !== id) this.changed.add(key);
	}

	/** A row names it, and the service has it. */
	find(id: string): void {
		this.found.add(nearly(id));
	}

	/** Whether a row may mean this user, whom none names; to be asked once everybody was found. */
	means(id: string): boolean {
		const key = nearly(id);
		return (this.named.has(key) || this.changed.has(key)) && !this.found.has(key);
	}
}
