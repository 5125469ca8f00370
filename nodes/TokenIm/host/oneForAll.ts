// What is read once holds for every row (law 13): a setting that takes no expression has none, and one that takes an
// expression says the same for every item. n8n works out what an edited workflow file holds, whatever the editor offers.

import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { properties } from '../description';
import { expressionsOf, settingsIn } from '../description/expressions';
import { SettingUnclear } from '../operations/parameters';
import type { HostPorts } from './ports';
import { settingAt } from './readParameter';

/** An expression costs some 0.2 ms for each item; the event loop gets a turn after this much of it. */
const BREATHE_AFTER_MS = 15;

/**
 * Works every expression out that is read once, for each of the items.
 *
 * @throws SettingUnclear where a setting takes no expression and has one, or where items disagree; nothing was sent then
 */
export async function checkOneForAll(
	host: IExecuteFunctions,
	ports: Pick<HostPorts, 'now' | 'breathe'>,
): Promise<void> {
	const names = new Set<string>();
	for (const property of properties) {
		const { name } = property;
		if (names.has(name) || property.type === 'notice') continue;
		names.add(name);
		const raw: unknown = host.getNodeParameter(name, 0, null, { rawExpressions: true });
		if (mustAgree(property, raw, name)) await compare(host, property, ports);
	}
}

/** Whether items have to be compared. @throws SettingUnclear where no expression may stand */
function mustAgree(property: INodeProperties, raw: unknown, path: string, label = property.displayName): boolean {
	const inner = settingsIn(property);
	if (inner.length === 0) {
		const takes = expressionsOf(property, path);
		if (takes === 'none' && (holdsExpression(raw) || wasExpression(raw))) throw notTaken(label);
		return takes === 'oneForAll' && holdsExpression(raw);
	}
	// n8n makes an empty collection of an expression for a whole one.
	return inner
		.map(({ property: setting, names }) =>
			valuesAt(raw, names).map((value) =>
				mustAgree(setting, value, [path, ...names].join('.'), `${label} → ${setting.displayName}`),
			),
		)
		.flat()
		.includes(true);
}

async function compare(
	host: IExecuteFunctions,
	property: INodeProperties,
	{ now, breathe }: Pick<HostPorts, 'now' | 'breathe'>,
): Promise<void> {
	const first = settingAt(host, property.name, 0);
	let breathedAt = now();
	for (let item = 1; item < host.getInputData().length; item++) {
		const value = settingAt(host, property.name, item);
		if (!isSame(first, value)) throw disagreeing(whatDiffers(property, first, value), item);
		if (now() - breathedAt <= BREATHE_AFTER_MS) continue;
		await breathe();
		breathedAt = now();
	}
}

function isExpression(raw: unknown): boolean {
	return typeof raw === 'string' && raw.startsWith('=');
}

/** n8n takes the sign off an expression where the editor offers none: Validate Only would then be read as off. */
function wasExpression(raw: unknown): boolean {
	return typeof raw === 'string' && raw.includes('{{');
}

/** A setting may be stored with how it was chosen beside it. */
function holdsExpression(raw: unknown): boolean {
	if (typeof raw !== 'object' || raw === null) return isExpression(raw);
	return Object.values(raw).some(holdsExpression);
}

/** What stands there; a collection of which there may be several stores a list. */
function valuesAt(raw: unknown, [name, ...rest]: readonly string[]): unknown[] {
	if (name === undefined) return [raw];
	if (Array.isArray(raw)) return raw.flatMap((one) => valuesAt(one, [name, ...rest]));
	if (typeof raw !== 'object' || raw === null) return [];
	const value: unknown = Object.getOwnPropertyDescriptor(raw, name)?.value;
	return Array.isArray(value) ? value.flatMap((one) => valuesAt(one, rest)) : valuesAt(value, rest);
}

function isSame(one: unknown, other: unknown): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}

function whatDiffers(property: INodeProperties, one: unknown, other: unknown): string {
	const inner = settingsIn(property).find(({ names }) => !isSame(valuesAt(one, names), valuesAt(other, names)));
	return inner === undefined ? property.displayName : `${property.displayName} → ${inner.property.displayName}`;
}

const ONE_FOR_ALL =
	'It holds for all rows of a run. Where rows need different ones, part them before this node (with Switch, or Loop Over Items) and let it run for each part. Nothing was sent.';

function notTaken(label: string): SettingUnclear {
	return new SettingUnclear(`"${label}" takes no expression, and holds one`, `Choose one fixed value. ${ONE_FOR_ALL}`);
}

/** Without the values: they may be a person's. */
function disagreeing(label: string, item: number): SettingUnclear {
	return new SettingUnclear(
		`"${label}" is worked out as one value for item 1 and as another for item ${item + 1}`,
		ONE_FOR_ALL,
	);
}
