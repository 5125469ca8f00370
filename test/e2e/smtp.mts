// An SMTP server of a test on loopback: takes every mail, sends none on.

import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { freePort } from '../../scripts/lib/ports.mts';
import type { Credential } from '../../scripts/lib/n8n-cli.mts';

export interface Mail {
	readonly to: string;
	/** The body as a person's program shows its source: HTML, decoded. */
	readonly html: string;
	/** Where the buttons lead, by their words. */
	readonly links: Readonly<Record<string, string>>;
}

export interface MailServer {
	/** What was taken so far, the last at the end. */
	readonly mails: readonly Mail[];
	/** Reaches this server. */
	readonly credential: Omit<Credential, 'id'>;
	close(): void;
}

export async function startMailServer(): Promise<MailServer> {
	const mails: Mail[] = [];
	const port = await freePort();
	const server = createServer((socket) => void take(socket, mails));
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
	const data = { user: '', password: '', host: '127.0.0.1', port, secure: false, disableStartTls: true };
	return {
		mails,
		credential: { name: 'SMTP account', type: 'smtp', data },
		close: () => void server.close(),
	};
}

/** As RFC 5321 has it, and no more of it than a client needs that is content. */
async function take(socket: Socket, mails: Mail[]): Promise<void> {
	const say = (line: string) => void socket.write(`${line}\r\n`);
	say('220 test');
	let to = '';
	let data: string[] | undefined;
	for await (const line of createInterface({ input: socket })) {
		if (data !== undefined) {
			if (line !== '.') data.push(line.replace(/^\.\./, '.'));
			else {
				mails.push(mailOf(to, data.join('\r\n')));
				data = undefined;
				say('250 taken');
			}
		} else if (/^DATA/i.test(line)) {
			data = [];
			say('354 go on');
		} else if (/^QUIT/i.test(line)) {
			say('221 bye');
			socket.end();
		} else {
			to = /^RCPT TO:<(.*)>/i.exec(line)?.[1] ?? to;
			say('250 ok');
		}
	}
}

function mailOf(to: string, raw: string): Mail {
	const [head = '', ...parts] = raw.split('\r\n\r\n');
	const body = parts.join('\r\n\r\n');
	const html = /^content-transfer-encoding: *base64/im.test(head)
		? Buffer.from(body, 'base64').toString()
		: /^content-transfer-encoding: *quoted-printable/im.test(head)
			? fromQuotedPrintable(body)
			: body;
	const links = [...html.matchAll(/<a href="([^"]+)"[^>]*>([^<]+)<\/a>/g)];
	return {
		to,
		html: html.replaceAll('\r\n', '\n'),
		links: Object.fromEntries(links.map(([, url, words]) => [words, url])),
	};
}

function fromQuotedPrintable(text: string): string {
	const joined = text.replace(/=\r\n/g, '');
	return Buffer.from(
		joined.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
		'latin1',
	).toString();
}
