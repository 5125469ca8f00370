// What an operation is, whole: its words and settings in the editor, what its rows are for, what it does with them and
// what Validate Only can tell. One file of user/ or group/ is one of these; everything else derives from their list.

import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Operation } from '../engine/operation';
import type { ColumnMap, EmptyCells } from '../input/columns/columns';
import type { Protocol } from '../protocol/calls';
import type { Mode } from '../protocol/fields/fieldUse';
import type { Profile } from '../protocol/profile/profile';
import type { Listing } from './listing';
import type { ReadParameter } from './parameters';
import type { RowCheck } from './rowCheck';
import type { Forecast, OwnForecast } from './validateOnly';

export type Resource = 'user' | 'group';

/** How the editor lists an operation. */
export type Words = INodePropertyOptions & Readonly<Record<'name' | 'value' | 'description' | 'action', string>>;

/** What the rest of the node knows of an operation. */
interface Facts {
	readonly resource: Resource;
	readonly words: Words;
	/** A value that workflows may still hold, which means neither this operation nor any other, with what to do. */
	readonly formerly?: { readonly value: string; readonly advice: string };
	/** Settings that this operation alone has, as the editor shows them at it. */
	readonly parameters?: readonly INodeProperties[];
	/** What its rows are for: this decides which of their fields are read, and which a row cannot do without. */
	readonly mode: Mode;
	/** What its rows are, told to a model, where their fields do not tell it. */
	readonly rowsAre?: string;
	/** Whether a row may also be one member of its group (*Rows*: One Row for Each Membership). */
	readonly takesMemberships?: true;
	/** Whether it makes users: the plan has room for so many, and the service may hand out a token with each. */
	readonly makesUsers?: true;
	/** Whether it takes people away: an agent may do that only where the author of the workflow allowed it. */
	readonly takesAway?: true;
	/** Whether it takes away whom the rows do not name: then nothing that may name somebody is left unread. */
	readonly takesOthers?: true;
	/** What to tell of the columns once the rows are through; by default which were sent as what. */
	readonly columnsAre?: 'compared' | 'notTold';
}

/** What an operation is made of, for one run. */
export interface Making<Settings> {
	readonly settings: Settings;
	readonly profile: Profile;
	readonly protocol: Protocol;
	readonly columns: ColumnMap;
	readonly rowCheck: RowCheck;
	/** Whether each row is told of its member rather than of the group. */
	readonly isPerMember: boolean;
}

export interface OperationDefinition<Settings> extends Facts {
	/** Reads its own settings. @throws SettingUnclear */
	readonly settings: (read: ReadParameter) => Settings;
	/** What an empty cell of its rows means; by default that it is not given. */
	readonly emptyCells?: (settings: Settings) => EmptyCells;
	/** Whether it takes away, or tells of, whom no row names, so that all of a list must be read; by default that is `takesOthers`. */
	readonly wholeLists?: (settings: Settings) => boolean;
	/** @throws Unsupported where the service cannot do it */
	readonly make: (making: Making<Settings>) => Operation;
	/** What Validate Only asks and tells; without it the operation has no Validate Only. @throws Unsupported */
	readonly forecast?: (making: Making<Settings>) => Forecast | OwnForecast;
}

/** An operation as the node knows it. */
export type ListedOperation = RowOperation | ListOperation;

/** The same with its settings out of sight, as the list holds it. */
export interface RowOperation extends Facts {
	readonly lists?: undefined;
	readonly hasValidateOnly: boolean;
	/** Reads its settings. @throws SettingUnclear */
	choose(read: ReadParameter): SetOperation;
}

/** An operation whose settings were read. */
export interface SetOperation {
	readonly emptyCells: EmptyCells;
	readonly wholeLists: boolean;
	make(making: Omit<Making<unknown>, 'settings'>): Operation;
	forecast(making: Omit<Making<unknown>, 'settings'>): Forecast | OwnForecast | undefined;
}

/** What tells of an operation that reads a list of the service, and gives one item for each that it finds. */
interface ListFacts {
	/** Whether it has no rows of its own, or reads all of them before it asks for the list. */
	readonly lists: 'alone' | 'besideRows';
	/** What is said of a run that found nobody. */
	readonly nobody: string;
}

/** What such an operation is made of, for one run. */
export interface ListMaking<Settings> extends Pick<Making<Settings>, 'settings' | 'protocol' | 'rowCheck'> {
	/** No more than so many come out, whatever is set; `undefined` for no such limit. */
	readonly most: number | undefined;
	/** How many items bring rows of their own, in a file or a list; `undefined` where each item is a row. */
	readonly bringers?: number;
}

export interface ListDefinition<Settings> extends Facts, ListFacts {
	/** Reads its own settings. @throws SettingUnclear */
	readonly settings: (read: ReadParameter) => Settings;
	/** @throws Unsupported where the service cannot do it */
	readonly make: (making: ListMaking<Settings>) => Listing;
}

/** The same with its settings out of sight. */
export interface ListOperation extends Facts, ListFacts {
	readonly hasValidateOnly: false;
	/** Reads its settings. @throws SettingUnclear */
	choose(read: ReadParameter): (making: Omit<ListMaking<unknown>, 'settings'>) => Listing;
}

export function defineList<Settings>(definition: ListDefinition<Settings>): ListOperation {
	const { settings: settingsOf, make, ...facts } = definition;
	return {
		...facts,
		hasValidateOnly: false,
		choose(read) {
			const settings = settingsOf(read);
			return (making) => make({ ...making, settings });
		},
	};
}

export function defineOperation<Settings>(definition: OperationDefinition<Settings>): RowOperation {
	const { settings: settingsOf, emptyCells, wholeLists, make, forecast, ...facts } = definition;
	return {
		...facts,
		hasValidateOnly: forecast !== undefined,
		choose(read) {
			const settings = settingsOf(read);
			return {
				emptyCells: emptyCells?.(settings) ?? 'leave',
				wholeLists: wholeLists?.(settings) ?? facts.takesOthers === true,
				make: (making) => make({ ...making, settings }),
				forecast: (making) => forecast?.({ ...making, settings }),
			};
		},
	};
}

/** Whether what its rows are about may have to be made, and so needs a name and an owner. */
export function mayMake({ mode }: Pick<ListedOperation, 'mode'>): boolean {
	return mode === 'create' || mode === 'update';
}
