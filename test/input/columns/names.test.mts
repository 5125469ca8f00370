// A name in parts: half a name is never taken for the whole.

import { describe, expect, test } from 'vitest';
import { columnKey } from '../../../nodes/TokenIm/input/cells/text';
import { mapColumns } from '../../../nodes/TokenIm/input/columns/columns';
import { ColumnsUnclear } from '../../../nodes/TokenIm/input/columns/columnsUnclear';
import { USER_FIELDS } from '../../../nodes/TokenIm/input/columns/fields';
import { HALVES, isNameLike, NAME_PARTS } from '../../../nodes/TokenIm/input/columns/nameAliases';
import { heldIn } from '../../../nodes/TokenIm/input/columns/nameEvidence';
import { columnsHint } from '../../../nodes/TokenIm/output/columnsHint';

/** The ids and names that a sheet makes; its lines are written with commas. */
async function named(header: string, ...lines: readonly string[]) {
	const names = header.split(',');
	const rows = lines.map((line, item) => {
		const cells = line.split(',');
		return { number: item + 1, item, columns: Object.fromEntries(names.map((name, at) => [name, cells[at] ?? ''])) };
	});
	const map = mapColumns(USER_FIELDS, { required: ['userId', 'username'] });
	await map.check(rows, async () => {});
	const values = rows.map((row) => map.map(row)).map(({ values, issues }) => (issues.length > 0 ? issues : values));
	return { people: values.map((one) => ('userId' in one ? `${one.userId}: ${one.username}` : one)), map };
}

const first = async (header: string, line: string) => (await named(header, line)).people[0];
const asked = async (header: string, line: string) => {
	const error: unknown = await named(header, line).then(
		() => undefined,
		(reason: unknown) => reason,
	);
	return error instanceof ColumnsUnclear ? error.message : 'no question';
};

describe('a column called Name is the other part beside one part of a name', () => {
	test.each([
		['ID,Name,Surname', '1,Ada,Lind', '1: Ada Lind'],
		['ID,Surname,Name', '1,Lind,Ada', '1: Ada Lind'],
		['ID,Name,Last name', '1,Ada,Lind', '1: Ada Lind'],
		['ID,name *,Family Name [Required]', '1,Ada,Lind', '1: Ada Lind'],
		['Employee ID,Name,First name', '1,Müller,Ada', '1: Ada Müller'],
		['ID,Vorname,Name', '1,Ada,Müller', '1: Ada Müller'],
		['ID,Nachname,Name', '1,Müller,Ada', '1: Ada Müller'],
		['ID,Nom,Prénom', '1,Curie,Marie', '1: Marie Curie'],
		['ID,NOM,PRENOM', '1,Curie,Marie', '1: Marie Curie'],
		['ID,Nombre,Apellidos', '1,Ada,Mora Gil', '1: Ada Mora Gil'],
		['ID,Cognome,Nome', '1,Rossi,Ada', '1: Ada Rossi'],
		['ID,Nome,Sobrenome', '1,Ada,Silva', '1: Ada Silva'],
		['ID,Nom,Cognoms', '1,Ada,Puig', '1: Ada Puig'],
		['ID,Voornaam,Naam', '1,Ada,Jansen', '1: Ada Jansen'],
		['ID,Фамилия,Имя,Отчество', '1,Линд,Ада,И.', '1: Ада Линд'],
		['ID,Jméno,Příjmení', '1,Ada,Nová', '1: Ada Nová'],
		['学号,姓氏,名字', '1001,王,小明', '1001: 王小明'],
		['学号,名字,姓', '1001,小明,王', '1001: 王小明'],
		['学号,姓,名前', '1001,山田,花子', '1001: 山田花子'],
		['ID,Name,Surname,Nickname', '1,Ada,Lind,Ad', '1: Ada Lind'],
		['ID,Name,Surname,Company Name', '1,Ada,Lind,Acme', '1: Ada Lind'],
		['userId,name,surname', '1,Ada,Lind', '1: Ada Lind'],
		['ID,Name,Surname', '1,Ada,', '1: Ada'],
		['ID,Name,Surname', '1,,Lind', '1: Lind'],
	])('%s', async (header, line, person) => {
		expect(await first(header, line)).toBe(person);
	});

	test('both are told in the hint', async () => {
		const { map } = await named('ID,Name,Surname', '1,Ada,Lind');
		expect(columnsHint(map.report())).toContain('Username from "Name", Username from "Surname"');
	});

	test('also where nobody looked at the sheet before', () => {
		const map = mapColumns(USER_FIELDS, { required: ['userId', 'username'] });
		const { values } = map.map({ number: 1, item: 0, columns: { ID: '1', Name: 'Ada', Surname: 'Lind' } });
		expect(values.username).toBe('Ada Lind');
	});

	test('a row without the surname has the first name', async () => {
		const map = mapColumns(USER_FIELDS, { required: ['userId', 'username'] });
		const rows = [
			{ number: 1, item: 0, columns: { id: '1', name: 'Ada', surname: 'Lind' } },
			{ number: 2, item: 1, columns: { id: '2', name: 'Bob' } },
		];
		await map.check(rows, async () => {});
		expect(rows.map((row) => map.map(row).values.username)).toEqual(['Ada Lind', 'Bob']);
	});
});

