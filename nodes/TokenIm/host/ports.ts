// `this` of n8n as the engine's ports, and what a run needs to know of its execution.

import { randomUUID } from 'crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import type { RunIdentity } from '../engine/delivery/idempotency';
import type { Ports } from '../engine/types';
import { createHttp } from './http';
import { pause } from './pause';

export interface HostPorts extends Ports {
	/** Whether a request that may write went out. */
	readonly hasSent: boolean;
}

export function createPorts(host: IExecuteFunctions): HostPorts {
	let hasSent = false;
	const attempt = createHttp(host);
	return {
		get hasSent() {
			return hasSent;
		},
		now: () => Date.now(),
		random: () => Math.random(),
		sleep: pause,
		send: async (request, options) => {
			hasSent ||= request.method !== 'GET';
			return await attempt(request, options);
		},
		breathe: async () => await sleep(0),
		log(message) {
			host.logger.info(message);
			// In a run by hand the person who looks on has it in the browser's console; else n8n drops it.
			host.sendMessageToUI(message);
		},
	};
}

/** Which run of which node this is; the same for every try of Retry On Fail, so that a try repeats no write. */
export function identityOf(host: IExecuteFunctions): RunIdentity {
	const { $runIndex } = host.getWorkflowDataProxy(0);
	return {
		instanceId: host.getInstanceId(),
		executionId: host.getExecutionId() || randomUUID(),
		nodeId: host.getNode().id,
		runIndex: typeof $runIndex === 'number' ? $runIndex : 0,
	};
}
