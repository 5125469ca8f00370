// Whether a column or an attribute is the class of a pupil. What such a class is called (3-1) spreadsheets make dates of.

import { aliasKeys, columnKey } from '../cells/text';
import { USER_ALIASES } from './aliases';

const KEYS: ReadonlySet<string> = new Set((USER_ALIASES['attributes.class'] ?? []).flat().map(columnKey));

export function isClassColumn(name: string): boolean {
	return aliasKeys(name).some((key) => KEYS.has(key.replace(/^attributes\./, '')));
}