describe('what the cells say of Name comes first', () => {
	test.each([
		[
			'ID,Name,Surname',
			['1,Ada Lind,Lind', '2,"Stone; Bob",Stone', '3,Cem,'],
			['1: Ada Lind', '2: "Stone; Bob"', '3: Cem'],
		],
		['ID,Name,Vorname', ['1,Ada Müller,Ada'], ['1: Ada Müller']],
		['ID,Name,First Name', ['1,王小明,小明'], ['1: 王小明']],
		['学号,名字,姓氏', ['1,王小明,王', '2,李雷,李'], ['1: 王小明', '2: 李雷']],
		['学号,姓,Name', ['1,王,王小明'], ['1: 王小明']],
	])('the part stands in it, so it is the whole name: %s', async (header, lines, people) => {
		expect((await named(header, ...lines)).people).toEqual(people);
	});

	test('now the whole and now a part is a question', async () => {
		await expect(named('ID,Name,Surname', '1,Ada Lind,Lind', '2,Bob,Stone')).rejects.toThrow(
			'Which columns make the name? It could be in "Surname", "Name"',
		);
	});

	test('one first name among many that holds the surname changes nothing', async () => {
		const others = Array.from({ length: 20 }, (_, at) => `${at + 2},Ada,Lind`);
		const { people } = await named('ID,Name,Surname', '1,Anna Maria,Maria', ...others);
		expect(people[0]).toBe('1: Anna Maria Maria');
	});

	test.each<[unknown, unknown, string]>([
		['Ada LIND', 'Lind', 'whole'],
		['Lindgren', 'Lind', 'half'],
		['', 'Lind', 'half'],
		['Mora Gil', 'Mora  Gil', 'whole'],
		['小明', '王', 'half'],
		['小文', '文', 'half'],
		['文小', '文', 'whole'],
		[5, 'Lind', 'half'],
	])('%j beside %j', (name, part, expected) => {
		expect(heldIn([{ number: 1, item: 0, columns: { name, part } }])('name', 'part', 'family')).toBe(expected);
	});
});

test('a cell as long as a book is no name, and is not looked through', () => {
	const columns = { name: 'x '.repeat(1_000), part: 'x' };
	expect(heldIn([{ number: 1, item: 0, columns }])('name', 'part', 'family')).toBe('half');
});

