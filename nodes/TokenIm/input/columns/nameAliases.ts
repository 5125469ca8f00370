// What people and the usual exports call the parts of a person's name: data, no code. English and Chinese parts, and
// those of the languages that schools and directories keep their sheets in.
//
// Sources: RFC 4519 (`givenName` and `sn` of LDAP; csvde of Active Directory writes them). The words of other languages
// are those of forms; none of them alone is taken for a name, so no wrong guess rests on one. Two surnames: those of Spain
// and Latin America (apellido paterno, apellido materno; primer, segundo) and of Catalonia.

import type { Tier } from './aliases';

/** Parts of different ways of writing are never joined: nobody says whether a space belongs between them. */
export type Writing = 'western' | 'chinese';
/** `second`: the second of two surnames, each in a column of its own. It is no name without the first. */
export type Role = 'given' | 'family' | 'second';

/** A name in parts, in the order in which they are joined. */
export interface NameParts {
	readonly parts: readonly Tier[];
	/** Of each part, and of the parts of another way that are joined with these. */
	readonly roles: readonly Role[];
	readonly glue: string;
	readonly writing: Writing;
	/** Whether one of them is taken where the sheet has no other name. Else they count only beside the other part. */
	readonly isEnough: boolean;
	/** Its name may mean another thing: it never makes half a name of a column that may be the whole. */
	readonly isWeak?: true;
}

const NONE: Tier = [];

function western(given: Tier, family: Tier, second: Tier = NONE): NameParts {
	return {
		parts: [given, family, second],
		roles: ['given', 'family', 'second'],
		glue: ' ',
		writing: 'western',
		isEnough: false,
	};
}

/** Where a sheet has two of them whole, the first is taken. */
export const NAME_PARTS: readonly NameParts[] = [
	{
		...western(
			['first name', 'given name', 'forename'],
			['last name', 'surname', 'family name', 'first last name', 'last name 1', 'first surname', 'surname 1'],
			['second last name', 'last name 2', 'second surname', 'surname 2'],
		),
		isEnough: true,
	},
	{
		parts: [['姓', '姓氏'], ['名']],
		roles: ['family', 'given'],
		glue: '',
		writing: 'chinese',
		isEnough: true,
	},
	western(['first names', 'given names', 'forenames'], ['last names', 'surnames', 'family names']),
	western(['fname'], ['lname']),
	// `SN` is a serial number in many a sheet.
	{ ...western(NONE, ['sn']), isWeak: true },
	western(['vorname', 'vornamen'], ['nachname', 'familienname', 'zuname']),
	western(['prénom', 'prenom', 'prénoms', 'prenoms'], ['nom de famille']),
	western(['nombre de pila', 'primer nombre'], ['apellidos']),
	western(NONE, ['cognome', 'cognoms']),
	// Two surnames: not beside a column with both, which comes before.
	western(
		NONE,
		['apellido', 'primer apellido', 'apellido 1', 'apellido paterno'],
		['segundo apellido', 'apellido 2', 'apellido materno'],
	),
	western(NONE, ['cognom', 'primer cognom', 'cognom 1'], ['segon cognom', 'cognom 2']),
	// Not `apelido`: a surname in Portugal, a nickname in Brazil.
	western(['primeiro nome'], ['sobrenome', 'último nome', 'ultimo nome']),
	western(['voornaam', 'voornamen'], ['achternaam', 'familienaam']),
	western(NONE, ['фамилия']),
	western(["ім'я", 'ім’я'], ['прізвище']),
	western(['imię', 'imie'], ['nazwisko']),
	western(['křestní jméno'], ['příjmení', 'prijmeni', 'priezvisko']),
	western(['förnamn'], ['efternamn']),
	western(['fornavn'], ['efternavn', 'etternavn']),
	western(['etunimi'], ['sukunimi']),
	western(['adı', 'adi'], ['soyad', 'soyadı', 'soyadi']),
	western(['nama depan'], ['nama belakang']),
];

/** Names that mean the whole where they stand alone, and beside one part of a name the other. */
export interface Half {
	readonly names: Tier;
	readonly writing: Writing;
	/** Beside a part of which role they are the other. */
	readonly beside: readonly Role[];
}

export const HALVES: readonly Half[] = [
	{ names: ['name', 'nom', 'naam', 'navn', 'namn'], writing: 'western', beside: ['given', 'family'] },
	{
		names: ['nombre', 'nombres', 'nome', 'имя', 'jméno', 'jmeno', 'meno', 'nimi', 'nama'],
		writing: 'western',
		beside: ['family'],
	},
	{ names: ['名字', '名前'], writing: 'chinese', beside: ['family'] },
];

/** What tells one name of a person from another: `Preferred Name`, `legalLastName`. Whose else a name is, is not here. */
const OF_A_PERSON =
	'preferred|legal|usual|common|chosen|official|complete|full|middle|second|other|additional|birth|maiden|native|' +
	'local|christian|baptismal|first|last|given|family|student|pupil|learner|employee|staff|member|user|customer|' +
	'participant|attendee|patient|person|english|chinese|latin|romanized';
const NAME_LIKE: readonly RegExp[] = [
	new RegExp(`^(?:${OF_A_PERSON})*(?:names?|surnames?|forenames?)$`, 'u'),
	/^(?:knownas|goesby|called|callname|rufname|roepnaam|отчество|фио|полноеимя|nom(?:complet|dusage)|prénomusuel)$/u,
	/^(?:nom(?:br)?ecompleto|(?:segundo|primer)nombre)$/u,
	/^(?:中文|英文|学生|员工|成员|用户|真实|法定|常用|本人)*(?:姓名|名字|全名|名称)$|^(?:本名|曾用名|常用名|全名|氏名)$/u,
];

/** @param key the column's name in the form in which names are compared */
export function isNameLike(key: string): boolean {
	return NAME_LIKE.some((pattern) => pattern.test(key));
}
