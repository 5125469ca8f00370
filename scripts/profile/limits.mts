// Where a service is and what its plan allows, in lines for people.

import { baseUrlsOf } from '../../nodes/TokenIm/protocol/auth/credentialData';
import type { OperationRate } from '../../nodes/TokenIm/protocol/profile/limits';
import type { Profile } from '../../nodes/TokenIm/protocol/profile/profile';

export function limitLines(profile: Profile): string[] {
	const { defaults, rates, plans, source, asOf, discovery } = profile.limits;
	return [
		...hostLines(profile),
		`Limits${discovery === undefined ? '' : ', unless the service tells its own'} (${source}, ${asOf}): ${inWords(defaults)}`,
		...rates.map(rateLine),
		...Object.entries(plans?.table ?? {}).flatMap(([plan, { rates: own = [], ...more }]) => {
			const differs = inWords(more);
			return [
				`With ${plans?.value} ${plan}: ${differs === '' && own.length === 0 ? 'as above' : differs}`,
				...own.map(rateLine),
			];
		}),
	];
}

function hostLines(profile: Profile): string[] {
	const [first, ...others] = baseUrlsOf(profile, '');
	return others.length === 0 ? [] : [`It is at ${first}; when that is down, at ${others.join(', then at ')}.`];
}

function inWords(limits: Readonly<Record<string, number | undefined>>): string {
	return Object.entries(limits)
		.flatMap(([name, limit]) => (limit === undefined ? [] : [`${name} ${limit}`]))
		.join(', ');
}

function rateLine({ operations, requests, seconds, each }: OperationRate): string {
	const together = operations.length === 1 ? '' : ' together';
	return `  ${operations.join(', ')}${together}: at most ${requests} ${requests === 1 ? 'request' : 'requests'} in ${seconds === 1 ? 'a second' : `${seconds} seconds`}${each === undefined ? '' : ', for each group by itself'}`;
}
