// Whether the national phone numbers of a sheet show by themselves that they are China's: the commonest first slip with
// a school's sheet is that nobody set Default Country Code.

import type { Issue } from '../../engine/types';
import { isAmerican, isChineseMobile } from '../cells/phones';

/** What the first rows show, and where the numbers stand. */
export interface PhoneEvidence {
	/** Whether rows with these columns are worth a look. */
	mayBe(columns: readonly string[]): boolean;
	/** Takes note of what was said of a row for want of a country code. */
	learn(issues: readonly Issue[], row: number): void;
	/** All that is to be seen was seen: nothing is taken before that. */
	settle(): void;
	/** Whether every number seen without country code is a mobile number of China, under a Chinese column name. */
	readonly isGiven: boolean;
	/** Where nearly all are: the first row whose number is none. */
	readonly exception: number | undefined;
	readonly columns: readonly string[];
}

export function createPhoneEvidence(): PhoneEvidence {
	const columns = new Set<string>();
	let mobiles = 0;
	const doubtful: number[] = [];
	/** `1 718 555 1234` is written at home in North America, and might be a mobile number of China. */
	let isAnySure = false;
	let isSettled = false;
	return {
		mayBe: (names) => names.some(isChinese),
		learn(issues, row) {
			for (const { code, column, found } of issues) {
				if (code !== 'no_country_code') continue;
				if (column === null || !isChinese(column) || !isChineseMobile(found)) doubtful.push(row);
				else {
					mobiles++;
					columns.add(column);
					isAnySure ||= !isAmerican(found);
				}
			}
		},
		settle: () => void (isSettled = true),
		get isGiven() {
			return isSettled && isAnySure && doubtful.length === 0;
		},
		get exception() {
			return isAnySure && mobiles >= MOBILES_TO_AN_EXCEPTION * doubtful.length ? doubtful[0] : undefined;
		},
		get columns() {
			return [...columns];
		},
	};
}

/** Fewer, and the sheet may hold numbers of several countries. */
const MOBILES_TO_AN_EXCEPTION = 5;

function isChinese(column: string): boolean {
	return /\p{Script=Han}/u.test(column);
}
