// Character sets in a profile.

import { z } from 'zod';

import { parseCharacterSet } from '../language/characters';

/** A class such as `A-Za-z0-9_.@-`: single characters and ranges, nothing else. */
export const characterSet = z
	.string()
	.max(200)
	.refine(
		(text) => parseCharacterSet(text) !== undefined,
		'write single characters and ranges, such as A-Za-z0-9_.@-, each range from the lower to the higher character',
	);
