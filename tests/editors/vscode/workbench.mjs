// Starts the real VS Code workbench (code-server) on a throw-away profile with the extension installed, and opens it in
// Chromium. Every wait is on a condition that the user could see.
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import path from 'node:path';

const chromiumArguments = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const settings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.layoutControl.enabled': false,
  'workbench.activityBar.location': 'hidden',
  'window.commandCenter': false,
  'security.workspace.trust.enabled': false,
  'remote.autoForwardPorts': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.ignoreRecommendations': true,
  'editor.minimap.enabled': false,
  'editor.fontFamily': "'DejaVu Sans Mono', monospace",
  'editor.fontSize': 13,
  'editor.stickyScroll.enabled': false,
  'files.simpleDialog.enable': true,
};

/** A port that was free a moment ago. */
async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Polls `check` until it gives something true; fails with `what` after `timeout` ms. */
export async function until(what, check, timeout = 60_000) {
  const deadline = Date.now() + timeout;
  for (;;) {
    const found = await check();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`waited ${timeout / 1000} s in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function run(log, command, args, options) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => log(data.toString().trimEnd()));
  return child;
}

async function finish(child, what) {
  const code = await new Promise((resolve) => child.on('exit', resolve));
  if (code !== 0) throw new Error(`${what} exited with ${code}`);
}

/** `{page, close}` of a workbench that shows the folder `workspace`. */
export async function openWorkbench({ codeServer, playwright, vsix, profile, workspace, log, overrides = {}, environment = {} }) {
  const userData = path.join(profile, 'user-data');
  const extensions = path.join(profile, 'extensions');
  await mkdir(path.join(userData, 'User'), { recursive: true });
  await mkdir(extensions, { recursive: true });
  await writeFile(path.join(userData, 'User', 'settings.json'), JSON.stringify({ ...settings, ...overrides }, null, 2));

  const port = await freePort();
  const folders = ['--user-data-dir', userData, '--extensions-dir', extensions];
  const entry = path.join(codeServer, 'out', 'node', 'entry.js');
  // The profile is also the home, so that no configuration of this machine's user comes in.
  const home = { HOME: profile, XDG_CONFIG_HOME: profile, XDG_DATA_HOME: profile, XDG_STATE_HOME: profile };
  const options = { env: { ...process.env, ...home, ...environment } };
  await finish(run(log, process.execPath, [entry, ...folders, '--install-extension', vsix], options), 'installing the extension');

  const flags = ['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'];
  const server = run(log, process.execPath, [entry, ...folders, ...flags, workspace], options);
  const url = `http://127.0.0.1:${port}/`;
  let browser;
  const close = async () => {
    await browser?.close();
    const ended = new Promise((resolve) => server.once('exit', resolve));
    if (server.kill('SIGTERM')) await ended;
  };
  try {
    await until('code-server answers', () => fetch(new URL('healthz', url)).then((answer) => answer.ok, () => false));
    const { chromium } = createRequire(path.join(playwright, 'package.json'))('playwright-core');
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: chromiumArguments });
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1.5 });
    page.on('console', (message) => log(`[console.${message.type()}] ${message.text()}`));
    page.setDefaultTimeout(60_000);
    await page.goto(`${url}?folder=${encodeURIComponent(workspace)}`);
    await page.locator('.monaco-workbench').waitFor();
    return { page, close };
  } catch (error) {
    await close();
    throw error;
  }
}

// What is typed before the picker listens is lost: it is typed again until the list shows what it should.
async function pick(page, key, text, wanted) {
  const input = page.locator('.quick-input-widget input[type=text]');
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: wanted }).first();
  await until(`"${wanted}" can be picked`, async () => {
    if (!(await input.isVisible())) await page.keyboard.press(key);
    await input.waitFor();
    await input.fill('');
    await input.fill(text);
    return row.waitFor({ timeout: 3_000 }).then(() => true, () => false);
  });
  await row.click();
}

/** Opens a file of the workspace by its name and waits for its first line of text. */
export async function openFile(page, name) {
  await pick(page, 'Control+P', name, name);
  await page.locator('.tab.active', { hasText: name }).waitFor();
  await page.locator('.editor-instance .view-line').first().waitFor();
}

/** Runs a command of the palette by its title. */
export async function runCommand(page, title) {
  await pick(page, 'F1', `>${title}`, title);
}

/** Moves the cursor to a line (from 1) and column (from 1). */
export async function goTo(page, line, column) {
  await page.keyboard.press('Control+G');
  const input = page.locator('.quick-input-widget input[type=text]');
  await input.waitFor();
  await input.fill(`:${line}:${column}`);
  await page.keyboard.press('Enter');
  await input.waitFor({ state: 'hidden' });
}

/** The document inside the webview that shows `selector`. */
export async function webviewWith(page, selector) {
  return until(`a webview shows ${selector}`, async () => {
    for (const frame of page.frames()) {
      if (frame.isDetached() || frame === page.mainFrame()) continue;
      const shown = await frame.locator(selector).first().isVisible().catch(() => false);
      if (shown) return frame;
    }
    return undefined;
  });
}
