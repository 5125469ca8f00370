// One operation of a profile as calls of the engine.

import type { Entry } from '../../engine/types';
import type { Call, Carried } from '../../engine/call';
import type { DoneStatus, EntryAnswer, WireRequest } from '../../engine/wire';
import { isAlone } from '../profile/consistency';
import { compileDefaults } from '../fields/defaults';
import { compileRecord, compileValues, compileWrite, fieldsOf } from '../fields/entryFields';
import type { LookupAnswer, WriteAnswer } from '../profile/answers';
import type { EndpointName, Success } from '../profile/refusals';
import type { Ids, Kind } from '../fields/ids';
import { compileLookup, missingAnswer } from '../answer/lookups';
import { ratesOf } from '../answer/plan';
import type { Profile } from '../profile/profile';
import { compileReading } from '../answer/reading';
import { compileRefusals } from '../answer/refusals';
import { bareRequest, compileRequest, type Address } from './request';
import { compileResults, type ResultsReader } from '../answer/results';
import { fillPath } from '../language/template';

/** What happens to an entry whose id is taken. */
export type Conflict = 'keep' | 'fail' | 'update';

export interface EndpointRule extends Address {
	readonly keyed?: boolean;
	readonly limits: Call['limitNames'];
	readonly most?: { readonly entries?: number; readonly members?: number; readonly bytes?: number };
	readonly success?: Success;
	readonly idFromService?: boolean;
	readonly answer: WriteAnswer | LookupAnswer;
}

/** What the operation is for; the rest stands in the profile. */
export interface Frame
	extends Pick<Call, 'name' | 'writes' | 'settlement' | 'looksUpFirst' | 'isAboutExisting' | 'onlyIfFound'> {
	/** What its entries are. */
	readonly of: Kind;
	/** Constants of the body that the operation adds. */
	readonly extra?: Readonly<Record<string, string>>;
	/** What success means where an answer says no more. */
	readonly done: DoneStatus;
	readonly sensible: readonly DoneStatus[];
	/** What it means that the one entry of a request is so already. */
	readonly takenAs?: EntryAnswer;
	/** What it means that it is not there. */
	readonly absentAs?: EntryAnswer;
	/** What results mean that say that it is so already. */
	readonly takenMeans?: DoneStatus | 'failed';
}

