// The base URL of a service: where it may lead, and how the path of a request is put behind it.

export type BaseUrl = { readonly ok: true; readonly url: string } | { readonly ok: false; readonly message: string };

/**
 * Reads a base URL as people paste it; white space around it and slashes at its end are taken away.
 * `http://` is for loopback and private addresses only (the contract, "Base and authentication"): the API key and the
 * people's data would travel in the clear.
 */
export function readBaseUrl(text: string): BaseUrl {
	const pasted = text.trim();
	if (pasted === '')
		return refuse('The base URL is empty. Enter the address of the service, such as https://im.example.com/v1.');
	if (!/^https?:\/\//i.test(pasted) || !URL.canParse(pasted)) {
		return refuse('The base URL is not an address. It starts with https:// and looks like https://im.example.com/v1.');
	}
	const url = new URL(pasted);
	if (url.username !== '' || url.password !== '') {
		return refuse(
			'The base URL holds a user name or password. Take it out: the API key and secret have fields of their own.',
		);
	}
	if (/[?#]/.test(pasted)) return refuse('The base URL holds a query (?…) or a fragment (#…). Enter it without.');
	if (url.protocol === 'http:' && !isPrivateHost(url.hostname)) {
		return refuse(
			'http:// is not safe to use over the internet: anyone on the way could read the data. Enter the address with https://.',
		);
	}
	if (isMetadataHost(url.hostname)) {
		return refuse(
			'The base URL leads to an address that a machine keeps for itself (link-local, such as the metadata of a cloud). Enter the address of the service.',
		);
	}
	return { ok: true, url: `${url.origin}${url.pathname.replace(/\/+$/, '')}` };
}

/** Loopback and private addresses (RFC 1918, RFC 4193), and names that no public name server knows. */
export function isPrivateHost(hostname: string): boolean {
	const host = hostname.toLowerCase();
	if (host.startsWith('[')) return host === '[::1]' || /^\[f[cd][0-9a-f]{2}:/.test(host);
	const octets = /^(\d+)\.(\d+)\.\d+\.\d+$/.exec(host);
	if (octets === null) return !host.includes('.') || /\.(localhost|local|internal|home\.arpa)$/.test(host);
	const [first, second] = [Number(octets[1]), Number(octets[2])];
	return (
		first === 127 ||
		first === 10 ||
		(first === 192 && second === 168) ||
		(first === 172 && second >= 16 && second <= 31)
	);
}

/** Names and addresses outside 169.254.0.0/16 and fe80::/10 under which clouds serve a machine's own secrets. */
const METADATA = new Set([
	'metadata.google.internal',
	'metadata.goog',
	'metadata',
	'instance-data',
	'instance-data.ec2.internal',
	'metadata.azure.internal',
	'100.100.100.200',
	'168.63.129.16',
	'[fd00:ec2::254]',
	'[fd20:ce::254]',
	'[fd00:c1::a9fe:a9fe]',
]);

/** 169.254.0.0/16 mapped (RFC 4291 2.5.5), translated (RFC 6052, RFC 8215) or tunnelled (RFC 3056). */
const IPV4_WITHIN = [/^\[::(ffff:)?(0:)?a9fe:/, /^\[64:ff9b:(1:[0-9a-f:]*|:)a9fe:[0-9a-f]+\]$/, /^\[2002:a9fe:/];

/**
 * Link-local addresses (RFC 3927, RFC 4291 2.5.6), within IPv6 too, and the metadata services of clouds: whoever
 * may edit a credential must not read the secrets of the machine that runs n8n.
 */
function isMetadataHost(hostname: string): boolean {
	const host = hostname.toLowerCase().replace(/\.$/, '');
	if (METADATA.has(host) || host.startsWith('169.254.')) return true;
	return /^\[fe[89ab][0-9a-f]:/.test(host) || IPV4_WITHIN.some((form) => form.test(host));
}

function refuse(message: string): BaseUrl {
	return { ok: false, message };
}
