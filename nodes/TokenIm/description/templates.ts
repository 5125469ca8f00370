// What the editor shows of the template CSV: which columns a sheet may have, and a file to start from.

import type { INodeProperties } from 'n8n-workflow';
import { readsAllFields } from '../protocol/fields/fieldUse';
import { shownAt } from './shownAt';
import { IS_TOOL } from './tool';

const FOLDER = 'https://github.com/n8n-nodes-tokenim/n8n-nodes-tokenim/blob/main/docs/templates';

type Shown = NonNullable<INodeProperties['displayOptions']>['show'];

export const templatesDescription: INodeProperties[] = [
	template(
		'users.csv',
		'userId, username, avatarUrl, registeredAt, email, phone, attributes.class',
		shownAt(({ resource, mode }) => resource === 'user' && readsAllFields(mode)),
	),
	template('groups.csv', 'groupId, name, ownerId, memberIds, description', {
		...shownAt(({ resource, mode }) => resource === 'group' && readsAllFields(mode)),
		rows: ['group'],
	}),
	template('members.csv', 'groupId, memberIds', {
		...shownAt(({ mode }) => mode === 'members'),
		rows: ['group'],
	}),
	template('memberships.csv', 'userId, and the columns named above', {
		...shownAt(({ takesMemberships }) => takesMemberships === true),
		rows: ['membership'],
	}),
];

function template(file: string, columns: string, show: Shown): INodeProperties {
	return {
		// n8n lets links to web pages through here, and no file that would stand in the link itself.
		displayName: `Template CSV: <a href="${FOLDER}/${file}" target="_blank">${file}</a>. Columns: ${columns}. Other names that people use are understood too.`,
		name: 'templateNotice',
		type: 'notice',
		// A model has no sheet.
		displayOptions: { show: { ...show, columns: ['auto'] }, hide: IS_TOOL },
		default: '',
	};
}
