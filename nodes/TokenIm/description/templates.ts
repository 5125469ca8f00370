// What the editor shows of the template CSV: which columns a sheet may have, and a file to start from.

import type { INodeProperties } from 'n8n-workflow';

const FOLDER = 'https://github.com/n8n-nodes-tokenim/n8n-nodes-tokenim/blob/main/docs/templates';

type Shown = NonNullable<INodeProperties['displayOptions']>['show'];

export const templatesDescription: INodeProperties[] = [
	template('users.csv', 'userId, username, avatarUrl, registeredAt, email, phone, attributes.class', {
		resource: ['user'],
		operation: ['batchCreate', 'batchUpsert', 'verify'],
	}),
	template('groups.csv', 'groupId, name, ownerId, memberIds, description', {
		resource: ['group'],
		operation: ['create', 'verify'],
		rows: ['group'],
	}),
	template('members.csv', 'groupId, memberIds', { resource: ['group'], operation: ['addMembers'], rows: ['group'] }),
	template('memberships.csv', 'userId, and the columns named above', { resource: ['group'], rows: ['membership'] }),
];

function template(file: string, columns: string, show: Shown): INodeProperties {
	return {
		// n8n lets links to web pages through here, and no file that would stand in the link itself.
		displayName: `Template CSV: <a href="${FOLDER}/${file}" target="_blank">${file}</a>. Columns: ${columns}. Other names that people use are understood too.`,
		name: 'templateNotice',
		type: 'notice',
		displayOptions: { show: { ...show, columns: ['auto'] } },
		default: '',
	};
}
