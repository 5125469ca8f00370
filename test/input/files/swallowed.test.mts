// A stray quote that a later one closes: whoever stands between is told of, and never lost without a word.

import { describe, expect, it } from 'vitest';
import { rowsOf } from './reading.mts';

const told = async (text: string) => {
	const { rows } = await rowsOf(text);
	return rows.map(({ issues = [], columns }) => issues[0]?.code ?? Object.values(columns)[0]);
};

describe('a stray quote', () => {
	it.each([
		['at the start of a cell', 'userId,username\ns1,"Ada\ns2,Bob\ns3,Cem"\ns4,Dan\n', ['rows_in_cell', 's4']],
		['for inches', 'userId,username,note\ns1,Ada,"big\ns2,Bob,x\ns3,Cem,17"\ns4,Dan,y\n', ['rows_in_cell', 's4']],
		[
			'in the middle of a row',
			'userId,username,note\ns1,"Ada,x\ns2,Bob,y\ns3,Cem",z\ns4,Dan,y\n',
			['rows_in_cell', 's4'],
		],
		['over one line end', 'userId,username\ns1,Ada\ns2,"Bob\ns3,Cem"\n', ['s1', 'rows_in_cell']],
		['with CR and LF', 'userId;username\r\n1001;"Ada\r\n1002;Bob"\r\n', ['rows_in_cell']],
		['beside mail addresses', 'mail,name\na@x.org,"Ada\nb@x.org,Bob"\nc@x.org,Cem\n', ['rows_in_cell', 'c@x.org']],
	])('%s: the row says that others seem to stand in it', async (_, text, expected) => {
		expect(await told(text)).toEqual(expected);
	});
});

describe('a cell of several lines', () => {
	it.each([
		['an address', 'userId,address\ns1,"12 Elm St\nSpringfield, IL"\ns2,x\n'],
		['an address with a number', 'userId,address\n1001,"12 Elm St\n62701, IL"\n1002,x\n'],
		['a list', 'groupId,memberIds\ng1,"s1\ns2\ns3"\ng2,s4\n'],
		['a list with commas at line ends', 'groupId,memberIds\ng1,"s1,\ns2,\ns3"\ng2,s4\n'],
		['a list of several a line', 'groupId,memberIds\ng1,"s1,s2\ns3,s4"\ng2,s4\n'],
		['a note', 'userId,username,note\ns1,Ada,"asked, twice\nnot yet, really, I think"\ns2,Bob,\n'],
		['a name over two lines', 'userId,username\ns1,"Ada\nLind"\ns2,Bob\n'],
	])('%s is one', async (_, text) => {
		expect(await told(text)).toHaveLength(2);
		expect(await told(text)).not.toContain('rows_in_cell');
	});
});
