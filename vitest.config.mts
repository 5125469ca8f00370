import { defineConfig } from 'vitest/config';

// One project for each kind of test: `vitest run --project unit` and so on. The real n8n is started once, so its
// tests share a process and take as long as n8n takes.
export default defineConfig({
	test: {
		projects: [
			{ test: { name: 'unit', include: ['test/**/*.test.mts'], exclude: ['test/host/**', 'test/delivery/**', 'test/e2e/**'] } },
			{ test: { name: 'host', include: ['test/host/**/*.test.mts'], testTimeout: 60_000 } },
			{ test: { name: 'delivery', include: ['test/delivery/**/*.test.mts'], testTimeout: 120_000, hookTimeout: 600_000, fileParallelism: false } },
			{ test: { name: 'e2e', include: ['test/e2e/**/*.test.mts'], testTimeout: 600_000, hookTimeout: 900_000, fileParallelism: false } },
		],
	},
});
