/** Builds the package into `outDir`, `dist/` where it is left out; what was there is removed first. */
export function buildPackage(options?: { readonly outDir?: string }): Promise<void>;
