// The node's parameters, read once a run.

import type { IExecuteFunctions } from 'n8n-workflow';
import { asksForRow, plainColumn } from '../input/columns/chosen';
import { SettingUnclear, type ReadParameter } from '../operations/parameters';

/** Parameters of which the editor stores how they were chosen beside what was chosen. */
const LOCATORS: ReadonlySet<string> = new Set(['ownerId']);

/** Parameters that name a column, which may be dragged there: n8n writes {{ $json.class }} then. */
const COLUMNS: ReadonlyMap<string, string> = new Map([
	['groupBy', 'Group By'],
	['groupNameColumn', 'Group Name Column'],
	['ownerColumn', 'Owner Column'],
]);

/**
 * Reads each parameter once. What holds for the first item holds for all: `oneForAll.ts` sees to that. The reader throws
 * SettingUnclear where a column is named by an expression that computes with a row.
 */
export function parameterReader(host: IExecuteFunctions): ReadParameter {
	const known = new Map<string, unknown>();
	return (name, fallback) => {
		if (!known.has(name)) known.set(name, readAnew(host, name, fallback));
		return known.get(name);
	};
}

function readAnew(host: IExecuteFunctions, name: string, fallback: unknown): unknown {
	const column = COLUMNS.get(name);
	if (column === undefined) return settingAt(host, name, 0, fallback);
	const raw: unknown = host.getNodeParameter(name, 0, '', { rawExpressions: true });
	const dragged = typeof raw === 'string' ? plainColumn(raw) : undefined;
	if (dragged !== undefined) return dragged;
	if (asksForRow(raw)) throw computes(column);
	return settingAt(host, name, 0, fallback);
}

/** A parameter as its expression leaves it for an item. */
export function settingAt(host: IExecuteFunctions, name: string, item: number, fallback: unknown = null): unknown {
	return host.getNodeParameter(name, item, fallback, { extractValue: LOCATORS.has(name) });
}

function computes(label: string): SettingUnclear {
	return new SettingUnclear(
		`The expression in "${label}" computes a value, but a column is needed`,
		'Empty the field, then drag one column from the input onto it, or enter its name. To use a computed value, make it a column with the node Edit Fields before this one. Nothing was sent.',
	);
}
