/** `GET /limits`: what the plan allows, how much of it is used, and what the key may do. */
import { sha256 } from '../authentication.mts';
import { answerOf, success } from '../outcome.mts';
import type { Answer, ApiKey, Plan } from '../types.mts';

/** The answer, or 304 when `ifNoneMatch` names it. */
export function limitsAnswer(plan: Plan, used: number, key: ApiKey, ifNoneMatch: string | undefined): Answer {
	const { name, limits, quota } = plan;
	const answer = answerOf(
		success({ plan: name, limits, quota: { users: { limit: quota, used } }, permissions: key.permissions }),
		'',
	);
	const etag = `"${sha256(answer.body).slice(0, 16)}"`;
	const caching = { 'cache-control': 'max-age=300', etag };
	if (ifNoneMatch === etag) return { kind: 'answer', status: 304, headers: caching, body: new Uint8Array() };
	return { ...answer, headers: { ...answer.headers, ...caching } };
}
