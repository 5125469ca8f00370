// What a run came to, in numbers and in words. Knows verdicts, not n8n.

import type { Verdict, WouldStatus } from '../engine/types';
import type { CureOf } from '../protocol/answer/cures';
import { count } from '../engine/count';
import { cureForAll } from './cures';
import { cut } from '../engine/cut';
import { GroupTally } from './groupTally';
import { planHeadline, type PlanFacts } from './planWords';
import { issueInWords } from './tallyWords';

/** How a status reads behind a number. What is not here needs attention and is counted there. */
const WORDS = new Map<Verdict['status'], string>([
	['created', 'created'],
	['updated', 'updated'],
	['unchanged', 'unchanged'],
	['exists', 'existed'],
	['added', 'added'],
	['removed', 'removed'],
	['suspended', 'suspended'],
	['reactivated', 'reactivated'],
	['deleted', 'deleted'],
	['absent', 'already gone'],
	['kept', 'kept'],
	['found', 'found'],
	['valid', 'valid'],
]);

const MOST_REASONS_SHOWN = 5;
/** The service chooses its codes: one of its own for each row must not fill the memory. */
const MOST_REASONS_KEPT = 1_000;

const MOST_CAUSE_CHARACTERS = 1_000;

/** Whether the row did not get what it asked for. */
export function isFailed({ status }: Verdict): boolean {
	return status === 'invalid' || status === 'failed' || status === 'unknown' || status === 'notAttempted';
}

/** Whether a person should look at the row. */
export function needsAttention(verdict: Verdict): boolean {
	return (
		isFailed(verdict) ||
		['missing', 'unlisted'].includes(verdict.status) ||
		verdict.status === 'mismatch' ||
		leftMembersOut(verdict)
	);
}

/** Whether all that counts of a verdict is its status: nothing else of it stands in a headline or a summary. */
export function isOnlyCounted(verdict: Verdict): boolean {
	if (needsAttention(verdict) || verdict.status === 'valid') return false;
	return ONLY_IN_SOME.every((name) => !(name in verdict) || Reflect.get(verdict, name) === undefined);
}

const ONLY_IN_SOME = ['createdBy', 'active', 'group', 'members'];

export class Tally {
	rows = 0;
	failed = 0;
	attention = 0;
	private createdByUnknown = 0;
	private readonly groups = new GroupTally();
	private suspended = 0;
	/** Set Members: who was taken out of a group, or would be, and who was too many and stays. */
	private removedMembers = 0;
	private heldMembers = 0;
	/** Validate Only with a look-up: what the run would say. */
	private readonly woulds = new Map<WouldStatus, number>();
	private readonly statuses = new Map<Verdict['status'], number>();
	private readonly reasons = new Map<string, number>();
	/** By reason, what mends its first row, … */
	private readonly cures = new Map<string, string>();
	/** … and why it was not attempted, which the error of the run says itself. */
	private readonly causes = new Map<string, string>();

	/** @param cureOf what mends rows that the service refused */
	constructor(private readonly cureOf: CureOf = () => '') {}

	add(verdict: Verdict): void {
		this.rows++;
		raise(this.statuses, verdict.status);
		this.groups.add(verdict);
		if ('createdBy' in verdict && verdict.createdBy === 'unknown') this.createdByUnknown++;
		if ('active' in verdict && verdict.active === false) this.suspended++;
		if ('members' in verdict) {
			this.removedMembers += verdict.members?.removed?.length ?? 0;
			this.heldMembers += verdict.members?.held?.length ?? 0;
		}
		if (verdict.status === 'valid' && verdict.would !== undefined) raise(this.woulds, verdict.would);
		if (isFailed(verdict)) this.failed++;
		if (!needsAttention(verdict)) return;
		this.attention++;
		const own = reasonOf(verdict);
		const reason = this.reasons.size < MOST_REASONS_KEPT || this.reasons.has(own) ? own : 'other reasons';
		if (!this.cures.has(reason)) this.cures.set(reason, cureForAll(verdict, this.cureOf));
		if (verdict.status === 'notAttempted' && !this.causes.has(reason))
			this.causes.set(reason, cut(verdict.reason, MOST_CAUSE_CHARACTERS));
		raise(this.reasons, reason);
	}

	get succeeded(): number {
		return this.rows - this.failed;
	}

	/**
	 * "9,950 created, 31 existed, 19 need attention (12 × Phone is not a phone number, 7 × same as another row)".
	 *
	 * @param facts of a run that only looked: what the one that was foretold takes
	 */
	headline(facts?: PlanFacts): string {
		const isPlan = facts !== undefined && this.woulds.size > 0;
		const parts = isPlan ? [planHeadline(this.woulds, facts)] : this.doneParts();
		if (this.attention > 0)
			parts.push(
				`${count(this.attention)} ${this.attention === 1 ? 'needs' : 'need'} attention (${this.reasonsText()})`,
			);
		if (this.rows === 0) parts.push('no rows came in');
		const doubt =
			this.createdByUnknown === 0
				? ''
				: `. Of those that existed, ${count(this.createdByUnknown)} may have been created by this run: an answer was lost`;
		return `${this.groupsText()}${parts.join(isPlan ? '. ' : ', ')}${doubt}${this.suspendedText()}`;
	}

