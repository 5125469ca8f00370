// What `npm run mutation` runs against each mutant: the tests of the engine, and a few cases of each property.

import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: { include: ['test/engine/**/*.test.mts', 'test/operations/**/*.test.mts'], env: { TOKENIM_PROPERTY_RUNS: '60' } },
});
