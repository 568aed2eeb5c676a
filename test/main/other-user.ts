// Another user of this machine, as root can play one. The clone, and the Node in it, may lie in a folder that no other user
// can enter: what the other user runs is copied to where everybody can read it.
import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, linkSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** `nobody`, in a group of its own. */
const uid = 65534;

/** Tests of other users run where we may be any of them. */
export const canBeOthers = process.getuid?.() === 0;

/** A new folder that every user can read; TMPDIR may be private. */
export function publicFolder(prefix: string): string {
  const parent = [tmpdir(), '/tmp', '/var/tmp'].find(isOpenToAll) ?? tmpdir();
  const folder = mkdtempSync(join(parent, prefix));
  chmodSync(folder, 0o755);
  return folder;
}

function isOpenToAll(folder: string): boolean {
  const mayEnter = ((statSync(folder, { throwIfNoEntry: false })?.mode ?? 0) & 0o001) !== 0;
  return mayEnter && (folder === dirname(folder) || isOpenToAll(dirname(folder)));
}

export class OtherUser {
  readonly #folder = publicFolder('objgraph-other-user-');
  readonly #node = join(this.#folder, 'node');

  constructor() {
    try {
      linkSync(process.execPath, this.#node);
    } catch {
      // Another file system, or one without links.
      copyFileSync(process.execPath, this.#node);
      chmodSync(this.#node, 0o755);
    }
  }

  /** Runs a program of a line or two. */
  async evaluate(program: string, { as = uid } = {}): Promise<string> {
    return (await this.#run(['-e', program], as)).stdout.trim();
  }

  /** Runs the built command. */
  async objgraph(args: readonly string[]): Promise<{ status: number; stderr: string }> {
    const installed = join(this.#folder, 'objgraph');
    mkdirSync(installed, { recursive: true });
    for (const part of ['package.json', 'dist', 'node_modules/ws'])
      cpSync(join(root, part), join(installed, part), { recursive: true });
    // The clone's files may be readable to their owner alone.
    execFileSync('chmod', ['-R', 'go+rX', this.#folder]);
    const { status, stderr } = await this.#run([join(installed, 'dist/cli.js'), ...args], uid);
    return { status, stderr };
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }

  #run(args: string[], as: number) {
    // In a folder that it may be in, and without our Node options.
    const env = { PATH: process.env.PATH, TMPDIR: this.#folder };
    const options = { uid: as, gid: as, cwd: '/', env };
    return new Promise<{ status: number; stdout: string; stderr: string }>((resolve) => {
      execFile(this.#node, args, options, (error, stdout, stderr) =>
        resolve({ status: error ? Number(error.code) : 0, stdout, stderr }),
      );
    });
  }
}