describe('two parts in the words of different languages', () => {
	test.each([
		['ID,First Name,Nachname', '1,Ada,Lind', '1: Ada Lind'],
		['ID,Vorname,Nachname', '1,Ada,Lind', '1: Ada Lind'],
		['ID,Given Names,Surname', '1,Ada Bo,Lind', '1: Ada Bo Lind'],
		['ID,Name,Nom,Prénom', '1,Marie Curie,Curie,Marie', '1: Marie Curie'],
		['学号,First Name,姓,名', '1,Ada,王,小明', '1: 王小明'],
		['学号,姓,名,First Name,Last Name', '1,王,小明,Ming,Wang', '1: Ming Wang'],
	])('%s', async (header, line, person) => {
		expect(await first(header, line)).toBe(person);
	});

	test('LDAP', async () => {
		expect(await first('uid,givenName,sn,mail', 'ada,Ada,Lind,ada@x.test')).toBe('ada: Ada Lind');
		expect(await first('givenName,sn,mail', 'Ada,Lind,ada@x.test')).toBe('ada@x.test: Ada Lind');
	});

	test.each([
		['SN,Student ID,Name', '1,s1,Ada Lind', 's1: Ada Lind'],
		['SN,ID,First Name', '1,s1,Ada', 's1: Ada'],
		['SN,ID,Name,Given Name', '1,s1,Lind,Ada', 's1: Ada Lind'],
		['SN,ID,Name,First Name', ',s1,Lind,Ada', 's1: Ada Lind'],
		['SN,ID,Name', 'abc,s1,Ada', 's1: Ada'],
	])('SN may be a serial number: %s', async (header, line, person) => {
		expect(await first(header, line)).toBe(person);
	});
});

describe('two surnames, each in a column of its own', () => {
	test.each([
		['ID,Nombre,Primer Apellido,Segundo Apellido', '1,Ada,Mora,Gil', '1: Ada Mora Gil'],
		['ID,Apellido Paterno,Apellido Materno,Nombres', '1,Mora,Gil,Ada Eva', '1: Ada Eva Mora Gil'],
		['ID,APELLIDO1,APELLIDO2,NOMBRE', '1,Mora,Gil,Ada', '1: Ada Mora Gil'],
		['ID,Nombre,Apellido,Segundo Apellido', '1,Ada,Mora,', '1: Ada Mora'],
		['ID,Primer Nombre,Primer Apellido,Segundo Apellido', '1,Ada,Mora,Gil', '1: Ada Mora Gil'],
		['ID,Segon cognom,Primer cognom,Nom', '1,Gil,Puig,Ada', '1: Ada Puig Gil'],
		['ID,Name,Surname 1,Surname 2', '1,Ada,Mora,Gil', '1: Ada Mora Gil'],
		['ID,Second Surname,First Name,Surname', '1,Gil,Ada,Mora', '1: Ada Mora Gil'],
		['ID,First Name,Apellido 1,Apellido 2', '1,Ada,Mora,Gil', '1: Ada Mora Gil'],
		['ID,Name,Surname 1,Surname 2', '1,Ada Mora Gil,Mora,Gil', '1: Ada Mora Gil'],
		// A column with both comes before.
		['ID,Nombre,Apellidos,Primer Apellido,Segundo Apellido', '1,Ada,Mora Gil,Mora,Gil', '1: Ada Mora Gil'],
	])('%s: %s', async (header, line, person) => {
		expect(await first(header, line)).toBe(person);
	});

	test('which of two first ones is a question', async () => {
		const message = 'Two columns hold the Username: "Apellido" and "Primer Apellido"';
		await expect(named('ID,Nombre,Apellido,Primer Apellido', '1,Ada,Mora,Mora')).rejects.toThrow(message);
	});

	test('the second alone completes no name', async () => {
		await expect(named('ID,Nombre,Segundo Apellido', '1,Ada,Gil')).rejects.toThrow('No column holds the Username');
	});
});

