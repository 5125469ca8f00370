// Which columns of a sheet make a person's name where it comes in parts. A column called Name is the whole name, but
// beside a surname it is the first name and beside a first name the surname. One part alone is half a name: where
// another column might complete it, that is a question to the user (law 16).

import { aliasKeys } from '../cells/text';
import type { Claim, Claimed } from './claims';
import { ColumnsUnclear, nameUnclear } from './columnsUnclear';
import { HALVES, isNameLike, NAME_PARTS, type NameParts, type Role, type Writing } from './nameAliases';

/** Tiers of `username` by what stands in them. */
const PARTS = 1;
export const DISPLAY_NAMES = 2;
/** One part is better than a nickname, and worse than a name that is whole. */
const ONE_PART = 3;

/** What a column called Name holds. `half`: the other part; `whole`: the part stands in it; `unclear`: now this, now that. */
export type Held = 'half' | 'whole' | 'unclear';
/** Beside the column with a part of the name, the surname or the first name. */
export type HeldBy = (name: string, part: string, role: Role) => Held;

export interface NameRule {
	/** The columns that are a part of the name, whatever else their names could say. */
	readonly parts: ReadonlyMap<string, Place>;
	/** What has to be asked before a name is read. */
	readonly unclear?: ColumnsUnclear;
}

export interface Place {
	readonly tier: number;
	readonly part: { readonly of: number; readonly at: number };
}

/** A column with one part of a name, by its own name. */
interface Part {
	readonly column: string;
	readonly of: number;
	readonly way: NameParts;
	readonly role: Role;
}

interface Column {
	readonly column: string;
	readonly claims: readonly Claim[];
}

const NO_PARTS: NameRule = { parts: new Map() };
const WRITINGS: readonly Writing[] = ['western', 'chinese'];

/** @param columns those that could be a name, and those that only look like one */
export function nameRuleOf(columns: readonly Column[], held: HeldBy): NameRule {
	const named = columns.flatMap(({ column, claims }) =>
		claims.flatMap((claim): Claimed[] => (claim.target === 'username' ? [{ ...claim, column }] : [])),
	);
	const parts = named.flatMap(partOf);
	if (parts.length === 0) return NO_PARTS;
	const both = bothParts(parts);
	if (both.length > 0) return { parts: placed(both, PARTS) };
	const hasWhole = named.some(({ tier, half }) => tier < PARTS && half === undefined);
	return (hasWhole ? undefined : joinedWithHalf(named, parts, held)) ?? onePart(columns, named, parts, held);
}

function partOf({ column, part }: Claimed): readonly Part[] {
	const way = NAME_PARTS[part?.of ?? -1];
	const role = way?.roles[part?.at ?? -1];
	return part === undefined || way === undefined || role === undefined ? [] : [{ column, of: part.of, way, role }];
}

/** The parts of the first way that has both; else a first name and a surname in the words of two languages. */
function bothParts(parts: readonly Part[]): readonly Part[] {
	for (const of of NAME_PARTS.keys()) {
		const own = parts.filter((part) => part.of === of);
		if (own.some(isGiven) && own.some(isFamily)) return own;
	}
	const western = parts.filter(({ way }) => way.writing === 'western');
	const given = ofFirstWay(western.filter(isGiven));
	const family = ofFirstWay(western.filter(isFamily));
	const seconds = western.filter(({ of, role }) => role === 'second' && of === family[0]?.of);
	return given.length > 0 && family.length > 0 ? [...given, ...family, ...seconds] : [];
}

/** A column called Name that is the other part beside the only one. */
function joinedWithHalf(named: readonly Claimed[], parts: readonly Part[], held: HeldBy): NameRule | undefined {
	for (const writing of WRITINGS) {
		const alone = ofFirstWay(parts.filter(({ way }) => way.writing === writing && way.isWeak !== true));
		const part = alone.find(({ role }) => role !== 'second');
		const halves = part === undefined ? [] : halvesBeside(named, part);
		if (part !== undefined && halves.length > 0) return joined(part, alone, halves, held);
	}
	return undefined;
}

