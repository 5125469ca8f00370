import { describe, expect, it } from 'vitest';

import { readBaseUrl } from '../../../nodes/TokenIm/protocol/auth/baseUrl';

describe('a base URL', () => {
	it.each([
		['https://im.example.com/v1', 'https://im.example.com/v1'],
		['  https://im.example.com/v1/ \n', 'https://im.example.com/v1'],
		['https://im.example.com///', 'https://im.example.com'],
		['HTTPS://IM.Example.com:8443/V1', 'https://im.example.com:8443/V1'],
		['http://localhost:8787/v1', 'http://localhost:8787/v1'],
		['http://127.0.0.1:8787', 'http://127.0.0.1:8787'],
		['http://[::1]:8787', 'http://[::1]:8787'],
		['http://10.1.2.3', 'http://10.1.2.3'],
		['http://172.16.0.1', 'http://172.16.0.1'],
		['http://172.31.255.255', 'http://172.31.255.255'],
		['http://192.168.1.1', 'http://192.168.1.1'],
		['http://[fd00::1]', 'http://[fd00::1]'],
		['http://tokenim:8080/v1', 'http://tokenim:8080/v1'],
		['http://im.internal', 'http://im.internal'],
	])('%j is %j', (text, url) => {
		expect(readBaseUrl(text)).toEqual({ ok: true, url });
	});

	it.each([
		['', /empty/],
		['im.example.com/v1', /starts with https:\/\//],
		['ftp://im.example.com', /starts with https:\/\//],
		['javascript:alert(1)', /starts with https:\/\//],
		['https://', /not an address/],
		['https://im example.com', /not an address/],
		['https://key:secret@im.example.com', /user name or password/],
		['https://im.example.com/v1?key=1', /query/],
		['https://im.example.com/v1#top', /fragment/],
		['http://im.example.com/v1', /not safe/],
		['http://8.8.8.8', /not safe/],
		['http://172.32.0.1', /not safe/],
		['http://127.0.0.1.example.com', /not safe/],
		['http://localhost.example.com', /not safe/],
		['http://[2001:db8::1]', /not safe/],
		['http://localhost@im.example.com', /user name or password/],
	])('%j is refused: %s', (text, why) => {
		const read = readBaseUrl(text);
		expect(read.ok ? '' : read.message).toMatch(why);
	});

	it.each([
		'169.254.169.254',
		'169.254.1.1',
		'0xA9FEA9FE',
		'2852039166',
		'[fe80::1]',
		'[febf::1]',
		'[::ffff:169.254.169.254]',
		'[::169.254.169.254]',
		'[fd00:ec2::254]',
		'metadata.google.internal',
		'Metadata.Google.Internal.',
		'100.100.100.200',
		'168.63.129.16',
		'169。254。169。254',
		'①⑥⑨.254.169.254',
		'0251.0376.0251.0376',
		'169.254.43518',
		'169.254.169.254.',
		'[::ffff:0:169.254.169.254]',
		'[64:ff9b::169.254.169.254]',
		'[64:ff9b:1::a9fe:a9fe]',
		'[2002:a9fe:a9fe::1]',
		'[fd20:ce::254]',
		'[fd00:c1::a9fe:a9fe]',
		'instance-data',
		'instance-data.ec2.internal',
		'metadata.azure.internal',
	])('%s, which a machine keeps for itself, is refused with http and https', (host) => {
		for (const scheme of ['http', 'https']) {
			const read = readBaseUrl(`${scheme}://${host}/v1`);
			expect(read.ok ? '' : read.message).toMatch(
				scheme === 'https' ? /keeps for itself/ : /keeps for itself|not safe/,
			);
		}
	});

	it.each([
		['https://im.example.com/v1/../../admin', 'https://im.example.com/admin'],
		['https://im.example.com/%2e%2e/v1', 'https://im.example.com/v1'],
		['https://im.example.com\\evil\\v1', 'https://im.example.com/evil/v1'],
		['https://ｉｍ.example.com/v1', 'https://im.example.com/v1'],
		['https://bücher.example', 'https://xn--bcher-kva.example'],
	])('%j is the address %j, which is where requests go', (text, url) => {
		expect(readBaseUrl(text)).toEqual({ ok: true, url });
	});

	it.each(['https://im.example.com:99999', 'https://im.exa%00mple.com', 'https://[::1', 'https://a\u00AD\u2028/'])(
		'%j is none',
		(text) => expect(readBaseUrl(text).ok).toBe(false),
	);

	it('does not repeat a password that stands in it', () => {
		const read = readBaseUrl('https://key:hunter2@im.example.com');
		expect(read.ok ? '' : read.message).not.toContain('hunter2');
	});
});
