// The webviews: one that shows a run's trace, one that shows a dry run's plan.
import { randomBytes } from 'node:crypto';

import * as vscode from 'vscode';

import type { View, ViewRequest } from './shared/messages';

/** What a view can ask for, besides being shown. */
export interface ViewActions {
  jump(path: string): void;
  run(): void;
  dryRun(): void;
  cancel(): void;
}

export class ViewPanel implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private view: View | undefined;
  private actions: ViewActions | undefined;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly viewType: string,
  ) {}

  /** Shows the view, in a new panel beside the editor if there is none yet. */
  show(title: string, view: View, actions: ViewActions): void {
    this.actions = actions;
    if (this.panel === undefined) this.open();
    else if (!this.panel.visible) this.panel.reveal(undefined, true);
    if (this.panel !== undefined) this.panel.title = title;
    this.update(view);
  }

  get visible(): boolean {
    return this.panel?.visible ?? false;
  }

  /** Shows another state of what the panel shows already; nothing when the user has closed it. */
  update(view: View): void {
    this.view = view;
    void this.panel?.webview.postMessage(view);
  }

  dispose(): void {
    this.panel?.dispose();
  }

  private open(): void {
    const resources = vscode.Uri.joinPath(this.extensionUri, 'dist');
    this.panel = vscode.window.createWebviewPanel(
      this.viewType,
      'Workflow',
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, localResourceRoots: [resources] },
    );
    const icon = (theme: string): vscode.Uri => vscode.Uri.joinPath(this.extensionUri, 'images', `trace-${theme}.svg`);
    this.panel.iconPath = { light: icon('light'), dark: icon('dark') };
    this.panel.onDidDispose(() => (this.panel = undefined));
    this.panel.webview.onDidReceiveMessage((request: ViewRequest) => this.answer(request));
    this.panel.webview.html = page(this.panel.webview, resources);
  }

  private answer(request: ViewRequest): void {
    switch (request.kind) {
      case 'ready':
        if (this.view !== undefined) void this.panel?.webview.postMessage(this.view);
        break;
      case 'jump':
        this.actions?.jump(request.path);
        break;
      case 'run':
        this.actions?.run();
        break;
      case 'dryRun':
        this.actions?.dryRun();
        break;
      case 'cancel':
        this.actions?.cancel();
        break;
      case 'copy':
        void vscode.env.clipboard.writeText(request.text);
        break;
    }
  }
}

function page(webview: vscode.Webview, resources: vscode.Uri): string {
  const nonce = randomBytes(18).toString('base64url');
  const script = webview.asWebviewUri(vscode.Uri.joinPath(resources, 'view.js')).toString();
  const style = webview.asWebviewUri(vscode.Uri.joinPath(resources, 'style.css')).toString();
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<title>Workflow</title>
</head>
<body>
<main id="app"></main>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}
