// People's names in many scripts, and the encodings in which their sheets are written.

import { allLocales } from '@faker-js/faker';

/** How a list of given and family names becomes one name. */
export interface Language {
	readonly given: readonly string[];
	readonly family: readonly string[];
	readonly glue: string;
	readonly isFamilyFirst: boolean;
	/** Words of headers in it. */
	readonly header: readonly string[];
	/** As iconv-lite names them. */
	readonly encodings: readonly string[];
}

const WESTERN = ['windows1252', 'iso88591', 'iso885915', 'macintosh', 'cp850', 'cp437'];
const CENTRAL = ['windows1250', 'iso88592', 'cp852'];
const CYRILLIC = ['windows1251', 'koi8r', 'koi8u', 'iso88595', 'cp866', 'maccyrillic'];

export const LANGUAGES = {
	simplified: eastern('zh_CN', ['gb18030', 'gbk', 'gb2312'], ['学号', '姓名', '班级']),
	traditional: eastern('zh_TW', ['cp950', 'gb18030'], ['學號', '姓名', '班級']),
	japanese: eastern('ja', ['shiftjis', 'eucjp'], ['学籍番号', '氏名', '組']),
	korean: eastern('ko', ['cp949', 'euckr'], ['학번', '이름', '반']),
	halfWidthKana: {
		...eastern('ja', ['shiftjis', 'eucjp'], ['ID', 'ﾅﾏｴ', 'ｸﾗｽ']),
		given: 'ﾀﾛｳ ﾊﾅｺ ﾐｷ ｹﾝｼﾞ ﾕｳｺ ｻｸﾗ ﾋﾛｼ ｱｲ ﾏﾘ ｼﾞﾛｳ ﾉﾘｺ ﾄﾓ'.split(' '),
		family: 'ﾀﾅｶ ｽｽﾞｷ ｻﾄｳ ﾔﾏﾀﾞ ﾊｼﾓﾄ ｲﾄｳ ﾜﾀﾅﾍﾞ ｺﾊﾞﾔｼ ﾖｼﾀﾞ ﾓﾘ'.split(' '),
	},
	russian: western('ru', CYRILLIC, ['Номер', 'Имя', 'Класс']),
	ukrainian: western('uk', ['windows1251', 'koi8u', 'iso88595', 'maccyrillic'], ['Номер', "Ім'я", 'Клас']),
	greek: western('el', ['windows1253', 'iso88597', 'cp737'], ['Κωδικός', 'Όνομα', 'Τάξη']),
	hebrew: western('he', ['windows1255', 'iso88598', 'cp862'], ['מספר', 'שם', 'כיתה']),
	arabic: western('ar', ['windows1256', 'iso88596', 'cp720'], ['رقم', 'الاسم', 'الصف']),
	thai: {
		...western('th', ['windows874', 'tis620'], ['รหัส', 'ชื่อ', 'ชั้น']),
		given:
			'สมชาย สมหญิง เดช แดง ไก่ นก วิชัย ประเสริฐ สุดา มาลี กมล อนันต์ ปราณี ณัฐ ธนา พิมพ์ ศิริ วรรณา เพชร ใจ'.split(
				' ',
			),
		family: 'ใจดี สุขสันต์ ทองดี ศรีสุข แก้วมณี บุญมา รักไทย วงศ์สวัสดิ์ แสงจันทร์ ดี เกษม คำ พรหม'.split(' '),
	},
	turkish: western('tr', ['windows1254', 'iso88599', 'cp857'], ['Öğrenci No', 'Ad Soyad', 'Şube']),
	polish: western('pl', CENTRAL, ['Numer', 'Imię', 'Klasa']),
	czech: western('cs_CZ', CENTRAL, ['Číslo', 'Jméno', 'Třída']),
	hungarian: western('hu', CENTRAL, ['Azonosító', 'Név', 'Osztály']),
	romanian: western('ro', ['windows1250', 'iso885916'], ['Număr', 'Nume', 'Clasă']),
	latvian: western('lv', ['windows1257', 'iso885913'], ['Numurs', 'Vārds', 'Klase']),
	german: western('de', WESTERN, ['Schülernummer', 'Name', 'Klasse']),
	french: western('fr', WESTERN, ['Numéro', 'Prénom', 'Classe']),
	spanish: western('es', WESTERN, ['Número', 'Nombre', 'Clase']),
	portuguese: western('pt_BR', WESTERN, ['Matrícula', 'Nome', 'Turma']),
	danish: western('da', WESTERN, ['Nr', 'Navn på elev', 'Klasse']),
	swedish: western('sv', WESTERN, ['Nr', 'Förnamn', 'Klass']),
	vietnamese: western('vi', ['windows1258'], ['Mã', 'Họ tên', 'Lớp']),
} satisfies Readonly<Record<string, Language>>;

function western(locale: string, encodings: readonly string[], header: readonly string[]): Language {
	return { ...namesOf(locale), glue: ' ', isFamilyFirst: false, header, encodings };
}

function eastern(locale: string, encodings: readonly string[], header: readonly string[]): Language {
	return { ...namesOf(locale), glue: '', isFamilyFirst: true, header, encodings };
}

/** What the library gives by sex and without it, in one list. */
function namesOf(locale: string): Pick<Language, 'given' | 'family'> {
	const person: Readonly<Record<string, unknown>> = { ...Object(Object(Object(allLocales)[locale]).person) };
	return { given: textsIn(person.first_name), family: textsIn(person.last_name) };
}

function textsIn(value: unknown): readonly string[] {
	if (typeof value === 'string') return [value];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
