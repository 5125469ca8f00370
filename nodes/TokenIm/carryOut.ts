// One execution of the node: what the user chose becomes an operation, the items its rows, and the engine runs it.

import type { IExecuteFunctions } from 'n8n-workflow';
import { readSettings } from './description/settings';
import { run } from './engine/run';
import type { RunReport } from './engine/run';
import type { Row } from './engine/types';
import { cancelSignalOf, CREDENTIAL, identityOf } from './host/ports';
import type { HostPorts } from './host/ports';
import { choicesOf } from './host/chosenColumns';
import { createOperation } from './operations';
import type { Output } from './output/output';
import { createProtocol } from './protocol/calls';
import { profileOf } from './protocol/auth/credentialData';
import { sendingOf } from './protocol/auth/sending';
import { checkToolCall, sourceOf } from './host/source';

/** Carries the rows out; their verdicts go to `output` as they come. @throws where nothing can be carried out at all */
export async function carryOut(host: IExecuteFunctions, ports: HostPorts, output: Output): Promise<RunReport> {
	const { choice, options } = readSettings(host);
	const source = sourceOf(host, ports.breathe);
	output.follow(options, source);
	await checkToolCall(host, source);
	const credential = await host.getCredentials(CREDENTIAL);
	const profile = profileOf(credential);
	const writesUsers = choice.operation === 'batchCreate' || choice.operation === 'batchUpsert';
	const protocol = createProtocol(profile, { readsSecrets: writesUsers && options.returnTokens });
	const { dateFormat, defaultCountryCode } = options;
	const values = { timeZone: host.getTimezone(), dateFormat, defaultCountryCode };
	const reading = { choices: choicesOf(host, source), values, sheetOf: (row: Row) => source.sheetOf(row) };
	const { operation, columns } = createOperation(choice, profile, protocol, reading);
	await columns.check(await source.heads(), ports.breathe);
	const report = await run({
		rows: source.rows(),
		operation,
		planCall: protocol.limits(),
		limits: protocol.defaultLimits,
		caps: { entriesPerRequest: options.batchSize, concurrentRequests: options.concurrentRequests },
		settings: {
			requestTimeoutMs: options.requestTimeoutMs,
			maxRunTimeMs: options.maximumRunTimeMs,
			readLagMs: protocol.readLagMs,
		},
		ports: { ...ports, send: sendingOf(profile, credential, ports.send, ports.now) },
		identity: identityOf(host),
		cancel: cancelSignalOf(host),
		sink: output.take,
		onPlan: writesUsers ? output.warnOfQuota : undefined,
	});
	// Batch Delete is mostly fed with the output of an earlier run, whose columns need no explanation.
	if (choice.operation !== 'batchDelete')
		output.tellColumns(columns.report(), { compares: choice.operation === 'verify' });
	return report;
}
