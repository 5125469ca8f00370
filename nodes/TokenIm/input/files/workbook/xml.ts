// XML as a stream of elements and text. Names come without their prefix: some tools write x:row for row. Nothing is
// fetched and no entity but XML's own five is known, so that no text can grow on its way.

import { SaxesParser } from 'saxes';
import { piecesOf } from '../pieces';
import { asUnreadable, workbookBroken } from './unreadable';

export interface XmlHandler {
	open(name: string, attributes: Readonly<Record<string, string>>): void;
	text?(text: string): void;
	close?(name: string): void;
}

/** A cell holds 32,767 characters at most, each of which XML can write as ten. */
const MOST_BETWEEN_TAGS = 1024 * 1024;

/**
 * Hands over what the pieces hold and gives control back after each, so that the caller can pass on what it got.
 *
 * @param part for messages
 * @throws FileUnreadable where this is no XML, or none that a spreadsheet writes
 */
export async function* xmlSteps(
	pieces: AsyncIterable<Uint8Array>,
	part: string,
	handler: XmlHandler,
): AsyncGenerator<void, void, undefined> {
	let decoder: InstanceType<typeof TextDecoder> | undefined;
	let withoutTag = 0;
	const parser = new SaxesParser<{ position: false; xmlns?: false }>({ position: false });
	parser.on('doctype', () => {
		throw workbookBroken(`its part ${part} brings a document type of its own, which no spreadsheet writes`);
	});
	parser.on('opentag', ({ name, attributes }) => {
		withoutTag = 0;
		handler.open(local(name), attributes);
	});
	parser.on('closetag', ({ name }) => {
		withoutTag = 0;
		handler.close?.(local(name));
	});
	const take = (text: string) => handler.text?.(text);
	parser.on('text', take);
	parser.on('cdata', take);

	for await (const piece of pieces) {
		decoder ??= decoderOf(piece);
		const text = decoder.decode(piece, { stream: true });
		withoutTag += text.length;
		guarded(part, () => parser.write(text));
		if (withoutTag > MOST_BETWEEN_TAGS)
			throw workbookBroken(`its part ${part} holds more than a million characters in one place, and no cell can`);
		yield;
	}
	guarded(part, () => parser.close());
	yield;
}

/**
 * The same where nothing has to be passed on under way.
 *
 * @param breathe gives the event loop a turn after each piece: a part may be as long as whoever made it wanted
 */
export async function readXml(
	bytes: AsyncIterable<Uint8Array>,
	part: string,
	handler: XmlHandler,
	breathe: () => Promise<void>,
): Promise<void> {
	const steps = xmlSteps(piecesOf(bytes, breathe), part, handler);
	while ((await steps.next()).done !== true);
}

/** The value of an attribute, whatever its prefix. */
export function attribute(attributes: Readonly<Record<string, string>>, name: string): string | undefined {
	return attributes[name] ?? attributes[Object.keys(attributes).find((key) => local(key) === name) ?? name];
}

/** How XML writes yes: `1` or `true`. */
export function isOn(value: string | undefined): boolean {
	return value === '1' || value === 'true';
}

function local(name: string): string {
	return name.slice(name.indexOf(':') + 1);
}

function guarded(part: string, parse: () => void): void {
	try {
		parse();
	} catch (error) {
		throw asUnreadable(error, `its part ${part} is not valid XML`);
	}
}

/** UTF-8, as nearly all tools write, or UTF-16. */
function decoderOf(head: Uint8Array): InstanceType<typeof TextDecoder> {
	if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder('utf-16le');
	if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder('utf-16be');
	return new TextDecoder();
}
