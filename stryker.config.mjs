/** Mutation testing of the engine: a mutant that no test notices is a decision that no test holds. */
export default {
	mutate: ['nodes/TokenIm/engine/**/*.ts'],
	testRunner: 'vitest',
	plugins: ['@stryker-mutator/vitest-runner'],
	vitest: { configFile: 'test/mutation.config.mts' },
	coverageAnalysis: 'perTest',
	// Constants are read once, before any test: their mutants would each need a run of everything.
	ignoreStatic: true,
	concurrency: 2,
	// On the virtual clock an endless wait is an endless loop: it takes real time to notice.
	timeoutMS: 10_000,
	reporters: ['clear-text', 'json'],
	clearTextReporter: { reportTests: false },
	jsonReporter: { fileName: '.stryker-tmp/mutation.json' },
	tempDirName: '.stryker-tmp',
	thresholds: { high: 95, low: 90, break: 85 },
	ignorePatterns: ['dist', '.n8n', 'bench', 'test/delivery', 'test/e2e', 'test/host'],
};
