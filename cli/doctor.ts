import process from 'node:process';
import type { Command } from 'commander';
import { checkApi, checkWorker } from './doctor/api.js';
import { type Check, checkDisk, checkEnvironment, checkNode } from './doctor/machine.js';
import { checkNeo4j, checkRedis } from './doctor/services.js';
import { settingsOf } from './doctor/settings.js';
import { say, sayJson } from './terminal.js';

/** `vetxanh doctor`: whether everything is well, and a way on for each thing that is not (SPEC 12). */
export function doctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('Look whether the services are well, and say what to do about each that is not.')
    .option('--json', 'print the findings as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const settings = settingsOf(process.env);
      const checks = await Promise.all([
        checkNode(process.versions.node),
        checkEnvironment(settings),
        checkRedis(settings),
        checkNeo4j(settings),
        checkApi(process.env),
        checkWorker(process.env),
        checkDisk(settings),
      ]);
      const isWell = checks.every(({ well }) => well);
      if (json) sayJson({ well: isWell, checks });
      else for (const check of checks) say(tell(check));
      if (!isWell) process.exitCode = 1;
    });
}

function tell({ name, well, found, wayOn }: Check): string {
  const line = `${well ? 'well    ' : 'NOT WELL'}  ${name.padEnd(11)}  ${found}`;
  return wayOn === undefined ? line : `${line}\n${' '.repeat(23)}${wayOn}`;
}
