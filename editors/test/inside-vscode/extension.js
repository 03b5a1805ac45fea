// Answers questions about the editor over a socket: what a test asserts is what VS Code itself holds. One JSON object
// a line each way. Keys and clicks come from outside, as a user's do.

const net = require('node:net');
const fs = require('node:fs');
const vscode = require('vscode');

const active = () => vscode.window.activeTextEditor;

const answers = {
  async open({ file }) {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
    await vscode.window.showTextDocument(document, { preview: false });
    return true;
  },
  text: () => active().document.getText(),
  put({ offset }) {
    const at = active().document.positionAt(offset);
    active().selection = new vscode.Selection(at, at);
    active().revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    return true;
  },
  diagnostics() {
    const document = active().document;
    return vscode.languages
      .getDiagnostics(document.uri)
      .filter((it) => it.source === 'azapi')
      .map((it) => ({ code: it.code?.value ?? it.code, message: it.message, severity: vscode.DiagnosticSeverity[it.severity], on: document.getText(it.range) }));
  },
  async outline() {
    const symbols = await vscode.commands.executeCommand('vscode.executeDocumentSymbolProvider', active().document.uri);
    return (symbols ?? []).map((it) => it.name);
  },
  async set({ settings }) {
    const configuration = vscode.workspace.getConfiguration();
    for (const [name, value] of Object.entries(settings)) await configuration.update(name, value ?? undefined, vscode.ConfigurationTarget.Workspace);
    return true;
  },
  async run({ command }) {
    await vscode.commands.executeCommand(command);
    return true;
  },
  page: () => vscode.workspace.textDocuments.find((it) => it.uri.scheme === 'azapi-page')?.getText(),
  language: () => active().document.languageId,
  clipboard: () => vscode.env.clipboard.readText(),
};

exports.activate = () => {
  const path = process.env.AZAPI_LS_TEST_SOCKET;
  if (!path) return;
  fs.rmSync(path, { force: true });
  net.createServer((socket) => {
    let text = '';
    socket.on('data', async (data) => {
      text += data;
      if (!text.endsWith('\n')) return;
      const { ask, ...rest } = JSON.parse(text);
      text = '';
      try {
        socket.end(JSON.stringify({ answer: (await answers[ask](rest)) ?? null }));
      } catch (error) {
        socket.end(JSON.stringify({ error: String(error?.stack ?? error) }));
      }
    });
  }).listen(path);
};
