import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { properties } from '../../nodes/TokenIm/description';
import { optionsDescription } from '../../nodes/TokenIm/description/options';
import { readOptions } from '../../nodes/TokenIm/host/readOptions';

/** The options of the collection as the editor shows them. */
const shown: INodeProperties[] = (optionsDescription[0]?.options ?? []).filter(
	(option): option is INodeProperties => 'type' in option,
);

describe('options', () => {
	test('that were never opened are read as the editor shows them', () => {
		const asShown = Object.fromEntries(shown.map(({ name, default: value }) => [name, value]));
		expect(Object.keys(asShown)).toHaveLength(15);
		expect(readOptions({})).toEqual(readOptions(asShown));
		expect(readOptions({})).toEqual({
			allowAgentToTakeAway: false,
			failRunWhen: 'everyRow',
			sharePercent: 10,
			includeInputFields: false,
			reportFile: false,
			reportFileFormat: 'csv',
			escapeFormulas: true,
			returnTokens: false,
			output: 'all',
			dateFormat: undefined,
			defaultCountryCode: undefined,
			requestTimeoutMs: 60_000,
			maximumRunTimeMs: undefined,
			batchSize: undefined,
			concurrentRequests: undefined,
		});
	});

	test('that were set are taken', () => {
		const stored = {
			allowAgentToTakeAway: true,
			failRunWhen: 'share',
			sharePercent: 0,
			includeInputFields: true,
			reportFile: true,
			reportFileFormat: 'excel',
			escapeFormulas: true,
			returnTokens: true,
			output: 'summary',
			dateFormat: ' dd/MM/yyyy ',
			defaultCountryCode: 86,
			requestTimeout: 5,
			maximumRunTime: 240,
			batchSize: 50,
			concurrentRequests: 2,
		};
		expect(readOptions(stored)).toEqual({
			allowAgentToTakeAway: true,
			failRunWhen: 'share',
			sharePercent: 0,
			includeInputFields: true,
			reportFile: true,
			reportFileFormat: 'excel',
			escapeFormulas: true,
			returnTokens: true,
			output: 'summary',
			dateFormat: 'dd/MM/yyyy',
			defaultCountryCode: '86',
			requestTimeoutMs: 5_000,
			maximumRunTimeMs: 240_000,
			batchSize: 50,
			concurrentRequests: 2,
		});
	});

	test.each([null, 'nonsense', -1, Number.NaN, {}])('that an expression turned into %j are as shown', (value) => {
		const nonsense = Object.fromEntries(shown.map(({ name }) => [name, value]));
		expect(
			readOptions({
				...nonsense,
				dateFormat: '',
				defaultCountryCode: '',
				requestTimeout: value === -1 ? 60 : value,
				sharePercent: value === -1 ? 10 : value,
			}),
		).toEqual(readOptions({}));
	});
});

/** Every property, those inside collections included. */
function* all(list: readonly INodeProperties[]): Generator<INodeProperties> {
	for (const property of list) {
		yield property;
		if (property.type === 'collection')
			yield* all((property.options ?? []).filter((option): option is INodeProperties => 'type' in option));
	}
}

const choices = (property: INodeProperties): INodePropertyOptions[] =>
	property.type === 'options'
		? (property.options ?? []).filter((option): option is INodePropertyOptions => 'value' in option)
		: [];

describe('the words of the editor', () => {
	const texts = [...all(properties)].flatMap((property) => [
		property.displayName,
		property.description ?? '',
		...choices(property).flatMap(({ name, description = '', action = '' }) => [name, description, action]),
	]);

	test('avoid what n8n asks to avoid, but in the name of its own setting', () => {
		const bad = /\b(error|problem|failure|mistake|binary)s?\b/i;
		expect(texts.filter((text) => bad.test(text.replaceAll('On Error', '')))).toEqual([]);
	});

	test('each choice has a name in title case, and each operation an action in sentence case', () => {
		for (const property of all(properties)) {
			for (const { name, action } of choices(property)) {
				expect(name).toMatch(/^[A-Z]/);
				if (property.name === 'operation') expect(action).toMatch(/^[A-Z][a-z ]+$/);
			}
		}
	});

	test('a default is one of its choices', () => {
		for (const property of all(properties)) {
			if (property.type === 'options') expect(choices(property).map(({ value }) => value)).toContain(property.default);
		}
	});
});
