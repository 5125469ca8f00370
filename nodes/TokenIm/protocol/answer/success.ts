// Whether an answer is a success: its HTTP status, and what its body says.

import type { Success } from '../profile/refusals';
import { compileOptional } from '../language/pointer';

export function compileSuccess({
	at,
	equals,
	contains,
	statuses,
}: Success): (status: number, value: unknown) => boolean {
	const read = compileOptional(at);
	const good: readonly unknown[] = equals;
	return (status, value) => {
		if (statuses !== undefined && !statuses.includes(status)) return false;
		if (at === undefined) return true;
		const found = read(value);
		if (contains !== undefined) return typeof found === 'string' && found.slice(0, 2_000).includes(contains);
		return good.length === 0 ? found !== undefined && found !== null : good.includes(found);
	};
}
