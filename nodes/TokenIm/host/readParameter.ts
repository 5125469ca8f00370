// The node's parameters, read once a run.

import type { IExecuteFunctions } from 'n8n-workflow';
import type { ReadParameter } from '../operations/parameters';

/** Parameters of which the editor stores how they were chosen beside what was chosen. */
const LOCATORS: ReadonlySet<string> = new Set(['ownerId']);

/** What holds for the first item holds for all: `oneForAll.ts` sees to that. */
export function parameterReader(host: IExecuteFunctions): ReadParameter {
	return (name, fallback) => settingAt(host, name, 0, fallback);
}

/** A parameter as its expression leaves it for an item. */
export function settingAt(host: IExecuteFunctions, name: string, item: number, fallback: unknown = null): unknown {
	return host.getNodeParameter(name, item, fallback, { extractValue: LOCATORS.has(name) });
}
