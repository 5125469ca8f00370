// What a person reads while they wait: lines, and tables that stay straight with Chinese text in them.

/** A failure with a remedy: `message` says what happened, `remedy` what to do. */
export class Trouble extends Error {
	readonly remedy: string;

	constructor(message: string, remedy: string, options?: ErrorOptions) {
		super(message, options);
		this.name = 'Trouble';
		this.remedy = remedy;
	}
}

/** One line for the reader. */
export function say(line = ''): void {
	process.stdout.write(`${line}\n`);
}

/** `10000` as `10,000`. */
export function count(value: number): string {
	return value.toLocaleString('en-US');
}

/** `1 group`, `200 groups`. */
export function many(value: number, one: string, more = `${one}s`): string {
	return `${count(value)} ${value === 1 ? one : more}`;
}

/** Rows under a header, columns aligned; columns of numbers to the right. */
export function table(header: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
	const all = [header, ...rows];
	const widths = header.map((_, column) => Math.max(...all.map((row) => width(row[column] ?? ''))));
	const numeric = header.map((_, column) => rows.length > 0 && rows.every((row) => /^[\d,]*$/.test(row[column] ?? '')));
	const line = (row: readonly string[]) =>
		widths
			.map((size, column) => {
				const cell = row[column] ?? '';
				const gap = ' '.repeat(size - width(cell));
				return numeric[column] ? gap + cell : cell + gap;
			})
			.join('  ')
			.trimEnd();
	return [line(header), widths.map((size) => '-'.repeat(size)).join('  '), ...rows.map(line)].join('\n');
}

/** Columns that a text takes on screen: Chinese characters take two. */
function width(text: string): number {
	return [...text].reduce(
		(sum, char) => sum + (/[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/.test(char) ? 2 : 1),
		0,
	);
}