/** Compiles what an operation's calls share; gives a function that makes one, for the group that its path may name. */
export function compileEndpoint(profile: Profile, ids: Ids, readsSecrets: boolean) {
	const pieces = { user: piecesOf('user'), group: piecesOf('group') };
	const fieldOf = { user: fieldNames('user'), group: fieldNames('group') };

	return (name: EndpointName, operation: EndpointRule, frame: Frame): ((groupId?: string) => Call) => {
		const { given = {}, idempotency } = profile;
		const { of, extra = {} } = frame;
		const idName = of === 'user' ? 'userId' : 'groupId';
		const alone = isAlone(operation, idName);
		const reading = compileReading({
			profile,
			refusals: compileRefusals(profile, name),
			results: resultsOf(operation, frame),
			writes: frame.writes,
			success: operation.success ?? profile.success,
			alone: alonesOf(operation, frame),
			isAlone: alone,
			emptyBody: operation.answer.kind === 'all' && operation.answer.emptyBody,
		});
		const shared = {
			name: frame.name,
			writes: frame.writes,
			keyHeader: operation.keyed === true ? idempotency?.header : undefined,
			settlement: frame.settlement,
			limitNames: operation.limits,
			rates: ratesOf(profile, name),
			most: alone ? { ...operation.most, entries: 1 } : operation.most,
			ifTaken: frame.takenAs,
			isAboutExisting: frame.isAboutExisting,
			onlyIfFound: frame.onlyIfFound,
			looksUpFirst: frame.looksUpFirst,
			absentMeans: frame.writes ? 'failed' : 'missing',
			jobRequest,
			...reading,
			fold: (id: string) => ids.fold(of, id),
		} as const;
		const writerFor = (groupId: string | undefined) =>
			compileRequest(operation, idName, {
				...pieces[of](frame),
				given: groupId === undefined ? given : { ...given, groupId: ids.toWire('group', groupId) },
				extra,
			});
		const common = writerFor(undefined);
		return (groupId) =>
			groupId === undefined
				? { ...shared, ...common }
				: { ...shared, rates: ratesOf(profile, name, groupId), ...writerFor(groupId) };
	};

	/** How entries of a kind are written by the calls of a frame. */
	function piecesOf(kind: Kind) {
		const write = compileWrite(profile, kind, ids);
		const values = compileValues(profile, kind, ids);
		const { names, given } = compileDefaults(profile, kind);
		const known = { idOf: (entry: Entry) => ids.toWire(kind, entry.id), writeFields: write, valuesOf: values };
		const ofNew: typeof known = {
			...known,
			writeFields: (entry, maxMembers, target) => write(given(entry), maxMembers, target),
			valuesOf: (entry, maxMembers) => values(given(entry), maxMembers),
		};
		return (frame: Frame) => (names.length > 0 && onlyCreates(frame) ? ofNew : known);
	}

	function jobRequest(jobId: string): WireRequest {
		const { jobs, given = {} } = profile;
		if (jobs === undefined) throw new TypeError('This profile knows no jobs');
		return bareRequest(jobs.method, fillPath(jobs.path, { ...given, jobId }));
	}

	function resultsOf(operation: EndpointRule, frame: Frame): ResultsReader {
		const { answer, body, most } = operation;
		const { of } = frame;
		const fromWire = (id: string): string => ids.fromWire(of, id);
		if (isLookup(answer)) return compileLookup(answer, { recordOf: compileRecord(profile, of, ids), fromWire });
		const encode = compileRequest({ method: 'POST', path: '/', query: {}, body }, 'groupId', {
			...pieces[of](frame),
			given: profile.given ?? {},
			extra: frame.extra ?? {},
		}).encode;
		return compileResults(answer, {
			sensible: new Set(frame.sensible),
			done: frame.done,
			takenMeans: frame.takenMeans ?? 'failed',
			fieldOf: fieldOf[of],
			fromWire,
			memberFromWire: (id) => ids.fromWire('user', id),
			readsSecrets,
			needsImId: operation.idFromService === true,
			membersIn: (carried) => membersIn(carried, encode, most?.members),
		});
	}

	/** From the name that a field has on the wire to ours; a name that is not known stays as it is. */
	function fieldNames(kind: Kind): (wire: string) => string {
		const names = new Map(fieldsOf(profile, kind).map(([name, field]) => [field.wire, name]));
		return (wire) => names.get(wire) ?? wire;
	}
}

/** Whether nobody who exists is changed: what the profile gives to new ones overwrites nothing then. */
function onlyCreates({ sensible }: Frame): boolean {
	return sensible.includes('created') && !sensible.includes('updated');
}

function alonesOf({ answer }: EndpointRule, { takenAs, absentAs }: Frame) {
	if (isLookup(answer)) return { absent: missingAnswer(answer) };
	return {
		...(takenAs === undefined ? {} : { taken: takenAs }),
		...(absentAs === undefined ? {} : { absent: absentAs }),
	};
}

function isLookup(answer: WriteAnswer | LookupAnswer): answer is LookupAnswer {
	return ['lookup', 'states', 'record', 'scalar'].includes(answer.kind);
}

/** The members that a request named, as many as its part holds: found by writing it again. */
function membersIn(
	carried: Carried | undefined,
	encode: (entry: Entry, maxMembers?: number) => string,
	most: number | undefined,
): readonly string[] {
	const [entry] = carried?.entries ?? [];
	const [part] = carried?.parts ?? [];
	if (entry?.memberIds === undefined || part === undefined) return [];
	for (let count = Math.min(entry.memberIds.length, most ?? Infinity); count > 0; count--) {
		if (encode(entry, count) === part) return entry.memberIds.slice(0, count);
	}
	return [];
}
