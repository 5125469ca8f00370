// Whether the national phone numbers of a sheet show by themselves that they are China's: the commonest first slip with
// a school's sheet is that nobody set Default Country Code.

import type { Issue } from '../../engine/types';
import { isAmerican, isChineseMobile } from '../cells/phones';

/** What the first rows show, and where the numbers stand. */
export interface PhoneEvidence {
	/** Whether rows with these columns are worth a look. */
	mayBe(columns: readonly string[]): boolean;
	/** Takes note of what was said of a row for want of a country code. */
	learn(issues: readonly Issue[]): void;
	/** Whether every number seen without country code is a mobile number of China, under a Chinese column name. */
	readonly isGiven: boolean;
	readonly columns: readonly string[];
}

export function createPhoneEvidence(): PhoneEvidence {
	const columns = new Set<string>();
	let isDoubtful = false;
	/** `1 718 555 1234` is written at home in North America, and might be a mobile number of China. */
	let isAnySure = false;
	return {
		mayBe: (names) => names.some(isChinese),
		learn(issues) {
			for (const { code, column, found } of issues) {
				if (code !== 'no_country_code') continue;
				if (column === null || !isChinese(column) || !isChineseMobile(found)) isDoubtful = true;
				else {
					columns.add(column);
					isAnySure ||= !isAmerican(found);
				}
			}
		},
		get isGiven() {
			return isAnySure && !isDoubtful;
		},
		get columns() {
			return [...columns];
		},
	};
}

function isChinese(column: string): boolean {
	return /\p{Script=Han}/u.test(column);
}