describe('one part beside what may be the rest of the name is a question', () => {
	test.each([
		['Student ID,Last Name,Preferred Name', '1,Lind,Ada', '"Last Name", "Preferred Name"'],
		['Student ID,LastName,preferredName', '1,Lind,Ada', '"LastName", "preferredName"'],
		['ID,First Name,Legal Last Name', '1,Ada,Lind', '"First Name", "Legal Last Name"'],
		['ID,First Name,Middle Name', '1,Ada,Bo', '"First Name", "Middle Name"'],
		['ID,First Name,Student Name', '1,Ada,Ada Lind', '"First Name", "Student Name"'],
		['ID,Surname,Nickname', '1,Lind,Ada', '"Surname", "Nickname"'],
		['学号,姓,英文名', '1,王,Ada', '"姓", "英文名"'],
		['学号,姓,常用名', '1,王,小明', '"姓", "常用名"'],
		['学号,姓,Name', '1,王,Ada', '"姓", "Name"'],
		['学号,姓,First Name', '1,王,Ada', '"First Name", "姓"'],
		['ID,First Name,Nombre completo', '1,Ada,Ada Lind', '"First Name", "Nombre completo"'],
	])('%s', async (header, line, columns) => {
		expect(await asked(header, line)).toBe(`Which columns make the name? It could be in ${columns}`);
	});

	test('nobody is asked where the name is not read', async () => {
		const map = mapColumns(USER_FIELDS, { required: ['userId'], reads: ['userId'] });
		const row = { number: 1, item: 0, columns: { ID: '1', 'Last Name': 'Lind', 'Preferred Name': 'Ada' } };
		await map.check([row], async () => {});
		expect({ ...map.map(row).values }).toEqual({ userId: '1' });
	});

	test("nor where the contract's own name is there", async () => {
		expect(await first('userId,username,Last Name,Preferred Name', '1,Ada Lind,Lind,Ada')).toBe('1: Ada Lind');
	});

	test.each([
		['ID,First Name,Display Name', '1,Ada,Ada Lind', '1: Ada Lind'],
		['ID,Last Name,Display Name,Preferred Name', '1,Lind,Ada Lind,Ada', '1: Ada Lind'],
	])('a display name is whole: %s', async (header, line, person) => {
		expect(await first(header, line)).toBe(person);
	});
});

describe('sheets that are read as ever', () => {
	test.each([
		['ID,Name,Nickname', '1,Ada Lind,Ad', '1: Ada Lind'],
		['ID,Name,Display Name', '1,Ada Lind,Ad', '1: Ada Lind'],
		['学号,姓名,英文名', '1,王小明,Ming', '1: 王小明'],
		['学号,名字,英文名', '1,王小明,Ming', '1: 王小明'],
		['学号,姓名,姓', '1,王小明,王', '1: 王小明'],
		['学号,姓,名', '1,王,小明', '1: 王小明'],
		['学号,名字,First Name', '1,王小明,Ming', '1: 王小明'],
		['ID,Full Name,Last Name,First Name', '1,Lind Ada,Lind,Ada', '1: Lind Ada'],
		['ID,Full Name,Last Name', '1,Ada L.,Lind', '1: Ada L.'],
		['ID,Name,Last Name,First Name', '1,Ada B. Lind,Lind,Ada', '1: Ada B. Lind'],
		['ID,Name,Apelido', '1,Ada Silva,Adinha', '1: Ada Silva'],
		['ID,Name,Parent Name', '1,Ada Lind,Eva', '1: Ada Lind'],
		['ID,First Name,Parent Name', '1,Ada,Eva', '1: Ada'],
		['ID,Name,Emergency contact surname', '1,Ada Lind,Stone', '1: Ada Lind'],
		['ID,First Name,Emergency contact surname', '1,Ada,Stone', '1: Ada'],
		['ID,First Name,Company Name', '1,Ada,Acme', '1: Ada'],
		['ID,First Name,File Name,Course Name', '1,Ada,a.png,Chess', '1: Ada'],
		['ID,School Name,Surname', '1,Hill,Lind', '1: Lind'],
		['ID,First Name', '1,Ada', '1: Ada'],
		['ID,First Name,Nickname', '1,Ada,Ad', '1: Ada'],
		['ID,First Name,Middle Name', '1,Ada,', '1: Ada'],
		['ID,First Name,Last Name,Middle Name,Preferred Name', '1,Ada,Lind,B,Ad', '1: Ada Lind'],
		['学号,名,家长姓名', '1,小明,王大', '1: 小明'],
		['Name,Given Name,Additional Name,Family Name,Email', 'Ada B Lind,Ada,B,Lind,a@x.test', 'a@x.test: Ada B Lind'],
	])('%s', async (header, line, person) => {
		expect(await first(header, line)).toBe(person);
	});

	test.each([
		['学号,姓名,名字', '1,王小明,小明'],
		['ID,Name,name,Surname', '1,Ada,Ada,Lind'],
		['ID,Full Name,Name,Surname', '1,Ada Lind,Ada,Lind'],
		['ID,First Name,Given Name,Surname', '1,Ada,Ada,Lind'],
	])('two names of equal standing: %s', async (header, line) => {
		expect(await asked(header, line)).toContain('Two columns hold the Username');
	});

	test.each([
		['ID,Vorname', '1,Ada'],
		['ID,Nom', '1,Curie'],
		['uid,sn,mail', 'ada,Lind,ada@x.test'],
		['ID,Nachname,Class', '1,Lind,3B'],
	])('a part in another language alone is no name: %s', async (header, line) => {
		expect(await asked(header, line)).toBe('No column holds the Username');
	});
});

