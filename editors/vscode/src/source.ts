// From a step's path, as traces and plans name it, to the place where the step is written.
import * as vscode from 'vscode';

/** Shows the step `path` of `workflow` in the document's editor and puts the cursor on its id. */
export async function jumpToStep(uri: vscode.Uri, workflow: string, path: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const open = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
  const editor = await vscode.window.showTextDocument(document, { viewColumn: open?.viewColumn ?? vscode.ViewColumn.One });
  const range = locateStep(document, workflow, path);
  if (range === undefined) return;
  editor.selection = new vscode.Selection(range.start, range.end);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

function locateStep(document: vscode.TextDocument, workflow: string, path: string): vscode.Range | undefined {
  let from = findLine(document, 'name', workflow, 0)?.start.line ?? 0;
  let found: vscode.Range | undefined;
  // `orders[2].charge~fallback` is the step `charge` inside the step `orders`; a sub-workflow's steps are in another
  // document, and the last step that this one has is the one that runs it.
  for (const segment of path.split('.')) {
    const range = findLine(document, 'id', segment.replace(/\[\d+\]|~.*$/g, ''), from);
    if (range === undefined) break;
    found = range;
    from = range.start.line + 1;
  }
  return found;
}

function findLine(document: vscode.TextDocument, key: string, value: string, from: number): vscode.Range | undefined {
  for (let number = from; number < document.lineCount; number++) {
    const line = document.lineAt(number).text;
    const match = /^[\s\-{]*(\w+)\s*:\s*["']?([^\s"',}#]+)/.exec(line);
    if (match?.[1] === key && match[2] === value) {
      const start = line.indexOf(value, line.indexOf(':'));
      return new vscode.Range(number, start, number, start + value.length);
    }
  }
  return undefined;
}
