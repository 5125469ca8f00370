// `npm run test:soak`: the properties, as often as it takes to meet what is rare, then the nights of a large school.

import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		projects: [
			{
				test: {
					name: 'properties',
					include: ['test/operations/**/*.property.test.mts', 'test/input/**/*.property.test.mts'],
					env: { TOKENIM_PROPERTY_RUNS: process.env.TOKENIM_PROPERTY_RUNS ?? '200000' },
					sequence: { groupOrder: 0 },
				},
			},
			{
				test: {
					name: 'nights',
					include: ['test/e2e/nightly-sync.test.mts'],
					env: { TOKENIM_NIGHT_PEOPLE: process.env.TOKENIM_NIGHT_PEOPLE ?? '10000' },
					sequence: { groupOrder: 1 },
					testTimeout: 600_000,
					hookTimeout: 900_000,
				},
			},
		],
	},
});
