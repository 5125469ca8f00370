// One execution of the node: what the user chose becomes an operation, the items its rows, and the engine runs it.

import type { IExecuteFunctions } from 'n8n-workflow';
import { carryOutList } from './carryOutList';
import { run } from './engine/run';
import type { RunReport } from './engine/run';
import { choicesOf } from './host/chosenColumns';
import { chosenInput } from './host/chosenInput';
import { CREDENTIAL } from './host/http';
import { checkEachBrings } from './host/eachBrings';
import { checkOneForAll } from './host/oneForAll';
import { checkedHere } from './host/inputChoice';
import { identityOf } from './host/ports';
import type { HostPorts } from './host/ports';
import { readOptions } from './host/readOptions';
import { parameterReader } from './host/readParameter';
import { checkMembersOfToolCall, checkToolCall } from './host/toolCall';
import { chooseOperation, chosenList } from './operations/choose';
import { earlierPlanSuffices } from './operations/earlierPlan';
import { tellingMade } from './operations/madeValues';
import type { Output } from './output/output';
import { compileCures } from './protocol/answer/cures';
import { fingerprintOf, profileOf } from './protocol/auth/credentialData';
import { withAccess } from './protocol/auth/access';
import { withKeptPlan } from './protocol/auth/keptPlan';
import { createProtocol } from './protocol/calls';

/** Carries the rows out; their verdicts go to `output` as they come. @throws where nothing can be carried out at all */
export async function carryOut(host: IExecuteFunctions, ports: HostPorts, output: Output): Promise<RunReport> {
	const read = parameterReader(host);
	const list = chosenList(read);
	if (list !== undefined) return await carryOutList(host, ports, output, list);
	await checkOneForAll(host, ports);
	const chosen = chooseOperation(read);
	const options = readOptions(host.getNodeParameter('options', 0, {}));
	const source = await chosenInput(host, ports, chosen.takesOthers === true);
	output.follow(options, source);
	const { makesUsers = false, takesAway = false, foretells } = chosen;
	const returnsTokens = makesUsers && options.returnTokens;
	await checkToolCall(host, source, { takesAway, mayTakeAway: options.allowAgentToTakeAway, returnsTokens });
	const credential = await host.getCredentials(CREDENTIAL);
	const profile = profileOf(credential);
	const protocol = createProtocol(profile, { readsSecrets: returnsTokens });
	output.knowCures(compileCures(profile));
	const { dateFormat, defaultCountryCode } = options;
	const choices = choicesOf(host, source);
	const { operation: ready, columns } = chosen.ready(profile, protocol, {
		choices,
		values: { timeZone: host.getTimezone(), dateFormat, defaultCountryCode },
		sheetOf: (row) => source.sheetOf(row),
	});
	const operation = returnsTokens ? tellingMade(ready, output.noteUnknownMade) : ready;
	await checkedHere(source, choices === undefined, async (heads) => await columns.check(heads, ports.breathe));
	if (chosen.takesOthers) await checkEachBrings(source);
	await checkMembersOfToolCall(host, source, operation);
	const planCall = protocol.limits();
	const limits = protocol.defaultLimits;
	const caps = { entriesPerRequest: options.batchSize, concurrentRequests: options.concurrentRequests };
	const suffices = earlierPlanSuffices({ operation, rows: source.count, limits, caps, makesUsers, foretells });
	const plans = { planCall, fingerprint: fingerprintOf(credential), now: ports.now, suffices };
	const send = withKeptPlan(withAccess(profile, credential, ports.send, ports.now), plans);
	const report = await run({
		rows: source.rows(),
		operation,
		planCall,
		limits,
		caps,
		settings: {
			requestTimeoutMs: options.requestTimeoutMs,
			maxRunTimeMs: options.maximumRunTimeMs,
			readLagMs: protocol.readLagMs,
		},
		ports: { ...ports, send },
		identity: identityOf(host),
		cancel: host.getExecutionCancelSignal(),
		sink: output.take,
		isAlike: output.isAlike,
		onPlan: makesUsers ? output.warnOfQuota : undefined,
	});
	output.tellHints(operation.hints?.() ?? []);
	if (chosen.columnsAre !== 'notTold')
		output.tellColumns(columns.report(), { compares: chosen.columnsAre === 'compared' });
	return report;
}
