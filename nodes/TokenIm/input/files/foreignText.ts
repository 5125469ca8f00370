// Text that is no table, told by how it starts: web pages, and what web applications name .xls and address books export.

import { notASheet, type FileUnreadable } from './unreadable';

const SAVE = 'Open it in a spreadsheet and save it as CSV or as an Excel workbook (.xlsx).';
const CONTACTS = 'Open it in an address book and export the people as CSV.';

/** The first that fits; a byte order mark and white space before it don't count. */
const STARTS: ReadonlyArray<{ readonly start: RegExp; readonly kind: string; readonly mend: string }> = [
	{
		start: /^<\?xml\b[^]{0,2000}?(?:progid="Excel\.Sheet"|urn:schemas-microsoft-com:office:spreadsheet)/i,
		kind: 'an XML spreadsheet of Excel 2003',
		mend: SAVE,
	},
	{
		// Comments and styles may stand before it; a page has a table later, or none at all.
		start:
			/^(?:<!--[^]{0,5000}?-->\s*|<(?:meta|style|link|div|center)\b[^>]{0,1000}>[^<]{0,10000}(?:<\/\w+>\s*)?){0,20}<(?:table|thead|tbody|tr)\b/i,
		kind: 'an HTML table',
		mend: SAVE,
	},
	{
		start: /^(?:<!--[^]{0,5000}?-->\s*|<\?xml\b[^>]{0,200}>\s*)?<(?:!doctype html|html|head|body|meta|style|script)\b/i,
		kind: 'a web page',
		mend: `The link that it was downloaded from may need a sign-in: download the sheet as CSV. Where it is a table that a web application named .xls: ${SAVE.charAt(0).toLowerCase()}${SAVE.slice(1)}`,
	},
	{ start: /^<(?:\?xml|!doctype|!--|[a-z][\w:.-]*(?:\s[^<>]{0,2000})?>\s{0,100}<)/i, kind: 'XML', mend: SAVE },
	{ start: /^MIME-Version:/i, kind: 'a web archive (MHTML)', mend: SAVE },
	{ start: /^\{\\rtf/, kind: 'a document (RTF)', mend: SAVE },
	{ start: /^ID;P[A-Z]/, kind: 'a SYLK sheet (.slk)', mend: SAVE },
	{ start: /^BEGIN:VCARD\b/i, kind: 'a list of vCards (.vcf)', mend: CONTACTS },
	{ start: /^BEGIN:VCALENDAR\b/i, kind: 'a calendar (.ics)', mend: 'Choose the file that holds the people.' },
	{
		start:
			/^(?:#[^\n]{0,1000}\n\s{0,100}){0,100}(?:version: ?1\s{1,100})?(?:#[^\n]{0,1000}\n\s{0,100}){0,100}dn:{1,2} ?\w+=/i,
		kind: 'a directory export (LDIF)',
		mend: 'Export the people as CSV, e.g. with csvde or Export-Csv.',
	},
];
const LOOKED_AT = 20_000;

/** What to tell of a file whose text starts so; `undefined` where it may be a table. */
export function foreignText(head: string): FileUnreadable | undefined {
	const start = head.slice(0, LOOKED_AT).replace(/^[\s\uFEFF]+/, '');
	const found = STARTS.find(({ start: pattern }) => pattern.test(start));
	return found === undefined ? undefined : notASheet(found.kind, found.mend);
}
