// A brake as a setting: how many a run may take away (law 14). Its words stand with its operation.

import type { INodeProperties } from 'n8n-workflow';
import { wholeNumber, type ReadParameter } from './parameters';

export interface AtMost {
	/** What the editor calls it, and messages too. */
	readonly label: string;
	readonly parameter: INodeProperties;
	/** @throws SettingUnclear where it is no whole number from 0 on */
	read(read: ReadParameter): number;
}

/** @param most what holds unless somebody changes it; 0 is no limit */
export function atMost(name: string, label: string, most: number, description: string): AtMost {
	return {
		label,
		parameter: {
			displayName: label,
			name,
			type: 'number',
			// Neither a row nor a model says how many may go (law 13).
			noDataExpression: true,
			typeOptions: { minValue: 0, numberPrecision: 0 },
			default: most,
			description,
		},
		read: (read) => wholeNumber(read, name, label, most),
	};
}
