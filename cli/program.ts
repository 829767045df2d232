import { Command } from 'commander';
import { auditCommand } from './audit.js';
import { cardCommand } from './card.js';
import { caseCommand } from './case.js';
import { codeCommand } from './code.js';
import { doctorCommand } from './doctor.js';
import { exportCommand } from './export.js';
import { exposuresCommand } from './exposures.js';
import { gateCommand } from './gate.js';
import { importCommand } from './import.js';
import { replayCommand } from './replay.js';
import { riskCommand } from './risk.js';
import { simulateCommand } from './simulate.js';
import { statusCommand } from './status.js';
import { traceCommand } from './trace.js';
import { unitsCommand } from './units.js';
import { userCommand } from './user.js';

/** Every command there is: this list is the table of contents, one file each. */
const commands = [
  traceCommand,
  importCommand,
  exportCommand,
  replayCommand,
  caseCommand,
  exposuresCommand,
  statusCommand,
  simulateCommand,
  riskCommand,
  unitsCommand,
  auditCommand,
  userCommand,
  gateCommand,
  cardCommand,
  codeCommand,
  doctorCommand,
];

const addressHelp = `
Commands reach the running system at VETXANH_URL with VETXANH_TOKEN, or as .data/run.json says.
They end with 0 when done, 1 when refused or when differences were found, 2 when used wrongly.`;

/** The command line, ready to parse; parsing throws instead of ending the process. */
export function buildProgram(): Command {
  const program = new Command('vetxanh')
    .exitOverride()
    .description('Contact tracing with live venue check-in: files in and out, gates, cards, accounts.')
    .addHelpText('after', addressHelp)
    .showHelpAfterError('(add --help to see how it is used)')
    .helpCommand(true);
  for (const add of commands) add(program);
  return program;
}
