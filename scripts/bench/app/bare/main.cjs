// The least that Electron can open: one sandboxed window with one heading.
const { app, BrowserWindow } = require('electron');
const path = require('node:path');

// As Triad does where it knows that there is none.
if (process.env['BARE_BY_SOFTWARE'] === '1') app.disableHardwareAcceleration();
app.on('window-all-closed', () => app.quit());
void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 832, webPreferences: { sandbox: true } });
  return window.loadFile(path.join(__dirname, 'index.html'));
});
