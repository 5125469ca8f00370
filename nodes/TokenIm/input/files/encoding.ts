// Which encoding bytes are in. UTF-8 proves itself; GB18030 and Big5 are told apart by which of the two readings is made
// of everyday characters: both standards put those into blocks of their own.

/** Shares of everyday characters below this are noise: the text is in some other encoding. */
const LEAST_SHARE = 0.6;
/** So many characters, and not one telling one, are not Chinese: Korean has all of its own in what both readings share. */
const ENOUGH_TO_TELL = 20;
/** So much is looked through for frequent characters. */
const WORDS_BYTES = 8 * 1024;
/** The most frequent characters, family names and words of headers in simplified and in traditional Chinese. */
const SIMPLIFIED = new Set(
	'的一是在不了有和人这中大为上个国我以要他时来用们王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘蒋蔡余杜姓名户学号工电话手机邮箱班级部门职务昵称头像账帐注册时间性别男女年月日备注',
);
const TRADITIONAL = new Set(
	'的一是在不了有和人這中大為上個國我以要他時來用們王李張劉陳楊黃趙吳周徐孫馬朱胡郭何高林羅鄭梁謝宋唐許韓馮鄧曹彭曾蕭田董袁潘蔣蔡余杜姓名戶學號工電話手機郵箱班級部門職務暱稱頭像賬帳註冊時間性別男女年月日備註',
);

interface Count {
	common: number;
	rare: number;
	bad: number;
	/** Common ones that no other encoding has here: GB18030's second half of the block, Big5's second bytes below 80. */
	telling: number;
}

/** @param sample bytes from the first one on that is not ASCII; may end within a character */
export function guessEncoding(sample: Uint8Array): 'utf-8' | 'gb18030' | 'big5' | undefined {
	const utf8 = countUtf8(sample);
	if (utf8.bad === 0 || utf8.common > 9 * utf8.bad) return 'utf-8';
	const simplified = scoreOf(sample, countGb18030(sample), 'gb18030', SIMPLIFIED);
	const traditional = scoreOf(sample, countBig5(sample), 'big5', TRADITIONAL);
	if (simplified === 0 && traditional === 0) return undefined;
	return simplified >= traditional ? 'gb18030' : 'big5';
}

/** By its mark at the start; without one, by the zero bytes that UTF-16 has beside each Latin letter, comma and line end. */
export function unicodeOf(head: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | 'binary' | undefined {
	if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
	if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
	if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
	const zeros = [0, 0];
	for (const [at, byte] of head.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
	const [even = 0, odd = 0] = zeros;
	if (even + odd === 0) return undefined;
	if (odd > 9 * even && odd * 50 > head.length) return 'utf-16le';
	if (even > 9 * odd && even * 50 > head.length) return 'utf-16be';
	return 'binary';
}

function scoreOf(sample: Uint8Array, count: Count, encoding: string, frequent: ReadonlySet<string>): number {
	const { common, rare, bad, telling } = count;
	const all = common + rare + 2 * bad;
	const share = all === 0 ? 0 : common / all;
	if (share < LEAST_SHARE || (common >= ENOUGH_TO_TELL && telling === 0)) return 0;
	let known = 0;
	let foreign = 0;
	for (const character of new TextDecoder(encoding).decode(sample.subarray(0, WORDS_BYTES))) {
		if (character > '\x7f') foreign++;
		if (frequent.has(character)) known++;
	}
	return share + known / Math.max(1, foreign);
}

function countUtf8(sample: Uint8Array): Count {
	const count: Count = { common: 0, rare: 0, bad: 0, telling: 0 };
	for (let at = 0; at < sample.length; ) {
		const lead = sample[at] ?? 0;
		const length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
		let right = 1;
		while (right < length && isIn(sample[at + right], 0x80, 0xbf)) right++;
		if (length > 0 && right === length) {
			if (length > 1) count.common++;
			at += length;
		} else if (length > 0 && at + right === sample.length) {
			break;
		} else {
			count.bad++;
			at += right;
		}
	}
	return count;
}

function countGb18030(sample: Uint8Array): Count {
	const count: Count = { common: 0, rare: 0, bad: 0, telling: 0 };
	for (let at = 0; at + 1 < sample.length; ) {
		const lead = sample[at] ?? 0;
		const trail = sample[at + 1];
		if (lead < 0x80) at++;
		else if (isIn(lead, 0x81, 0xfe) && (isIn(trail, 0x40, 0x7e) || isIn(trail, 0x80, 0xfe))) {
			// Rows 1 to 3 are punctuation and full-width Latin, 16 to 55 the 3,755 characters of the first level.
			const isEveryday = isIn(trail, 0xa1, 0xfe) && (isIn(lead, 0xa1, 0xa3) || isIn(lead, 0xb0, 0xd7));
			if (isEveryday) count.common++;
			else count.rare++;
			if (isEveryday && lead > 0xc8) count.telling++;
			at += 2;
		} else if (isIn(lead, 0x81, 0xfe) && isIn(trail, 0x30, 0x39)) {
			const isWhole = isIn(sample[at + 2], 0x81, 0xfe) && isIn(sample[at + 3], 0x30, 0x39);
			if (isWhole) count.rare++;
			else if (at + 3 < sample.length) count.bad++;
			at += isWhole ? 4 : 1;
		} else {
			count.bad++;
			at++;
		}
	}
	return count;
}

function countBig5(sample: Uint8Array): Count {
	const count: Count = { common: 0, rare: 0, bad: 0, telling: 0 };
	for (let at = 0; at + 1 < sample.length; ) {
		const lead = sample[at] ?? 0;
		const trail = sample[at + 1];
		if (lead < 0x80) at++;
		else if (isIn(lead, 0xa1, 0xf9) && (isIn(trail, 0x40, 0x7e) || isIn(trail, 0xa1, 0xfe))) {
			// A1 to A3 are punctuation, A4 to C6 the 5,401 characters of the first level.
			const isEveryday = isIn(lead, 0xa1, 0xc6);
			if (isEveryday) count.common++;
			else count.rare++;
			if (isEveryday && isIn(trail, 0x40, 0x7e)) count.telling++;
			at += 2;
		} else {
			count.bad++;
			at++;
		}
	}
	return count;
}

function isIn(byte: number | undefined, from: number, to: number): boolean {
	return byte !== undefined && byte >= from && byte <= to;
}
