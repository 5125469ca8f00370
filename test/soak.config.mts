// `npm run test:soak`: the properties, as often as it takes to meet what is rare.

import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/operations/**/*.property.test.mts', 'test/input/files/encodings.property.test.mts'],
		env: { TOKENIM_PROPERTY_RUNS: process.env.TOKENIM_PROPERTY_RUNS ?? '200000' },
	},
});
