// The node in n8n's own engine against a service that a profile of examples/profiles describes, scripted behind HTTP.

import type { IDataObject, INode, INodeParameters, INodeType } from 'n8n-workflow';
import { baseUrlOf, profileOf } from '../../nodes/TokenIm/protocol/auth/credentialData';
import { useServed } from '../profiles/serve.mts';
import { vendorNamed, type World } from '../profiles/services.mts';
import type { Reply, Seen, Service } from '../profiles/world.mts';
import { runWorkflow, type WorkflowResult } from './engine.mts';

type Scripted = World & { readonly service: Service };

export interface VendorRun extends WorkflowResult {
	readonly seen: readonly Seen[];
	readonly world: Scripted;
}

export interface VendorOptions {
	readonly parameters?: INodeParameters;
	readonly items: readonly IDataObject[];
	readonly onError?: INode['onError'];
	/** Answers in place of the service. */
	readonly script?: (seen: Seen) => Reply | undefined;
	/** That of an earlier run; a new one where it is left out. */
	readonly world?: Scripted;
	/** In place of the package's own node. */
	readonly nodeType?: INodeType;
	/** Changes the profile of the credential. */
	readonly edit?: (profile: Profile) => void;
}

/** As it stands in the file. */
export interface Profile {
	readonly fields: {
		readonly user: Record<string, object>;
		readonly group: Record<string, object>;
		readonly extra: Record<string, object>;
	};
	readonly operations: Record<string, object>;
}

/** A server for each run, closed after the test. */
export function useVendors(): (name: string, options: VendorOptions) => Promise<VendorRun> {
	const start = useServed();
	return async (
		name,
		{ items, parameters, onError, nodeType, script = () => undefined, world: earlier, edit = () => undefined },
	) => {
		const vendor = vendorNamed(name);
		const world = earlier ?? vendor.world();
		const served = await start((seen) => script(seen) ?? world.service(seen));
		const { credential } = vendor;
		const path = new URL(baseUrlOf(profileOf(credential), credential.baseUrl)).pathname.replace(/\/$/, '');
		const profile: Profile = JSON.parse(credential.profileJson);
		edit(profile);
		const result = await runWorkflow({
			items,
			parameters,
			onError,
			nodeType,
			credentials: { ...credential, profileJson: JSON.stringify(profile), baseUrl: `${served.url}${path}` },
		});
		return { ...result, seen: served.seen, world };
	};
}
