// Processes: everything that a run starts is ended by it, by its id.

import { execFile, spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { sleep } from './wait.mjs';

const started = new Set();

/** Starts a program in a process group of its own; its output is gathered in `child.output`. */
export function start(program, args, options = {}) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true, ...options });
  child.output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (child.output += data));
  child.on('error', (error) => (child.output += `${error}\n`));
  child.ended = new Promise((resolve) => child.on('close', resolve));
  started.add(child);
  void child.ended.then(() => started.delete(child));
  return child;
}

/** Ends a process that `start` gave, and what it started in its group. */
export async function end(child) {
  for (const signal of ['SIGTERM', 'SIGKILL']) {
    if (child.exitCode !== null || child.signalCode !== null) break;
    signalGroup(child, signal);
    await Promise.race([child.ended, sleep(4_000)]);
  }
  started.delete(child);
}

function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}

process.on('exit', () => started.forEach((child) => signalGroup(child, 'SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));

/** Runs a program to its end and gives its standard output; fails with all it wrote. */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    execFile(program, args, { encoding: 'utf8', maxBuffer: 1 << 26, timeout: 300_000, ...options }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${program} ${args.join(' ')}: ${error.message}\n${stdout}${stderr}`));
      else resolve(stdout);
    });
  });
}

/** The ids of the running processes whose program was started by exactly this name. */
export function processesOf(program) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((id) => {
      try {
        return readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0')[0] === program;
      } catch {
        return false;
      }
    })
    .map(Number);
}
