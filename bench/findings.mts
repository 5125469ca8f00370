// What a whole run of the bench has found: all that its report is made of.

import type { BigFile } from './bigFile.mts';
import type { CpuReading } from './cpu.mts';
import type { CaseResult, Ceiling, FirstUse, Scale } from './measure.mts';
import type { Variant } from './variants.mts';

export interface Findings {
	readonly machine: string;
	readonly cases: readonly CaseResult[];
	readonly heap: { readonly summary: readonly Scale[]; readonly node: readonly Scale[] };
	readonly ceilings: readonly Ceiling[];
	readonly variants: readonly Variant[];
	readonly firstUses: readonly FirstUse[];
	readonly bigFile: BigFile;
	readonly cpu: CpuReading;
}
