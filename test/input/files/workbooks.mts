// Workbooks made in code: the smallest archive that a spreadsheet program opens, with what a test wants in it.

import { zipSync } from 'fflate';

export interface SheetParts {
	readonly name?: string;
	readonly state?: 'hidden' | 'veryHidden';
	/** XML of what stands within `sheetData`. */
	readonly rows: string;
	/** XML of what follows it. */
	readonly after?: string;
}

export interface BookParts {
	readonly sheets?: readonly SheetParts[];
	/** XML of one `si` each. */
	readonly texts?: readonly string[];
	/** A number format for each style, by its number or its text. */
	readonly formats?: ReadonlyArray<number | string>;
	readonly countsFrom1904?: boolean;
	/** Whether whoever opens it is to work out all formulas, as XlsxWriter asks. */
	readonly asksForResults?: boolean;
	/** Further parts, or others in place of those made here; `undefined` leaves a part out. */
	readonly parts?: Readonly<Record<string, string | Uint8Array | undefined>>;
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const TYPES = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export const PEOPLE = row(1, text('userId'), text('username')) + row(2, text('s1'), text('Ada'));

/** A workbook with one sheet of these rows, or whatever the parts say. */
export function workbook(given: string | BookParts): Uint8Array {
	const {
		sheets = [],
		texts,
		formats,
		countsFrom1904,
		asksForResults,
		parts = {},
	} = typeof given === 'string' ? {} : given;
	const all: readonly SheetParts[] = typeof given === 'string' ? [{ rows: given }] : sheets;
	const named = all.map(({ name, ...rest }, index) => ({ name: name ?? `Sheet${index + 1}`, ...rest }));
	const made: Record<string, string | Uint8Array | undefined> = {
		'_rels/.rels': relationships([['rId1', 'officeDocument', 'xl/workbook.xml']]),
		'xl/workbook.xml':
			`${XML}<workbook xmlns="${MAIN}" xmlns:r="${TYPES}"><workbookPr${countsFrom1904 === true ? ' date1904="1"' : ''}/><sheets>` +
			named
				.map(
					({ name, state }, index) =>
						`<sheet name="${escaped(name)}" sheetId="${index + 1}"${state === undefined ? '' : ` state="${state}"`} r:id="rId${index + 1}"/>`,
				)
				.join('') +
			`</sheets>${asksForResults === true ? '<calcPr calcId="124519" fullCalcOnLoad="1"/>' : ''}</workbook>`,
		'xl/_rels/workbook.xml.rels': relationships([
			...named.map((_, index) => [`rId${index + 1}`, 'worksheet', `worksheets/sheet${index + 1}.xml`] as const),
			['rId90001', 'sharedStrings', 'sharedStrings.xml'],
			['rId90002', 'styles', 'styles.xml'],
		]),
		...Object.fromEntries(
			named.map(({ rows, after = '' }, index) => [`xl/worksheets/sheet${index + 1}.xml`, sheetXml(rows, after)]),
		),
		'xl/sharedStrings.xml':
			texts === undefined
				? undefined
				: `${XML}<sst xmlns="${MAIN}">${texts.map((si) => `<si>${si}</si>`).join('')}</sst>`,
		'xl/styles.xml': formats === undefined ? undefined : stylesXml(formats),
		...parts,
	};
	return zipped(made);
}

export function zipped(parts: Readonly<Record<string, string | Uint8Array | undefined>>): Uint8Array {
	const files: Record<string, Uint8Array> = {};
	for (const [name, part] of Object.entries(parts))
		if (part !== undefined) files[name] = typeof part === 'string' ? new TextEncoder().encode(part) : part;
	return zipSync(files);
}

export function sheetXml(rows: string, after = ''): string {
	return `${XML}<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData>${after}</worksheet>`;
}

export function relationships(list: ReadonlyArray<readonly [id: string, type: string, target: string]>): string {
	const items = list.map(
		([id, type, target]) => `<Relationship Id="${id}" Type="${TYPES}/${type}" Target="${target}"/>`,
	);
	return `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${items.join('')}</Relationships>`;
}

export function row(number: number, ...cells: readonly string[]): string {
	return `<row r="${number}">${cells.map((cell, index) => cell.replace('<c', `<c r="${String.fromCharCode(65 + index)}${number}"`)).join('')}</row>`;
}

/** A text that stands in its cell. */
export function text(value: string): string {
	return `<c t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
}

/** @param style which of the formats */
export function number(value: number | string, style?: number): string {
	return `<c${style === undefined ? '' : ` s="${style}"`}><v>${value}</v></c>`;
}

export function escaped(value: string): string {
	return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

function stylesXml(formats: ReadonlyArray<number | string>): string {
	const own = formats.map((format, index) =>
		typeof format === 'string' ? { id: 164 + index, format } : { id: format },
	);
	const codes = own.flatMap(({ id, format }) =>
		format === undefined ? [] : [`<numFmt numFmtId="${id}" formatCode="${escaped(format)}"/>`],
	);
	return (
		`${XML}<styleSheet xmlns="${MAIN}"><numFmts count="${codes.length}">${codes.join('')}</numFmts>` +
		`<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${own.map(({ id }) => `<xf numFmtId="${id}"/>`).join('')}</cellXfs>` +
		`<dxfs><dxf><numFmt numFmtId="164" formatCode="yyyy"/></dxf></dxfs></styleSheet>`
	);
}
