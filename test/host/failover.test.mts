// A profile with several hosts, in n8n's own engine and over HTTP.

import { expect, test } from 'vitest';
import { serve, useServed } from '../profiles/serve.mts';
import { vendorNamed } from '../profiles/services.mts';
import type { Service } from '../profiles/world.mts';
import { runWorkflow } from './engine.mts';
import { statuses } from './lab.mts';

const started = useServed();

const items = Array.from({ length: 30 }, (_, index) => ({ userId: `u${index + 1}`, username: `U ${index + 1}` }));

/** The first host does as `first` says; the second one works. */
async function run(first: (service: Service) => Promise<string>) {
	const vendor = vendorNamed('rongcloud');
	const { service, users } = vendor.world();
	const backup = await started(service);
	const profile: object = JSON.parse(vendor.credential.profileJson);
	const profileJson = JSON.stringify({ ...profile, baseUrl: [await first(service), backup.url] });
	const result = await runWorkflow({ items, credentials: { ...vendor.credential, baseUrl: '', profileJson } });
	return { ...result, users, backup };
}

test('where nobody listens, the second host does it all', async () => {
	const { error, outputs, users, backup } = await run(async (service) => {
		const gone = await serve(service);
		await gone.close();
		return gone.url;
	});
	expect(error).toBe(undefined);
	expect(new Set(statuses(outputs[0]))).toEqual(new Set(['updated']));
	expect([users.size, backup.seen.length]).toEqual([30, 30]);
});

test('where the first host breaks down in the middle, the second does the rest', async () => {
	const { error, outputs, users, backup } = await run(async (service) => {
		let answered = 0;
		const served = await started((seen) => (++answered > 10 ? { status: 503, body: {} } : service(seen)));
		return served.url;
	});
	expect(error).toBe(undefined);
	expect(new Set(statuses(outputs[0]))).toEqual(new Set(['updated']));
	expect([users.size, backup.seen.length]).toEqual([30, 20]);
});

test('where there is no such host, the second is asked without a wait', async () => {
	const { error, outputs, backup } = await run(async () => 'http://no-such-host.invalid');
	expect(error).toBe(undefined);
	expect(new Set(statuses(outputs[0]))).toEqual(new Set(['updated']));
	expect(backup.seen).toHaveLength(30);
});
