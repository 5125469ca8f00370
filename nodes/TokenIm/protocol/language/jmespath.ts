// JMESPath (https://jmespath.org) within bounds: run here with a budget, so that no expression of a stranger takes long
// (docs/api-profiles.md). Reads own properties only (law 12).

import { parse, type Node } from './jmespathTree';
import { isRecord, own } from './own';

/** Values that one expression may visit in one answer; a visit takes far less than a microsecond. */
const MOST_VISITS = 50_000;

/** Compiles an expression that `mistakeOfExpression` finds nothing wrong with. Out of budget it gives `undefined`. */
export function compileExpression(text: string): (value: unknown) => unknown {
	const tree = parse(text);
	if (tree === undefined) return () => undefined;
	return (value) => {
		try {
			return new Interpreter().visit(tree, value) ?? undefined;
		} catch {
			// Out of budget.
			return undefined;
		}
	};
}

class OutOfBudget extends Error {}

class Interpreter {
	private left = MOST_VISITS;

	visit(node: Node, value: unknown): unknown {
		if (this.left-- <= 0) throw new OutOfBudget();
		const [first, second, third] = node.children;
		switch (node.type) {
			case 'Field':
				return own(value, String(node.name));
			case 'Identity':
			case 'Current':
				return value;
			case 'Literal':
				return node.value;
			case 'Subexpression':
			case 'IndexExpression':
			case 'Pipe':
				return this.through(second, this.through(first, value));
			case 'Index':
				return Array.isArray(value) && typeof node.value === 'number' ? value.at(node.value) : undefined;
			case 'Slice':
				return Array.isArray(value) ? sliced(value, node.bounds) : undefined;
			case 'Projection':
				return this.each(second, listOf(this.through(first, value)));
			case 'ValueProjection':
				return this.each(second, valuesOf(this.through(first, value)));
			case 'FilterProjection': {
				const list = listOf(this.through(first, value));
				return this.each(
					second,
					list?.filter((item) => isTrue(this.through(third, item))),
				);
			}
			case 'Flatten':
				return this.flat(listOf(this.through(first, value)));
			case 'Comparator':
				return compare(String(node.name), this.through(first, value), this.through(second, value));
			case 'OrExpression': {
				const one = this.through(first, value);
				return isTrue(one) ? one : this.through(second, value);
			}
			case 'AndExpression': {
				const one = this.through(first, value);
				return isTrue(one) ? this.through(second, value) : one;
			}
			case 'NotExpression':
				return !isTrue(this.through(first, value));
			case 'MultiSelectList':
				return value === undefined || value === null
					? undefined
					: node.children.map((child) => this.visit(child, value));
			case 'MultiSelectHash': {
				if (value === undefined || value === null) return undefined;
				const made: Record<string, unknown> = Object.create(null);
				for (const pair of node.children) made[String(pair.name)] = this.through(pair.children[0], value);
				return made;
			}
			case 'Function':
				return this.call(
					String(node.name),
					node.children.map((child) => this.visit(child, value)),
				);
			default:
				return undefined;
		}
	}

	private through(node: Node | undefined, value: unknown): unknown {
		return node === undefined ? undefined : this.visit(node, value);
	}

	private each(node: Node | undefined, list: readonly unknown[] | undefined): unknown {
		if (list === undefined) return undefined;
		this.left -= list.length;
		return list.map((item) => this.through(node, item)).filter((item) => item !== undefined && item !== null);
	}

	private flat(list: readonly unknown[] | undefined): unknown {
		if (list === undefined) return undefined;
		this.left -= list.reduce<number>((sum, item) => sum + (Array.isArray(item) ? item.length : 1), 0);
		if (this.left <= 0) throw new OutOfBudget();
		return list.flatMap((item: unknown) => item);
	}

	private call(name: string, [first, ...others]: readonly unknown[]): unknown {
		if (name === 'not_null') return [first, ...others].find((item) => item !== undefined && item !== null);
		if (name === 'to_number') return typeof first === 'number' ? first : numberOf(first);
		if (!isRecord(first)) return undefined;
		const made = name === 'keys' ? Object.keys(first) : Object.values(first);
		this.left -= made.length;
		return made;
	}
}

function listOf(value: unknown): readonly unknown[] | undefined {
	return Array.isArray(value) ? value : undefined;
}

function valuesOf(value: unknown): readonly unknown[] | undefined {
	return isRecord(value) ? Object.values(value) : undefined;
}

function isTrue(value: unknown): boolean {
	if (value === undefined || value === null || value === false || value === '') return false;
	if (Array.isArray(value)) return value.length > 0;
	return !isRecord(value) || Object.keys(value).length > 0;
}

/** Scalars compare as JMESPath has it; lists and objects never do: that would visit them whole. */
function compare(operator: string, one: unknown, other: unknown): boolean {
	const [left, right] = [one ?? null, other ?? null];
	if (operator === 'EQ') return left === right;
	if (operator === 'NE') return left !== right;
	if (typeof left !== 'number' || typeof right !== 'number') return false;
	if (operator === 'GT') return left > right;
	if (operator === 'GTE') return left >= right;
	return operator === 'LT' ? left < right : left <= right;
}

function numberOf(value: unknown): number | undefined {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
	return Number.isFinite(number) ? number : undefined;
}

function sliced(list: readonly unknown[], [from, to, step]: ReadonlyArray<number | null>): unknown {
	return (step ?? 1) === 1 ? list.slice(from ?? 0, to ?? undefined) : undefined;
}
