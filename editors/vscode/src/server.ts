// Finds the program that is the language server.
import { constants, promises as fs } from 'node:fs';
import * as path from 'node:path';

export interface ServerCommand {
  command: string;
  args: string[];
}

/** What the choice depends on: the setting, the workspace's folders, and whether the user trusts them. */
export interface ServerSearch {
  setting: string | string[];
  folders: string[];
  trusted: boolean;
  searchPath: string;
}

const windows = process.platform === 'win32';
const program = windows ? 'wf.exe' : 'wf';

/** The server's command, or null when there is none. A folder that is not trusted never has its own program started. */
export async function findServer(search: ServerSearch): Promise<ServerCommand | null> {
  const [setting, ...args] = typeof search.setting === 'string' ? [search.setting] : search.setting;
  const command = await firstExecutable(setting ? named(setting, search) : usual(search));
  return command === undefined ? null : { command, args };
}

function named(setting: string, search: ServerSearch): string[] {
  const command = setting.replaceAll('${workspaceFolder}', search.folders[0] ?? '');
  return path.basename(command) === command ? onPath(command, search) : [command];
}

function usual(search: ServerSearch): string[] {
  const environments = search.trusted ? search.folders.map((folder) => path.join(folder, '.venv', windows ? 'Scripts' : 'bin')) : [];
  return [...environments.map((folder) => path.join(folder, program)), ...onPath(program, search)];
}

function onPath(name: string, search: ServerSearch): string[] {
  const folders = search.searchPath.split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  return folders.map((folder) => path.join(folder, name));
}

async function firstExecutable(files: string[]): Promise<string | undefined> {
  for (const file of files) {
    try {
      await fs.access(file, constants.X_OK);
      return file;
    } catch {
      continue;
    }
  }
  return undefined;
}
