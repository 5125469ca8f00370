// The e-mail of a night as a mail program shows it. Its words are those that nightly-sync.json sent; only the window
// around them is drawn here.

export interface Mail {
	readonly from: string;
	readonly to: string;
	readonly subject: string;
	readonly text: string;
}

/** A page with this mail alone, in light colours. */
export function mailPage({ from, to, subject, text }: Mail): string {
	return `<!doctype html><meta charset="utf-8"><title>Mail</title>
<style>
	body { margin: 0; padding: 12px; background: #f3f4f6; font: 15px/1.5 system-ui, sans-serif; color: #1f2937; }
	article { background: #fff; border: 1px solid #d1d5db; border-radius: 8px; width: 760px; }
	header { padding: 14px 20px; border-bottom: 1px solid #e5e7eb; }
	h1 { font-size: 17px; margin: 0 0 4px; }
	p { margin: 0; color: #6b7280; font-size: 13px; }
	pre { margin: 0; padding: 16px 20px; font: inherit; white-space: pre-wrap; }
</style>
<article><header><h1>${escaped(subject)}</h1><p>${escaped(from)} to ${escaped(to)}</p></header><pre>${escaped(text)}</pre></article>`;
}

function escaped(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
