// All that the editor shows for the node, in the order in which people decide: what, which operation, its choices.

import type { INodeProperties } from 'n8n-workflow';
import { columnsDescription } from './columns';
import { fileDescription } from './fileOptions';
import { inputDescription } from './input';
import { membershipsDescription } from './memberships';
import { operationsDescription } from './operations';
import { optionsDescription } from './options';
import { templatesDescription } from './templates';
import { rowsOnly } from './shownAt';
import { validateOnlyDescription } from './validateOnly';

export const properties: INodeProperties[] = [
	...operationsDescription,
	...inputDescription.map(rowsOnly),
	...fileDescription.map(rowsOnly),
	...membershipsDescription,
	...columnsDescription.map(rowsOnly),
	...templatesDescription.map(rowsOnly),
	...validateOnlyDescription,
	...optionsDescription,
];
