/** The sandbox's own controls under `/sandbox`, beside the contract: for a person with curl. */
import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { sha256 } from './authentication.mts';
import { faultsSchema, limitsSchema } from './faults/schema.mts';
import { answerOf, success } from './outcome.mts';
import type { Service } from './service.mts';
import type { Answer, ServiceRequest } from './types.mts';

export const adminPath = '/sandbox/';

type Work = (service: Service, body: unknown) => unknown;

const controls: ReadonlyMap<string, Work> = new Map<string, Work>([
	['GET state', (service) => stateOf(service)],
	['GET requests', ({ requests }) => requests],
	['GET users', (service) => service.users()],
	['GET groups', (service) => service.groups()],
	['PUT faults', (service, body) => setFaults(service, body)],
	['PUT limits', (service, body) => service.setLimits(limitsSchema.parse(body))],
	['PUT quota', (service, body) => service.setQuota(quotaSchema.parse(body).quota)],
	['POST reset', (service) => service.reset()],
]);

/** Answers a request under `/sandbox`; only the API key opens it. */
export function administer(service: Service, { method, path, headers, body }: ServiceRequest): Answer {
	if (!isKey(headers['x-tokenim-key'] ?? '', service.apiKey)) {
		return told(401, 'Send the API key in the header X-TokenIM-Key.');
	}
	const work = controls.get(`${method} ${path.slice(adminPath.length).split('?', 1)[0]}`);
	if (work === undefined) return told(404, `There are ${[...controls.keys()].join(', ')}.`);
	try {
		const given: unknown = body.length === 0 ? undefined : JSON.parse(new TextDecoder().decode(body));
		return answerOf(success(work(service, given) ?? stateOf(service)), '');
	} catch (reason) {
		return told(400, reason instanceof z.ZodError ? mistakes(reason) : String(reason));
	}
}

const quotaSchema = z.object({ quota: z.number().int().min(0).nullable() }).strict();
const scriptSchema = z.union([faultsSchema, z.object({ faults: faultsSchema, seed: z.number().int() }).strict()]);

function setFaults(service: Service, body: unknown): void {
	// Asked first, so that a mistake is named by its place in the list and not as "neither of both".
	const script = Array.isArray(body) ? faultsSchema.parse(body) : scriptSchema.parse(body);
	if ('seed' in script) service.setFaults(script.faults, script.seed);
	else service.setFaults(script);
}

function stateOf(service: Service) {
	return {
		users: service.userCount(),
		groups: service.groups().length,
		requests: service.requests.length,
		limits: service.limits(),
		quota: service.quota(),
		faults: service.faults(),
	};
}

/** Compares hashes: they are of one length, whatever was given. */
function isKey(given: string, expected: string): boolean {
	const hashed = (text: string) => Buffer.from(sha256(new TextEncoder().encode(text)));
	return timingSafeEqual(hashed(given), hashed(expected));
}

function mistakes({ issues }: z.ZodError): string {
	return issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; ');
}

function told(status: number, message: string): Answer {
	return answerOf(success({ message }, status), '');
}
