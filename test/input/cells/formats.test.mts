// A web address is what a URL parser takes, also where one look is enough to tell.

import { expect, test } from 'vitest';
import { url } from '../../../nodes/TokenIm/input/cells/formats';

const HOSTS = [
	...[
		'school',
		'a',
		'9',
		'1a',
		'256',
		'0x1',
		'xn--a',
		'xn--nxasmq6b',
		'-a',
		'a-',
		'_',
		'%41',
		'李雷',
		'',
		'a b',
		'ö',
		'A',
	],
	...['1.2.3.4', '1.2.3', '1.2.3.999', '08', '[::1]', '[::g]', 'user@school', 'school:80', 'school:99999'],
];
const PATHS = ['', '/', '/a.png', '/a/../b~c_d', '?q=1', '/%zz', '/李雷', '//', '/a b', '#'];

test('only what a URL parser takes is a web address', () => {
	const hosts = HOSTS.flatMap((one) => [one, ...HOSTS.map((two) => `${one}.${two}`)]);
	const texts = hosts.flatMap((host) => PATHS.flatMap((path) => [`https://${host}${path}`, `http://${host}${path}`]));
	const taken = texts.filter((text) => url(text) === undefined);
	expect(taken).toEqual(texts.filter((text) => !text.includes(' ') && URL.canParse(text)));
	expect(taken.length).toBeGreaterThan(100);
});
