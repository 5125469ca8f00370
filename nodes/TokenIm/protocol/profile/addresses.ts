// How a profile says where the service is.

import { z } from 'zod';

import { shape, template } from './text';

export const baseUrl = z
	.union([template, z.array(template).min(1).max(10)])
	.transform((one) => (typeof one === 'string' ? [one] : one))
	.optional()
	.describe(
		'The base URL that holds where the credential gives none, such as `https://{appId}.example.com/v3`; several in a list, where the service has hosts that take the place of one that is down.',
	);

export const failover = shape({
	statuses: z
		.array(z.number().int().min(500).max(599))
		.max(20)
		.optional()
		.describe(
			'HTTP statuses that say that a host is down; without them all from 500. No connection, and no answer, always say so.',
		),
	minimumIntervalSeconds: z
		.number()
		.int()
		.min(0)
		.max(3600)
		.default(30)
		.describe('The host changes at most once in this time.'),
})
	.default({})
	.describe(
		'When the next address of `baseUrl` is used. What may have arrived is settled as ever: by its key, or by a look-up.',
	);
