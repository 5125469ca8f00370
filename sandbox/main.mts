/** `npm run sandbox`: the sandbox on its own, until Ctrl-C. */
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { ensureCredentials } from './credentials.mts';
import { limitsSchema } from './faults/schema.mts';
import { plans } from './plan.mts';
import { startSandbox, type Sandbox, type SandboxOptions } from './server.mts';

const help = `A TokenIM service for this machine only, with faults on demand.

npm run sandbox -- [options]

  --port PORT    where it listens on 127.0.0.1 (default 4010)
  --data DIR     where it keeps people, key and secret (default .n8n/sandbox)
  --plan PLAN    ${[...plans.keys()].join(', ')} (default standard), or a JSON file:
                 {"plan":"standard","limits":{"usersPerRequest":50},"quota":1000}
  --latency MS   how long each answer takes (default 0)
  --reset        forget all people, groups and kept answers; key and secret stay
  --help         this text
`;

const planSchema = z
	.object({
		plan: z.string().optional(),
		limits: limitsSchema.optional(),
		quota: z.number().int().min(0).nullable().optional(),
	})
	.strict();

await main().catch((reason: unknown) => {
	console.error(sentence(reason));
	process.exitCode = 1;
});

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: '4010' },
			data: { type: 'string', default: fileURLToPath(new URL('../.n8n/sandbox', import.meta.url)) },
			plan: { type: 'string', default: 'standard' },
			latency: { type: 'string', default: '0' },
			reset: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		console.log(help);
		return;
	}
	const port = wholeNumber('--port', values.port, 65_535);
	const latencyMs = wholeNumber('--latency', values.latency, 3_600_000);
	const plan = planSettings(values.plan);
	const folder = resolve(values.data);
	const credentials = ensureCredentials(folder);
	const database = privateFile(join(folder, 'sandbox.sqlite'));
	const sandbox = await startSandbox({
		...plan,
		...credentials,
		port,
		latencyMs,
		database,
		keepRequests: 1_000,
	});
	if (values.reset) sandbox.reset();
	console.log(welcome(sandbox, folder));
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.close());
}

function planSettings(given: string): Pick<SandboxOptions, 'plan' | 'limits' | 'quota'> {
	if (plans.has(given)) return { plan: given };
	if (!existsSync(given)) throw new Error(`--plan: "${given}" is no file; plans are ${[...plans.keys()].join(', ')}.`);
	return planSchema.parse(JSON.parse(readFileSync(given, 'utf8')));
}

function wholeNumber(option: string, given: string, max: number): number {
	const value = Number(given);
	if (/^\d+$/.test(given) && value <= max) return value;
	throw new Error(`${option}: "${given}" is not a whole number from 0 to ${max}.`);
}

/** SQLite gives its side files the rights of the database, so the database is made with the right ones. */
function privateFile(path: string): string {
	closeSync(openSync(path, 'a', 0o600));
	return path;
}

function welcome({ baseUrl, apiKey, apiSecret, port, userCount }: Sandbox, folder: string): string {
	return `The TokenIM sandbox is up. It holds ${userCount()} people.

  Base URL    ${baseUrl}
  API Key     ${apiKey}
  API Secret  ${apiSecret}

Put these three into a credential "TokenIM API" in n8n. People, key and secret are kept in ${folder}.

Try a fault, e.g. "slow down" on the next two requests:

  curl -X PUT http://127.0.0.1:${port}/sandbox/faults -H 'X-TokenIM-Key: ${apiKey}' \\
    -d '[{"when":{"times":2},"do":{"kind":"rateLimited","retryAfter":3}}]'

What was asked so far: GET /sandbox/requests, with the same header. Ctrl-C stops the sandbox.`;
}

function sentence(reason: unknown): string {
	if (!(reason instanceof Error)) return String(reason);
	if ('code' in reason && reason.code === 'EADDRINUSE' && 'port' in reason) {
		return `Port ${String(reason.port)} is taken, perhaps by another sandbox. Stop that one, or choose another port with --port.`;
	}
	return reason.message;
}
