// Operations chosen and set as in the editor: by the node's parameters.

import { chooseOperation, type ReadyOperation } from '../../nodes/TokenIm/operations/choose';
import type { Protocol } from '../../nodes/TokenIm/protocol/calls';
import type { Profile } from '../../nodes/TokenIm/protocol/profile/profile';

/** By name; what is not there is as the editor shows it at first. */
export type ParameterValues = Readonly<Record<string, unknown>>;

export function readyOperation(values: ParameterValues, profile: Profile, protocol: Protocol): ReadyOperation {
	return chooseOperation((name, fallback) => values[name] ?? fallback).ready(profile, protocol);
}
