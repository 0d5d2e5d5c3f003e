// From a step's path, as traces and plans name it, to the place where the step is written, as the server's symbols say.
import * as vscode from 'vscode';

/** Shows the step `path` of `workflow` in the document's editor and puts the cursor on its id. */
export async function jumpToStep(uri: vscode.Uri, workflow: string, path: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const open = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
  const editor = await vscode.window.showTextDocument(document, { viewColumn: open?.viewColumn ?? vscode.ViewColumn.One });
  const found = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>('vscode.executeDocumentSymbolProvider', uri);
  const range = locateStep(found ?? [], workflow, path);
  if (range === undefined) return;
  editor.selection = new vscode.Selection(range.start, range.end);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

function locateStep(symbols: vscode.DocumentSymbol[], workflow: string, path: string): vscode.Range | undefined {
  let scope = symbols.find((symbol) => symbol.name === workflow && symbol.children.length > 0);
  let found: vscode.DocumentSymbol | undefined;
  // `orders[2].charge~fallback` is the step `charge` inside the step `orders`; the steps of a sub-workflow are in another
  // document, and the last step that this one has is the one that runs it.
  for (const segment of path.split('.')) {
    const id = segment.replace(/\[\d+\]|~.*$/g, '');
    scope = scope?.children.find((symbol) => symbol.name === id && symbol.kind === vscode.SymbolKind.Function);
    found = scope ?? found;
  }
  return found?.selectionRange;
}
