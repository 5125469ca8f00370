import { expect, test } from 'vitest';
import { onPaper, type Known } from '../../scripts/cluster/paper.mts';

const known: Known = {
	rowsPerRequest: 100,
	requestsPerSecond: 20,
	rowsPerPart: 5_000,
	rowsPerImport: 100_000,
	rowsPerSecond: 2_500,
	databaseBytesPerRow: 1_024,
};

test('ten million people take a hundred thousand requests, and at 20 a second 83 minutes', () => {
	expect(onPaper(10_000_000, known)).toEqual({
		people: 10_000_000,
		requests: 100_000,
		parts: 2_000,
		imports: 100,
		hoursAtRate: 5_000 / 3_600,
		hoursOfWork: 4_000 / 3_600,
		databaseGb: (10_000_000 * 1_024) / 2 ** 30,
	});
});

test('a rest takes a request and a part of its own', () => {
	expect(onPaper(100_001, known)).toMatchObject({ requests: 1_001, parts: 21, imports: 2 });
});