function joined(part: Part, alone: readonly Part[], halves: readonly Claimed[], held: HeldBy): NameRule {
	const [name = '', ...twins] = columnsOf(halves);
	// Two columns called Name are one too many, whatever they hold: both are given the place, and that is told.
	const holds = twins.length > 0 ? 'half' : held(name, part.column, part.role);
	if (holds === 'half') {
		const role = isGiven(part) ? 'family' : 'given';
		const others = [name, ...twins].map((column): Part => ({ ...part, column, role }));
		return { parts: placed([...alone, ...others], PARTS) };
	}
	// The whole name stands where it always did; the part stands in where a row has nothing there.
	if (holds === 'whole' && halves.every(({ tier }) => tier < PARTS))
		return { parts: placed(part.way.isEnough ? alone : [], PARTS) };
	return asking([...columnsOf(alone), name], placed(alone, PARTS));
}

/** `Nom` before `Name`, which then is the whole name. */
function halvesBeside(named: readonly Claimed[], { way, role }: Part): readonly Claimed[] {
	const halves = named.filter(({ half }) => {
		const words = HALVES[half ?? -1];
		return words?.writing === way.writing && words.beside.includes(role);
	});
	const foreign = halves.filter(({ tier }) => tier === Infinity);
	return foreign.length > 0 ? foreign : halves;
}

/** One part, and no other that it could be joined with by its name. */
function onePart(
	columns: readonly Column[],
	named: readonly Claimed[],
	parts: readonly Part[],
	held: HeldBy,
): NameRule {
	const alone = ofFirstWay(parts.filter(({ way }) => way.isEnough));
	const part = alone.find(({ role }) => role !== 'second');
	if (part === undefined) return NO_PARTS;
	const own = new Set(alone.map(({ column }) => column));
	const places = placed(alone, PARTS);
	const [whole, ...wholes] = named.filter(({ tier, column }) => tier < PARTS && !own.has(column));
	if (whole !== undefined) {
		const isDoubtful =
			wholes.length === 0 && isForeignHalf(whole.half, part) && held(whole.column, part.column, part.role) !== 'whole';
		return isDoubtful ? asking([part.column, whole.column], places) : { parts: places };
	}
	if (named.some(({ tier }) => tier === DISPLAY_NAMES)) return { parts: placed(alone, ONE_PART) };
	const rest = columns.filter(({ column, claims }) => !own.has(column) && mayComplete(column, claims, part));
	return rest.length === 0 ? { parts: places } : asking([part.column, ...columnsOf(rest)], places);
}

/** `Name` beside 姓: a first name, or the whole name in other letters. 名字 beside a first name is the whole name. */
function isForeignHalf(half: number | undefined, { way, role }: Part): boolean {
	const words = HALVES[half ?? -1];
	return words !== undefined && words.writing !== way.writing && words.writing === 'western' && role === 'family';
}

/** Whether the column may hold what the part lacks. A nickname is not asked about beside a first name, which is a name. */
function mayComplete(column: string, claims: readonly Claim[], { role }: Part): boolean {
	const names = claims.filter(({ target }) => target === 'username');
	if (claims.length === 0) return aliasKeys(column).some(isNameLike);
	return names.some(({ part, half }) => {
		const way = NAME_PARTS[part?.of ?? -1];
		if (way !== undefined) return way.isWeak !== true && way.roles[part?.at ?? -1] !== role;
		return half !== undefined || role === 'family';
	});
}

function asking(columns: readonly string[], parts: NameRule['parts']): NameRule {
	return { parts, unclear: nameUnclear(columns) };
}

function placed(parts: readonly Part[], tier: number): NameRule['parts'] {
	const [first] = parts;
	// All take the places of the first one's way, whose glue stands between them.
	return new Map(
		parts.flatMap(({ column, role }) =>
			first === undefined ? [] : [[column, { tier, part: { of: first.of, at: first.way.roles.indexOf(role) } }]],
		),
	);
}

function ofFirstWay(parts: readonly Part[]): readonly Part[] {
	const first = parts.reduce((least, { of }) => Math.min(least, of), Infinity);
	return parts.filter(({ of }) => of === first);
}

function columnsOf(columns: ReadonlyArray<{ readonly column: string }>): readonly string[] {
	return columns.map(({ column }) => column);
}

function isGiven({ role }: Part): boolean {
	return role === 'given';
}

function isFamily({ role }: Part): boolean {
	return role === 'family';
}
