// A worker that sends back what it is sent, with bulk; at the word `end` it ends instead.

process.on('message', (order: { readonly say: string }) => {
	if (order.say === 'end') process.exit(3);
	process.send?.({
		said: order.say,
		flags: process.execArgv,
		mark: process.env.TOKENIM_MARK,
		bulk: Array.from({ length: 1_000 }, (_, index) => ({ index })),
	});
});
process.on('disconnect', () => process.exit());
