import { defineConfig } from 'vitest/config';

/** What a poll may take on a busy machine; on an idle one it takes milliseconds. */
const expect = { poll: { timeout: 30_000 } };

// One project for each kind of test: `vitest run --project unit` and so on. They run one after the other, and those with
// the real n8n one file at a time, so that tests which measure time do not measure each other.
export default defineConfig({
	test: {
		projects: [
			{
				test: {
					name: 'unit',
					include: ['test/**/*.test.mts'],
					exclude: ['test/host/**', 'test/delivery/**', 'test/e2e/**'],
					sequence: { groupOrder: 0 },
					testTimeout: 60_000,
					setupFiles: ['test/seed.mts'],
					expect,
				},
			},
			{
				test: {
					name: 'host',
					include: ['test/host/**/*.test.mts'],
					sequence: { groupOrder: 1 },
					testTimeout: 60_000,
					expect,
				},
			},
			{
				test: {
					name: 'delivery',
					include: ['test/delivery/**/*.test.mts'],
					sequence: { groupOrder: 2 },
					fileParallelism: false,
					testTimeout: 120_000,
					hookTimeout: 600_000,
					expect,
				},
			},
			{
				test: {
					name: 'e2e',
					include: ['test/e2e/**/*.test.mts'],
					sequence: { groupOrder: 3 },
					fileParallelism: false,
					testTimeout: 600_000,
					hookTimeout: 900_000,
					expect,
				},
			},
		],
	},
});
