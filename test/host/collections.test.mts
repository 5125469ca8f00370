// A parameter that holds others, given as one expression for all of them: it is refused before anything is sent. What
// n8n empties before the node sees it cannot be refused; the last test notices if that changes.

import type { INodeParameters, INodeProperties } from 'n8n-workflow';
import { beforeAll, describe, expect, test } from 'vitest';
import { useLab } from './lab.mts';
import { builtPackage } from './package.mts';

const lab = useLab();
const ITEM = { userId: 'u1', groupId: 'g1', username: 'Ada', name: '3B', ownerId: 't1', class: 'c1' };
/** Worked out it would be a list, or a set, of one. */
const ONE = '={{ [{ name: "class", value: "c" }] }}';
const HOLDING = new Set(['collection', 'fixedCollection', 'resourceMapper']);
const SHAPES: ReadonlyArray<readonly [name: string, wrong: INodeParameters]> = [
	['an expression', { it: ONE }],
	['text', { it: 'class' }],
];

/** Whatever else has to be chosen for the editor to show it. */
function shownWith({ displayOptions }: INodeProperties): INodeParameters {
	const shown = Object.entries(displayOptions?.show ?? {});
	return Object.fromEntries(shown.map(([name, values]) => [name.replace(/^\//, ''), values?.[0] as string]));
}

/** Of each that holds others, what it would be with one expression for what it holds. */
function given(property: INodeProperties, wrong: unknown): INodeParameters[] {
	if (property.type === 'resourceMapper')
		return [{ [property.name]: { mappingMode: 'defineBelow', value: wrong } } as INodeParameters];
	const groups = (property.options ?? []).filter((option) => 'values' in option);
	return groups.map(({ name }) => ({ [property.name]: { [name]: wrong } }) as INodeParameters);
}

let holding: INodeProperties[] = [];
beforeAll(async () => {
	const { nodeType } = await builtPackage();
	holding = nodeType.description.properties.filter(({ type }) => HOLDING.has(type));
});

test('the editor has some of each kind', () => {
	expect(new Set(holding.map(({ type }) => type))).toEqual(HOLDING);
});

describe.each(SHAPES)('given as %s for all that it holds,', (_, { it: wrong }) => {
	test('each is refused, and nothing is sent', async () => {
		const cases = holding.flatMap((property) =>
			given(property, wrong).map((parameters) => ({ property, parameters: { ...shownWith(property), ...parameters } })),
		);
		expect(cases.length).toBeGreaterThanOrEqual(6);
		for (const { property, parameters } of cases) {
			const { error } = await lab.run({ items: [ITEM], parameters });
			const what = `${property.name} of ${JSON.stringify(shownWith(property))}`;
			expect(error?.message, what).toContain(`"${property.displayName}`);
			expect(error?.description, what).toContain('Nothing was sent.');
		}
		expect(lab.sandbox.requests).toEqual([]);
	});
});

test('an attribute without a name is refused, and one of a name is sent', async () => {
	const attributes = (...names: string[]): INodeParameters => ({
		columns: 'set',
		values: { mappingMode: 'defineBelow', value: { userId: 'u1', username: 'Ada' } },
		attributeValues: { attribute: names.map((name) => ({ name, value: 'x' })) },
	});
	const { error } = await lab.run({ items: [ITEM], parameters: attributes('class', ' ') });
	expect(error?.message).toBe('"Attributes" holds one without a name');
	expect(lab.sandbox.requests).toEqual([]);
	await lab.run({ items: [ITEM], parameters: attributes('class') });
	expect(lab.sandbox.users()).toMatchObject([{ userId: 'u1', attributes: { class: 'x' } }]);
});

test('an owner given as one expression is worked out', async () => {
	await lab.run({ items: [{ userId: 't1', username: 'T' }] });
	const parameters = { resource: 'group', rows: 'membership', groupBy: 'class', owner: 'same', ownerId: '={{ "t1" }}' };
	await lab.run({ items: [ITEM], parameters });
	expect(lab.sandbox.groups()).toMatchObject([{ groupId: 'c1', ownerId: 't1' }]);
});

test('n8n hands over an empty one where the whole of it is an expression', async () => {
	const { nodeType } = await builtPackage();
	const emptied = holding.filter(({ type }) => type !== 'resourceMapper');
	for (const property of emptied) {
		let seen: unknown;
		const looking = {
			...nodeType,
			description: nodeType.description,
			async execute(this: { getNode(): { parameters: INodeParameters } }) {
				seen = this.getNode().parameters[property.name];
				return [[]];
			},
		};
		const parameters = { ...shownWith(property), [property.name]: ONE };
		await lab.run({ items: [ITEM], parameters, nodeType: looking });
		expect(seen, property.name).toEqual({});
	}
});
