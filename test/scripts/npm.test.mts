import { expect, test } from 'vitest';
import { npmProgram } from '../../scripts/lib/npm.mts';

test.each([
	['where npm says where it lies', 'linux', '/opt/npm-cli.js', ['/bin/node', '/opt/npm-cli.js']],
	['on the PATH', 'linux', '', ['npm']],
	[
		'beside Node.js on Windows, where no script of the shell can be started',
		'win32',
		'',
		['C:\\node\\node.exe', 'C:\\node\\node_modules\\npm\\bin\\npm-cli.js'],
	],
])('npm is run %s', (_where, platform, script, expected) => {
	const { command, before } = npmProgram(platform, script, platform === 'win32' ? 'C:\\node\\node.exe' : '/bin/node');
	expect([command, ...before]).toEqual(expected);
});
