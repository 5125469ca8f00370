// The encodings that a file may be in, by the names that people choose them by, and by what text in them looks like.

import { ARABIC, CENTRAL, BALTIC, SIMPLIFIED, CYRILLIC, GREEK, HEBREW, JAPANESE, KOREAN } from './scripts';
import { THAI, TRADITIONAL, TURKISH, VIETNAMESE, WESTERN, type Script } from './scripts';

export interface Encoding {
	/** As the Encoding Standard names it. */
	readonly label: string;
	/** As the option *Encoding* and messages name it. */
	readonly name: string;
	/** What is mostly written in it; none where nobody is asked about it. */
	readonly script?: Script;
}

/** In the order of how common they are, for where two look equally likely. */
export const ENCODINGS: readonly Encoding[] = [
	{ label: 'utf-8', name: 'Unicode (UTF-8)' },
	{ label: 'windows-1252', name: 'Western European (Windows-1252)', script: WESTERN },
	{ label: 'gb18030', name: 'Simplified Chinese (GB18030, GBK, GB2312)', script: SIMPLIFIED },
	{ label: 'big5', name: 'Traditional Chinese (Big5)', script: TRADITIONAL },
	{ label: 'shift_jis', name: 'Japanese (Shift JIS)', script: JAPANESE },
	{ label: 'euc-kr', name: 'Korean (EUC-KR, CP949)', script: KOREAN },
	{ label: 'windows-1251', name: 'Cyrillic (Windows-1251)', script: CYRILLIC },
	{ label: 'windows-1250', name: 'Central European (Windows-1250)', script: CENTRAL },
	{ label: 'windows-1253', name: 'Greek (Windows-1253)', script: GREEK },
	{ label: 'windows-1254', name: 'Turkish (Windows-1254)', script: TURKISH },
	{ label: 'windows-1255', name: 'Hebrew (Windows-1255)', script: HEBREW },
	{ label: 'windows-1256', name: 'Arabic (Windows-1256)', script: ARABIC },
	{ label: 'windows-1257', name: 'Baltic (Windows-1257)', script: BALTIC },
	{ label: 'windows-1258', name: 'Vietnamese (Windows-1258)', script: VIETNAMESE },
	{ label: 'windows-874', name: 'Thai (Windows-874, TIS-620)', script: THAI },
	{ label: 'euc-jp', name: 'Japanese (EUC-JP)', script: JAPANESE },
	{ label: 'macintosh', name: 'Western European (Mac)', script: WESTERN },
	{ label: 'koi8-r', name: 'Cyrillic (KOI8-R)', script: CYRILLIC },
	{ label: 'koi8-u', name: 'Cyrillic (KOI8-U)', script: CYRILLIC },
	{ label: 'ibm866', name: 'Cyrillic (IBM 866)', script: CYRILLIC },
	{ label: 'x-mac-cyrillic', name: 'Cyrillic (Mac)', script: CYRILLIC },
	{ label: 'iso-8859-2', name: 'Central European (ISO-8859-2)', script: CENTRAL },
	{ label: 'iso-8859-5', name: 'Cyrillic (ISO-8859-5)', script: CYRILLIC },
	{ label: 'iso-8859-6', name: 'Arabic (ISO-8859-6)', script: ARABIC },
	{ label: 'iso-8859-7', name: 'Greek (ISO-8859-7)', script: GREEK },
	{ label: 'iso-8859-8', name: 'Hebrew (ISO-8859-8)', script: HEBREW },
	{ label: 'iso-8859-13', name: 'Baltic (ISO-8859-13)', script: BALTIC },
	{ label: 'iso-8859-15', name: 'Western European (ISO-8859-15)', script: WESTERN },
	{ label: 'iso-8859-3', name: 'South European (ISO-8859-3)' },
	{ label: 'iso-8859-4', name: 'Baltic (ISO-8859-4)' },
	{ label: 'iso-8859-10', name: 'Nordic (ISO-8859-10)' },
	{ label: 'iso-8859-14', name: 'Celtic (ISO-8859-14)' },
	{ label: 'iso-8859-16', name: 'Romanian (ISO-8859-16)' },
	{ label: 'iso-2022-jp', name: 'Japanese (ISO-2022-JP)' },
	{ label: 'utf-16le', name: 'Unicode (UTF-16 Little Endian)' },
	{ label: 'utf-16be', name: 'Unicode (UTF-16 Big Endian)' },
];

/** As people know it. */
export function nameOf(label: string): string {
	return ENCODINGS.find((encoding) => encoding.label === label)?.name ?? label;
}
