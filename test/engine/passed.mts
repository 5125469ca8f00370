/** Whether the promise is settled by the next turn of the event loop. */
export async function passed(promise: Promise<unknown>): Promise<boolean> {
	const open = Symbol();
	const turn = new Promise((resolve) => setImmediate(() => resolve(open)));
	return (await Promise.race([promise, turn])) !== open;
}
