// What names look like in each script: of which characters a word is made, and which of them are frequent. Data.

export interface Script {
	isWord(word: string): boolean;
	/** Characters that such words may be made of; one that is not ASCII and not among them speaks against the script. */
	readonly everyday: ReadonlySet<string>;
	/** The most frequent of them. */
	readonly frequent: ReadonlySet<string>;
}

/** A block of a standard with double bytes: it holds the everyday characters, the rare ones follow it. */
function block(
	label: string,
	leads: readonly [number, number],
	trails: ReadonlyArray<readonly [number, number]>,
): string {
	const bytes: number[] = [];
	for (let lead = leads[0]; lead <= leads[1]; lead++)
		for (const [from, to] of trails) for (let trail = from; trail <= to; trail++) bytes.push(lead, trail);
	return new TextDecoder(label).decode(Uint8Array.from(bytes)).replaceAll('\uFFFD', '');
}

const EUC: ReadonlyArray<readonly [number, number]> = [[0xa1, 0xfe]];

/** The sets are made when they are asked for: few runs do that, and a block takes a millisecond. */
function script(word: RegExp | Script['isWord'], everyday: string | (() => string), frequent: string): Script {
	const isWord = word instanceof RegExp ? (text: string) => word.test(text) : word;
	let all: ReadonlySet<string> | undefined;
	let most: ReadonlySet<string> | undefined;
	return {
		isWord,
		get everyday() {
			return (all ??= new Set((typeof everyday === 'string' ? everyday : everyday()) + frequent));
		},
		get frequent() {
			return (most ??= new Set(frequent));
		},
	};
}

/** Letters in both cases. */
function alphabet(word: RegExp | Script['isWord'], letters: string, frequent: string): Script {
	return script(word, letters + letters.toUpperCase(), frequent + frequent.toUpperCase());
}

/** No more than half of a word's letters have accents. */
function isLatin(word: string): boolean {
	return /^[\p{Script=Latin}\p{M}]+$/u.test(word) && 2 * word.replace(/[A-Za-z]/g, '').length <= word.length + 1;
}

const western = 'éèêëáàâäãåæçñíìîïóòôöõøúùûüýðþßœÿªº';
export const WESTERN = alphabet(isLatin, western, western);
const central = 'áäąăâćčçďđéěęëíîĺľłńňóöőôŕřśšşťţúůüűýźžżß';
export const CENTRAL = alphabet(isLatin, central, central);
const turkish = 'çğıöşüâîûé';
export const TURKISH = script(isLatin, `${turkish}ÇĞİÖŞÜÂÎÛÉ`, `${turkish}ÇĞİÖŞÜ`);
const baltic = 'āčēģīķļņšūžąęėįųõäöü';
export const BALTIC = alphabet(isLatin, baltic, baltic);
const vietnamese = 'àáâãăèéêìíòóôõơùúưýđ\u0300\u0301\u0303\u0309\u0323';
export const VIETNAMESE = alphabet(isLatin, vietnamese, 'đơưăâêô\u0300\u0301\u0303\u0309\u0323');

export const CYRILLIC = alphabet(
	/^[\p{Script=Cyrillic}\p{M}]+$/u,
	'абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґўјљњћђџѓќѕ',
	'оаеинтсрвлкм',
);
export const GREEK = alphabet(/^[\p{Script=Greek}\p{M}]+$/u, 'αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ', 'αοιετσνηυρπκς');
export const HEBREW = script(
	/^[\p{Script=Hebrew}\p{M}]+$/u,
	'אבגדהוזחטיךכלםמןנסעףפץצקרשת\u05B0\u05B1\u05B2\u05B3\u05B4\u05B5\u05B6\u05B7\u05B8\u05B9\u05BB\u05BC\u05C1\u05C2',
	'יוהלאמרבנתש',
);
export const ARABIC = script(
	/^[\p{Script=Arabic}\p{M}\u0640]+$/u,
	'ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگکیںےہھڈٹڑ\u0640\u064B\u064C\u064D\u064E\u064F\u0650\u0651\u0652',
	'اليمنرحدعبسوةه',
);
export const THAI = script(
	// Vowels that stand before their consonant, and marks above, below and behind it.
	/^(?:[\u0E40-\u0E44]?[\u0E01-\u0E2E][\u0E2F\u0E30-\u0E3A\u0E45-\u0E4E]{0,4})+$/u,
	Array.from({ length: 0x4e }, (_, at) => String.fromCharCode(0x0e01 + at)).join(''),
	'กขคงจชญณดตทธนบปพภมยรลวศสหอะัาิีึืุูเแไ่้์',
);

export const KOREAN = script(
	/^\p{Script=Hangul}+$/u,
	() => block('euc-kr', [0xb0, 0xc8], EUC),
	'김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류나진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용' +
		'가건경계관광교규균근다단달대덕동두라란람랑래려련령로록루리린림만무미범별병보복봄봉부비빈빛사산상새샘섭세솔수숙순슬승시식실아애언열엽영예온완요욱운웅월율을의익일자재종준중' +
		'찬창철청초춘충치태택학해향헌혁형혜호화환회효후훈휘희름번아디년',
);

const KANA =
	Array.from({ length: 0x53 }, (_, at) => String.fromCharCode(0x3041 + at, 0x30a1 + at)).join('') + 'ヴヵヶー々〆';
