// The formats of a workbook's numbers, by the number with which cells name their style.

import type { Archive } from './archive';
import { numberFormatOf, type NumberFormat } from './numberFormat';
import { attribute, readXml, type XmlHandler } from './xml';

/** More than Excel has (65,490): cells with a style beyond are as they stand. */
const MOST_STYLES = 65_536;

export async function readFormats(
	archive: Archive,
	path: string,
	breathe: () => Promise<void>,
): Promise<readonly NumberFormat[]> {
	const codes = new Map<number, string>();
	const ids: number[] = [];
	let list = '';
	const handler: XmlHandler = {
		open(name, attributes) {
			const id = Number(attribute(attributes, 'numFmtId') ?? 0);
			if (name === 'numFmts' || name === 'cellXfs') list = name;
			// Styles for cells that meet a condition have formats of their own numbering.
			if (name === 'numFmt' && list === 'numFmts') codes.set(id, attribute(attributes, 'formatCode') ?? '');
			if (name === 'xf' && list === 'cellXfs' && ids.length < MOST_STYLES) ids.push(id);
		},
		close(name) {
			if (name === list) list = '';
		},
	};
	await readXml(archive.open(path), path, handler, breathe);
	const known = new Map<number, NumberFormat>();
	return ids.map((id) => {
		const format = known.get(id) ?? numberFormatOf(id, codes.get(id));
		known.set(id, format);
		return format;
	});
}
