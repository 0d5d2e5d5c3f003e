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
  const [command, ...args] = typeof search.setting === 'string' ? [search.setting] : search.setting;
  if (command) return { command: expand(command, search.folders), args };
  const found = await firstExecutable(candidates(search));
  return found === undefined ? null : { command: found, args: [] };
}

function candidates(search: ServerSearch): string[] {
  const environments = search.trusted ? search.folders.map((folder) => path.join(folder, '.venv', windows ? 'Scripts' : 'bin')) : [];
  const searched = search.searchPath.split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  return [...environments, ...searched].map((folder) => path.join(folder, program));
}

function expand(command: string, folders: string[]): string {
  return command.replaceAll('${workspaceFolder}', folders[0] ?? '');
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