	/** "2 groups created; ": what became of the groups comes before what became of their members. */
	private groupsText(): string {
		const text = this.groups.text();
		return text === '' ? '' : `${text}; `;
	}

	private suspendedText(): string {
		if (this.suspended === 0) return '';
		const are = this.suspended === 1 ? 'of them is' : 'of them are';
		return `. ${count(this.suspended)} ${are} suspended (active: false) and cannot sign in`;
	}

	/** "9,950 created, 31 existed". */
	doneText(): string {
		return this.doneParts().join(', ');
	}

	/** "12 × Phone is not a phone number, 7 × same as another row", the most frequent first. */
	reasonsText(): string {
		const sorted = this.sortedReasons();
		const shown = sorted.slice(0, MOST_REASONS_SHOWN).map(([reason, rows]) => `${count(rows)} × ${reason}`);
		const more = sorted.slice(MOST_REASONS_SHOWN).reduce((sum, [, rows]) => sum + rows, 0);
		return [...shown, ...(more > 0 ? [`${count(more)} × other reasons`] : [])].join(', ');
	}

	/** What mends the rows of the most frequent reason; empty where nothing is known to. */
	cureText(): string {
		const [reason = ''] = this.sortedReasons()[0] ?? [];
		return this.cures.get(reason) ?? '';
	}

	/** The counts as data, for *Output*: One Summary. */
	summary(): Readonly<Record<string, unknown>> {
		return {
			rows: this.rows,
			succeeded: this.succeeded,
			failed: this.failed,
			needAttention: this.attention,
			...(this.groups.hasMembers ? { groups: Object.fromEntries(this.groups.counts()) } : {}),
			statuses: Object.fromEntries(this.statuses),
			...(this.woulds.size > 0 ? { would: Object.fromEntries(this.woulds) } : {}),
			...(this.createdByUnknown > 0 ? { createdByUnknown: this.createdByUnknown } : {}),
			...(this.suspended > 0 ? { suspended: this.suspended } : {}),
			...(this.removedMembers > 0 ? { removedMembers: this.removedMembers } : {}),
			...(this.heldMembers > 0 ? { heldMembers: this.heldMembers } : {}),
			reasons: this.sortedReasons().map(([reason, rows]) => {
				const cure = this.causes.get(reason) ?? this.cures.get(reason);
				return cure === undefined || cure === '' ? { reason, rows } : { reason, rows, cure };
			}),
		};
	}

	private doneParts(): string[] {
		let isFirst = this.groups.hasMembers;
		const noun = (rows: number) => {
			const text = isFirst ? (rows === 1 ? ' member' : ' members') : '';
			isFirst = false;
			return text;
		};
		return this.words().flatMap(([status, word]) => {
			const rows = this.statuses.get(status);
			return rows === undefined ? [] : [`${count(rows)}${noun(rows)} ${word}`];
		});
	}

	/** Of members, those who are new come first. */
	private words(): ReadonlyArray<readonly [Verdict['status'], string]> {
		const rank = ([status]: readonly [Verdict['status'], string]) => (status === 'added' ? 0 : 1);
		return this.groups.hasMembers ? [...WORDS].sort((a, b) => rank(a) - rank(b)) : [...WORDS];
	}

	private sortedReasons(): Array<[string, number]> {
		return [...this.reasons].sort(([, a], [, b]) => b - a);
	}
}

/** Why a row needs attention, in a few words that other rows share. */
function reasonOf(verdict: Verdict): string {
	switch (verdict.status) {
		case 'invalid': {
			const [issue] = verdict.issues;
			return issue === undefined ? 'not valid' : issueInWords(issue);
		}
		case 'failed':
			return words(verdict.code);
		case 'unknown':
			return 'no answer';
		case 'notAttempted':
			return verdict.code === undefined ? 'not attempted' : `not attempted: ${words(verdict.code)}`;
		case 'missing':
			return 'missing';
		case 'mismatch':
			return 'different';
		case 'unlisted':
			return 'in no row';
		default:
			return isOfRemoval(verdict) ? 'members not taken out' : 'members not added';
	}
}

function isOfRemoval(verdict: Verdict): boolean {
	if (!('members' in verdict) || verdict.members === undefined) return false;
	return verdict.members.absent !== undefined || (verdict.members.held?.length ?? 0) > 0;
}

function leftMembersOut(verdict: Verdict): boolean {
	if (!('members' in verdict) || verdict.members === undefined) return false;
	const { failed, unknown, notAttempted, held = [] } = verdict.members;
	return failed.length + unknown.length + notAttempted.length + held.length > 0;
}

/** `plan_quota_exhausted` as words. */
function words(code: string): string {
	const spaced = code
		.replace(/([a-z])([A-Z])/g, '$1 $2')
		.replace(/[_\s]+/g, ' ')
		.toLowerCase()
		.trim();
	return cut(spaced, 60);
}

function raise<Key>(counts: Map<Key, number>, key: Key): void {
	counts.set(key, (counts.get(key) ?? 0) + 1);
}
