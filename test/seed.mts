// `npm test` draws the same cases every time, so that a red run can be had again; `npm run test:soak` draws new ones.

import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20_261_122) });
