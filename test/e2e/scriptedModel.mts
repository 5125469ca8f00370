// A chat model on loopback that says what its script says: it speaks as much of OpenAI's chat completions as n8n's agent
// asks for, and keeps what it was asked.

import { createServer } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

export interface Asked {
	readonly messages: ReadonlyArray<{ readonly role: string; readonly content: unknown }>;
	readonly tools?: ReadonlyArray<{
		readonly function: { readonly name: string; readonly description?: string; readonly parameters: unknown };
	}>;
}

export interface ScriptedModel {
	/** For the credential of n8n's OpenAI node. */
	readonly url: string;
	readonly asked: readonly Asked[];
	/** What it hands to the first tool that it is offered, once for each conversation; then it says "Done". */
	says(callTheToolWith: unknown): void;
	close(): Promise<void>;
}

export async function startScriptedModel(): Promise<ScriptedModel> {
	const asked: Asked[] = [];
	let next: unknown;
	const server = createServer(async (request, response) => {
		const ask: Asked = JSON.parse(await text(request));
		asked.push(ask);
		const hasAnswer = ask.messages.some(({ role }) => role === 'tool');
		const message = hasAnswer ? { role: 'assistant', content: 'Done' } : toolCall(ask, next);
		response.setHeader('content-type', 'application/json');
		response.end(
			JSON.stringify({
				id: 'chat-1',
				object: 'chat.completion',
				created: 0,
				model: 'scripted',
				choices: [{ index: 0, message, finish_reason: hasAnswer ? 'stop' : 'tool_calls' }],
				usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
			}),
		);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('no port');
	return {
		url: `http://127.0.0.1:${address.port}/v1`,
		asked,
		says: (callTheToolWith) => void (next = callTheToolWith),
		async close() {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}

function toolCall({ tools = [] }: Asked, input: unknown) {
	const name = tools[0]?.function.name ?? 'none';
	const call = { id: 'call-1', type: 'function', function: { name, arguments: JSON.stringify(input) } };
	return { role: 'assistant', content: null, tool_calls: [call] };
}
