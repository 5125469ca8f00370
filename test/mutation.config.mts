// What `npm run mutation` runs against each mutant. The properties are left out: they notice more, but take hours; so are
// the tests that measure time and memory, for a mutant is instrumented and costs more of both.

import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/engine/**/*.test.mts', 'test/operations/**/*.test.mts'],
		exclude: ['**/*.property.test.mts', '**/garbage.test.mts'],
		// A file for itself costs a process for each mutant; nothing in these tests outlives a test.
		isolate: false,
	},
});