describe('username beside a name', () => {
	test.each([
		['id,username,name,email', '7,ada99,Ada Lind,ada@x.test', '7: Ada Lind'],
		['ID,User Name,Full Name', '7,ada99,Ada Lind', '7: Ada Lind'],
		['id,username,displayName', '7,ada99,Ada Lind', '7: Ada Lind'],
		['uid,username,Vorname,Nachname', '7,ada99,Ada,Lind', '7: Ada Lind'],
		['学号,username,姓名', '7,ada99,王小明', '7: 王小明'],
		['username,name,email', 'ada99,Ada Lind,ada@x.test', 'ada99: Ada Lind'],
		['id,username,name,surname', '7,ada99,Ada,Lind', '7: Ada Lind'],
		['id,username,name', '7,ada99,', '7: ada99'],
	])('is a login: %s', async (header, line, person) => {
		expect(await first(header, line)).toBe(person);
	});

	test.each([
		['userId,username,name', '7,Ada Lind,x', '7: Ada Lind'],
		['userId,username,name,surname', '7,Ada Lind,x,y', '7: Ada Lind'],
		['id,username,nickname', '7,Ada Lind,Ad', '7: Ada Lind'],
		['id,username,email', '7,Ada Lind,a@x.test', '7: Ada Lind'],
		['学号,用户名', '7,王小明', '7: 王小明'],
		['id,username,Company Name', '7,Ada Lind,Acme', '7: Ada Lind'],
	])('is the name: %s', async (header, line, person) => {
		expect(await first(header, line)).toBe(person);
	});
});

describe('the words', () => {
	test('no word stands in two places', () => {
		const keys = [...NAME_PARTS.flatMap(({ parts }) => parts.flat()), ...HALVES.flatMap(({ names }) => names)].map(
			columnKey,
		);
		expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
	});

	test.each(['preferredname', 'legalfirstname', 'studentname', 'middlenames', 'knownas', '英文姓名', '曾用名', 'фио'])(
		'%s looks like the name of a person',
		(key) => {
			expect(isNameLike(key)).toBe(true);
		},
	);

	test.each([
		'companyname',
		'filename',
		'schoolname',
		'parentname',
		'hostname',
		'preferred',
		'ename',
		'家长姓名',
		'名次',
		'group name',
	])('%s does not', (key) => {
		expect(isNameLike(key)).toBe(false);
	});
});
