// User → Get Many: everybody, or the first of them.

import { defineList } from '../definition';
import { getMany, getManyParameters, readGetMany } from '../getMany';

export const getUsers = defineList({
	resource: 'user',
	words: {
		name: 'Get Many',
		value: 'getAll',
		description: 'Get many users, or the first of them, without changing anything',
		action: 'Get many users',
	},
	parameters: getManyParameters,
	mode: 'delete',
	lists: 'alone',
	nobody: 'The service has no users',
	settings: readGetMany,
	make: ({ protocol, settings, most }) => getMany(protocol.listUsers(), 'userId', settings, most),
});
