// One execution of an operation that reads a list: rows, where it has any, then the list, then one item for each found.

import type { IExecuteFunctions } from 'n8n-workflow';
import type { RunReport } from './engine/run';
import { runList } from './engine/runList';
import { choicesOf } from './host/chosenColumns';
import { chosenInput } from './host/chosenInput';
import { CREDENTIAL } from './host/http';
import { checkedHere } from './host/inputChoice';
import { checkOneForAll } from './host/oneForAll';
import { identityOf, type HostPorts } from './host/ports';
import { readOptions, type Options } from './host/readOptions';
import { parameterReader } from './host/readParameter';
import type { RowSource } from './host/rowSource';
import { checkToolCall, mostListed } from './host/toolCall';
import { ownRows, type Rows } from './operations/choose';
import type { ListOperation } from './operations/definition';
import { listBrokeOff } from './operations/listing';
import type { Output } from './output/output';
import { withAccess } from './protocol/auth/access';
import { profileOf } from './protocol/auth/credentialData';
import { createProtocol } from './protocol/calls';
import type { Profile } from './protocol/profile/profile';

/** Items are handed out in one turn of the event loop (law 11). */
const ITEMS_IN_ONE_TURN = 2_000;

/** Reads the list; what is found goes to `output` at the end. @throws where nothing may come out */
export async function carryOutList(
	host: IExecuteFunctions,
	ports: HostPorts,
	output: Output,
	listed: ListOperation,
): Promise<RunReport> {
	output.followList(listed.nobody);
	await checkOneForAll(host, ports);
	const make = listed.choose(parameterReader(host));
	const options = readOptions(host.getNodeParameter('options', 0, {}));
	const source = listed.lists === 'besideRows' ? await chosenInput(host, ports, true) : undefined;
	output.followList(listed.nobody, options, source);
	if (source !== undefined)
		await checkToolCall(host, source, { takesAway: false, mayTakeAway: false, returnsTokens: false });
	const credential = await host.getCredentials(CREDENTIAL);
	const profile = profileOf(credential);
	const protocol = createProtocol(profile);
	const { columns, rowCheck } = rowsOf(host, source, listed, profile, options);
	const listing = make({ protocol, rowCheck, most: mostListed(host), bringers: source?.bringers });
	if (source !== undefined)
		await checkedHere(
			source,
			choicesOf(host, source) === undefined,
			async (heads) => await columns.check(heads, ports.breathe),
		);
	const { batchSize = Number.POSITIVE_INFINITY, requestTimeoutMs, maximumRunTimeMs } = options;
	const pageSize = Math.min(listing.wanted ?? Number.POSITIVE_INFINITY, batchSize);
	const { report, brokeOff } = await runList({
		list: listing.list,
		rows: source === undefined || listing.rows === undefined ? undefined : { of: source.rows(), ...listing.rows },
		take: listing.take,
		pageSize: Number.isFinite(pageSize) ? pageSize : undefined,
		planCall: protocol.limits(),
		limits: protocol.defaultLimits,
		settings: { requestTimeoutMs, maxRunTimeMs: maximumRunTimeMs, readLagMs: protocol.readLagMs },
		ports: { ...ports, send: withAccess(profile, credential, ports.send, ports.now) },
		identity: identityOf(host),
		cancel: host.getExecutionCancelSignal(),
	});
	if (brokeOff !== undefined) throw listBrokeOff(brokeOff);
	const { found, hints } = listing.results();
	let items = 0;
	for (const result of found) {
		output.takeListed(result);
		if (++items % ITEMS_IN_ONE_TURN === 0) await ports.breathe();
	}
	output.tellHints(hints);
	return report;
}

/** How rows are read; an operation without rows asks for none. */
function rowsOf(
	host: IExecuteFunctions,
	source: RowSource | undefined,
	listed: ListOperation,
	profile: Profile,
	{ dateFormat, defaultCountryCode }: Options,
): Rows {
	const rowOptions =
		source === undefined
			? {}
			: {
					choices: choicesOf(host, source),
					sheetOf: (row: Parameters<RowSource['sheetOf']>[0]) => source.sheetOf(row),
				};
	const values = { timeZone: host.getTimezone(), dateFormat, defaultCountryCode };
	return ownRows(listed, profile, { ...rowOptions, values }, listed.takesOthers);
}
