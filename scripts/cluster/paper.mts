// How far it goes on paper: from what was measured to any number of people.

export interface Known {
	readonly rowsPerRequest: number;
	/** The plan's rate, in requests a second. */
	readonly requestsPerSecond: number;
	readonly rowsPerPart: number;
	/** Parts that one call of the import may send. */
	readonly rowsPerImport: number;
	/** Rows that the workers settle in a second where no rate holds them up. */
	readonly rowsPerSecond: number;
	/** What an import leaves in PostgreSQL until n8n prunes it. */
	readonly databaseBytesPerRow: number;
}

export interface Paper {
	readonly people: number;
	readonly requests: number;
	readonly parts: number;
	readonly imports: number;
	/** At the plan's rate, … */
	readonly hoursAtRate: number;
	/** … and where the workers of the measurement are what limits. */
	readonly hoursOfWork: number;
	readonly databaseGb: number;
}

/** @returns what so many people take */
export function onPaper(people: number, known: Known): Paper {
	const requests = Math.ceil(people / known.rowsPerRequest);
	return {
		people,
		requests,
		parts: Math.ceil(people / known.rowsPerPart),
		imports: Math.ceil(people / known.rowsPerImport),
		hoursAtRate: requests / known.requestsPerSecond / 3600,
		hoursOfWork: people / known.rowsPerSecond / 3600,
		databaseGb: (people * known.databaseBytesPerRow) / 2 ** 30,
	};
}
