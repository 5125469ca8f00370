// Group → Get Many: all groups, or the first of them.

import { defineList } from '../definition';
import { getMany, getManyParameters, readGetMany } from '../getMany';

export const getGroups = defineList({
	resource: 'group',
	words: {
		name: 'Get Many',
		value: 'getAll',
		description: 'Get many groups, or the first of them, without changing anything',
		action: 'Get many groups',
	},
	parameters: getManyParameters,
	mode: 'delete',
	lists: 'alone',
	nobody: 'The service has no groups',
	settings: readGetMany,
	make: ({ protocol, settings, most }) => getMany(protocol.listGroups(), 'groupId', settings, most),
});
