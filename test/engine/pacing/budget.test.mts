import { describe, expect, it } from 'vitest';

import { RetryBudget } from '../../../nodes/TokenIm/engine/pacing/budget';

const takeAll = (budget: RetryBudget): number => {
	let taken = 0;
	while (budget.take()) taken++;
	return taken;
};

describe('the retry budget of a run', () => {
	it('holds 50 retries', () => {
		expect(takeAll(new RetryBudget())).toBe(50);
	});

	it('gives nothing more once it is spent', () => {
		const budget = new RetryBudget();
		takeAll(budget);
		expect(budget.take()).toBe(false);
		expect(budget.take()).toBe(false);
	});

	it('gets one back with each success', () => {
		const budget = new RetryBudget();
		takeAll(budget);
		budget.giveBack();
		budget.giveBack();
		expect(takeAll(budget)).toBe(2);
	});

	it('never grows beyond what it started with, however many successes there are', () => {
		const budget = new RetryBudget(3);
		for (let success = 0; success < 100; success++) budget.giveBack();
		expect(takeAll(budget)).toBe(3);
	});
});