const HALF_WIDTH_KANA = Array.from({ length: 0x3a }, (_, at) => String.fromCharCode(0xff66 + at)).join('');
export const JAPANESE = script(
	/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆ヶ\uFF9E\uFF9F]+$/u,
	() => HALF_WIDTH_KANA + block('euc-jp', [0xb0, 0xcf], EUC),
	KANA +
		'田中山川木村本井上下小大佐藤鈴高橋伊渡辺斎斉加吉松林清水野原石崎森池前後岡長谷近遠坂青福西東南北島嶋内外金子太郎一二三次美恵和幸明正弘博健誠隆浩直樹純真由紀香奈友優愛花桜葵' +
		'翔翼陽菜結衣咲莉悠斗蓮蒼凛杏彩華千代智久義雄夫彦之介助平安阿部工武酒宮市丸尾新関矢沢澤今黒白土戸古菊久保竹杉増柴桑浅荒星関氏名前学籍番号電話組年',
);

/** Family names, the characters of given names, and the words of headers and classes; simplified and traditional ones. */
const NAMES =
	'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤' +
	'俞樊欧阳司马上官诸葛慕容皇甫令狐尉迟东方倪施柯牛温芦裴翟葛伍季舒殷章鲁岳齐梅庄辛管祝左涂谷祁时耿卜路詹关苗凌费纪靳盛童霍甄景席单包古池华柳常康宁尚喻安柴宗' +
	'張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蕭蔣葉蘇呂盧鐘鍾譚陸賈韋鄒閻龍賀顧龔萬錢嚴湯歐陽諸東溫蘆魯齊莊塗時關費紀單華寧' +
	'伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂建文辉玲红春玉萍鹏飞燕青云凤洁梅琳素珍莉荣爱香月莺媛瑞凡佳嘉琼勤珠翠雅芝妹筠柔竹蔼凝晓欢霄枫芸菲寒伊亚宜可姬怡婷' +
	'雨子梓涵轩浩宇欣怡然诗思思语桐晨辰泽俊宸博睿一诺依诺梦琪忆之桃慕问兰尔海雪天佑奕泓沐心乐彤悦妍馨瑶瑾萱蕊薇茜若雯倩颖露珊莎锦黛滢荔' +
	'国志民永兴良才德斌峰成利清栋波绍功松善厚庆友裕河哲新亮政谦亨奇固学祥中进昌景山仁邦承绪启东风航弘义祖权胜绍翰朗伯宏言鸣朋梁维冠策腾楠榕达以信群豪彬富顺勋星光昊晖旭' +
	'晟晗晴昕曦煜烨熙炎焱煊炫熠燃琦琛琪珂玥珺瑜璇璟瑛琼瑄璐环芷芮苒茗荷菁菡蓉蓓蕾薪娇娅娣婉婧婵嫣妮姣姗姿媚淑淼涵渊清润淳澄潇溪滨洪洲江浩沛沁汐泉' +
	'钰铭锋鑫钧锐铁镇键锴坤城培堃基增均圣地柏松枝林桦森楷槿樱竹笑立竞端章童艺节苗英苑茂范茵莹菊萌蓝荟蔚越超跃远近逸通连进迪道遥邦郁都' +
	'宝守宏定宜宣室宸容宽家寅富寒察寿小少尧尚山岩岚峻崇嵩川州巧帅希帆帝师席常干年幼广康庭延弘张强彦影徐微德心志忠念思恒恩悟悠情惠愉意慈慧懿成战扬承抒拓振捷掌' +
	'支放政敏教敬文斌新方施旋日旦早旺昂昆易星映春昭是显晋晏普晶智暄暖暮曼月有朋望朝期本来杰极枫柔柯栋树校根格桑梁梦棋楚榆欣歌正步武毅每比民水永求汉汝沙波泰' +
	'偉靜麗強軍艷傑濤蘭剛輝紅鵬飛潔榮愛鶯瓊曉歡楓雲鳳亞詩語澤諾夢憶問爾樂悅穎瀅國興棟紹慶謙學進緒啟風義權勝鳴維騰達勳暉燁環嬌婭嬋淵潤瀟濱鈺銘鋒鈞銳鐵鎮鍵聖' +
	'樺櫻競藝節範瑩藍薈躍遠連遙寶寬壽堯巖嵐帥師幹廣張強戰揚顯晉極樹漢雙麥鳳鶴儀億優儒元先光克全公兵其兼冰冬凯凌凱刘初利' +
	'劲勁加助励勵千升卉卓南占卿原又双友发發发叶合吉同名向君启吟含听周和咏哲唯商善嘉四回园圆團团土在多夏夕大天太夫奇奎奔契如妙妤妹姝娴嫻婕婷子孜存孝宁' +
	'乃久义之乐乔喬九也习予争事于云五亚亦京人仪仕仙仲任企伊伍优会伟传伦伯伴伶佐何佑作佩佳侠侣侨保俊信修俏倚倡倩健偲傅傲万三上下不与专世业东两严个丰丹为主举' +
	'靖静非音韵韶顺颂颜飘饶馥香骁骏驰骞骥高魁鸿鹤鹭鹿麟黎默齐龄龙蕴虎虹融行衡衣裕西见观角解言计让记许词译试诚详谊豆豪贝贤贵赋赞赫起路轶辉辛边迅过迎迟运述逍' +
	'重量野金钊钢钦铃银锡镜长闻闽阁阔阳阿陆陵隆隽雁雄雅集雍霆霏霓霖青霜震靓' +
	'姓名户学号工电话手机邮箱班级部门职务昵称头像账帐注册时间性别男女年月日备注成员编群组' +
	'戶學號電話機郵箱級門職務暱稱頭賬帳註冊時間別備員編組二六七八十初高甲乙丙老师生系院校科室';

const HAN = /^\p{Script=Han}+$/u;
export const SIMPLIFIED = script(HAN, () => block('gb18030', [0xb0, 0xd7], EUC), NAMES);
export const TRADITIONAL = script(
	HAN,
	() =>
		block(
			'big5',
			[0xa4, 0xc6],
			[
				[0x40, 0x7e],
				[0xa1, 0xfe],
			],
		),
	NAMES,
);
