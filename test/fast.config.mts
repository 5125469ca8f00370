// What `npm run test:fast` runs: the tests of single parts, without those that take long (properties, processes).
// Files share a worker: none of them leaves anything behind, and starting a worker for each takes longer than the tests.

import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/**/*.test.mts'],
		exclude: [
			'test/{host,delivery,e2e}/**',
			'**/*.property.test.mts',
			'test/profiles/{cli,fuzz}.test.mts',
			'test/bench/**',
			'test/sandbox/main.test.mts',
		],
		pool: 'threads',
		isolate: false,
		setupFiles: ['test/seed.mts'],
		testTimeout: 60_000,
		expect: { poll: { timeout: 30_000 } },
	},
});
