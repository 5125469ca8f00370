// The node's parameters, read once a run.

import type { IExecuteFunctions } from 'n8n-workflow';
import type { ReadParameter } from '../operations/parameters';

/** Parameters of which the editor stores how they were chosen beside what was chosen. */
const LOCATORS: ReadonlySet<string> = new Set(['ownerId']);

export function parameterReader(host: IExecuteFunctions): ReadParameter {
	return (name, fallback) => host.getNodeParameter(name, 0, fallback, { extractValue: LOCATORS.has(name) });
}
