// Programs that stand in for a server that is not as it should be, and what a user does to repair them.

import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';

/** `--version` is answered; `rest` is the shell's line for everything else. */
const versioned = (version, rest) => `#!/bin/sh\n[ "$1" = --version ] && { echo "azapi-ls ${version}"; exit; }\n${rest}\n`;

/** Answers `initialize` and `shutdown`, and can do nothing. */
const mute = `
let text = '';
process.stdin.on('data', (data) => {
  text += data;
  for (let found; (found = /^Content-Length: (\\d+)\\r\\n\\r\\n/.exec(text)); ) {
    const message = JSON.parse(text.substr(found[0].length, found[1]));
    text = text.slice(found[0].length + Number(found[1]));
    if (message.method === 'exit') process.exit();
    if (message.id === undefined) continue;
    const answer = JSON.stringify({ jsonrpc: '2.0', id: message.id, result: message.method === 'initialize' ? { capabilities: {} } : null });
    process.stdout.write(\`Content-Length: \${answer.length}\\r\\n\\r\\n\${answer}\`);
  }
});`;

const programs = {
  /** Says that it is another program. */
  other: () => '#!/bin/sh\necho "GNU hello 2.12"\n',
  /** Is marked as a program, and is none. */
  broken: () => 'neither a script nor a program',
  older: (server) => versioned('0.0.1', `exec '${server}' "$@"`),
  newer: (server) => versioned('99.0.0', `exec '${server}' "$@"`),
  crashing: () => versioned('99.0.0', 'exit 1'),
  silent: () => versioned('99.0.0', `exec '${process.execPath}' -e 'setInterval(() => {}, 1_000)'`),
  mute: (_server, folder) => versioned('99.0.0', `exec '${process.execPath}' '${path.join(folder, 'mute.cjs')}'`),
};

/** Writes the programs into the folder. */
export function writeStandIns(folder, server) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'mute.cjs'), mute);
  for (const [name, text] of Object.entries(programs)) writeProgram(path.join(folder, name), text(server, folder));
}

/** A newer version is installed in the place of the program. */
export function repair(folder, name, server) {
  rmSync(path.join(folder, name));
  writeProgram(path.join(folder, name), programs.newer(server));
}

function writeProgram(file, text) {
  writeFileSync(file, text);
  chmodSync(file, 0o755);
}
