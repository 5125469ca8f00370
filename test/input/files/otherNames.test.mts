// Rows that hold names of columns, and people and groups who are called like a column.

import { describe, expect, it } from 'vitest';
import { knownColumns } from '../../../nodes/TokenIm/input/columns/knownColumns.ts';
import { rowsOf } from './reading.mts';

async function read(text: string) {
	const { rows, hints } = await rowsOf(text, { knownColumns });
	return {
		numbers: rows.map(({ number }) => number),
		asked: rows.flatMap(({ number, issues = [] }) => issues.map(({ code }) => `${number} ${code}`)),
		hint: hints.join(),
	};
}

const TWO = 'userId,username\n';
const SAME = 'what the columns are called in other words';

describe('somebody who is called like a column', () => {
	it.each([
		['two words for one field', `${TWO}ada,Ada\nnick,Nick\nbob,Bob\ncem,Cem\n`],
		['the same in the first row', `${TWO}nick,Nick\nbob,Bob\n`],
		['a word of another field beside them', 'username,name,role\nada,Ada,Owner\nnick,Nick,Member\nbob,Bob,Member\n'],
		['that, in the first row', 'username,name,role\nnick,Nick,Member\nbob,Bob,Member\n'],
		['a word of a class beside them', 'userId,username,class\nnick,Nick,Class\nbob,Bob,Class\n'],
		['an account', `${TWO}account,Account\nlogin,Login\nuid,Uid\ns1,Ada\n`],
		['an account, further down', `${TWO}s1,Ada\naccount,Account\nmail,Mail\nid,ID\ns2,Bob\n`],
		['an address', 'email,name\nmail,Mail\na@x.org,Ada\n'],
		['a login', 'Username,Name\nlogin,Login\nada,Ada\n'],
		['the word for the ids alone', 'userId\naccount\nid\nadmin\n'],
		['a name that is the name of its column', `${TWO}s1,username\ns2,Name\n`],
		['a group', 'groupId,name\nmath,Maths\nintro,Intro\nmembers,Members\nphysics,Physics\n'],
		['a group, in two forms of a word', 'groupId,name\nintro,Introduction\nclass,Class\nmath,Maths\n'],
		['with what no column is called', `${TWO}account,Main account 1\nuid,u@x.org\n`],
	])('stays a row, and so do those below: %s', async (_, text) => {
		const { numbers, asked, hint } = await read(text);

		expect(numbers).toEqual(Array.from({ length: text.split('\n').length - 2 }, (__, at) => at + 2));
		expect({ asked, hint }).toEqual({ asked: [], hint: '' });
	});
});

describe('names of the columns in other words, right below the header,', () => {
	it.each([
		['of a form', 'userId,username,Q1\nUserID,Username,"How are you?"\ns1,Ada,4\n'],
		['of a form, with digits in its questions', 'userId,username,Q1\nUser ID,User Name,"1 to 5, how?"\ns1,Ada,4\n'],
		['in English', '学号,姓名,邮箱\nStudentID,Name,Email\n1001,王小明,w@x.org\n'],
		['in Chinese', 'Student ID,Name,Email,Mobile\n学号,姓名,邮箱,手机\n1001,Ada,a@x.org,1\n'],
		['with one that has none', '学号,姓名,邮箱\nStudentID,Name,\n1001,王小明,w@x.org\n'],
		['beside columns that are nothing', '学号,姓名,备注,Q1\nStudentID,Name,Remark,Question\n1001,王小明,,\n'],
		['of a name in parts', '姓,名,学号\nSurname,Given Name,Student No\n王,小明,1001\n'],
		['of groups', '群号,群名称,简介\nGroup ID,Group Name,Introduction\ng1,Maths,x\n'],
		['of members', '群号,学号\nGroup ID,Student ID\ng1,1001\n'],
		['of people known by their address', '姓名,邮箱\nName,Email\n王,w@x.org\n'],
		['of the ids alone', 'userId,Q1\nUser_ID,Question\ns1,4\n'],
		['above the types', '学号,姓名\nStudentID,Name\ntext,text\n1001,王小明\n'],
	])('%s, are left out', async (_, text) => {
		const { numbers, asked, hint } = await read(text);

		expect({ numbers, asked }).toEqual({ numbers: [text.split('\n').length - 1], asked: [] });
		expect(hint).toContain(`row 2 (${SAME})`);
	});

	it('are left out further down, too, where each column is called what it is', async () => {
		const { numbers, asked, hint } = await read('学号,姓名\n1001,王\n学生编号,Name\n1002,李\n');

		expect({ numbers, asked }).toEqual({ numbers: [2, 4], asked: [] });
		expect(hint).toContain(`row 3 (${SAME})`);
	});

	it('end what another header began', async () => {
		const { numbers, asked } = await read(`${TWO}s1,Ada\nname,id\nBob,s2\nuser id,name\ns3,Cem\n`);
		expect({ numbers, asked }).toEqual({ numbers: [2, 4, 6], asked: ['4 header_changed'] });
	});
});

describe('another header', () => {
	it.each([
		['other columns', `${TWO}s1,Ada\nusername,userId\nBob,s2\n`],
		['an address in place of the id', `${TWO}s1,Ada\nEmail,Name\nBob,s2\n`],
		['two names of one field beside the id', 'userId,username,class\ns1,Ada,3\nUser ID,Nickname,Name\ns2,Bob,x\n'],
		[
			'parts of a name the other way round',
			'First Name,Last Name,ID\nAda,Lind,1\nLast Name,First Name,ID\nStone,Bob,2\n',
		],
	])('is known by an id and another field: %s', async (_, text) => {
		expect(await read(text)).toMatchObject({
			numbers: [2, 4],
			asked: ['4 header_changed'],
			hint: expect.stringContaining('row 3 (another header row)'),
		});
	});
});

describe('what may be names of columns or somebody is asked about, and the rows below it go on:', () => {
	it.each([
		['labels of which one is no known name', '学号,姓名,班级\nStudentID,Name,Form\n1001,王,3\n', 2],
		['a label of the ids beside another word', '学号,姓名\nStudentID,Pupil\n1001,王\n', 2],
		['names of different fields without an id', `${TWO}s1,Ada\nPhone,Class\ns2,Bob\n`, 3],
		['an id twice and another field', 'userId,username,role\ns1,Ada,x\nuid,UID,Name\ns2,Bob,x\n', 3],
	])('%s', async (_, text, number) => {
		const { numbers, asked, hint } = await read(text);

		expect(numbers).toEqual(Array.from({ length: text.split('\n').length - 2 }, (__, at) => at + 2));
		expect({ asked, hint }).toEqual({ asked: [`${number} header_unclear`], hint: '' });
	});

	it('the message says what the row may be, and how to mend it', async () => {
		const { rows } = await rowsOf(`${TWO}s1,Ada\nPhone,Class\n`, { knownColumns });
		expect(rows[1]?.issues).toMatchObject([
			{
				code: 'header_unclear',
				found: 'row 3: Phone, Class',
				fix: expect.stringMatching(
					/^Row 3 may hold names of columns, or somebody of that name\. Delete it .+ Where it is somebody/,
				),
			},
		]);
	});
});

it('a header in two rows is asked about before the first row is sent, for half of it names half of people', async () => {
	const asked = read('userId,Name,,Email\n,First name,Last name,\ns1,Ada,Lind,a@x.org\n');
	await expect(asked).rejects.toThrow(
		'The header row of the file, row 2, cannot be read: it goes on with the names of columns for which the row above has none',
	);
});
