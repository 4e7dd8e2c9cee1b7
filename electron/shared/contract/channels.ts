/** Names of the procedures that the window may call: all that the preload knows, so that it stays small. */
export const PROCEDURE_NAMES = [
  'app.start',
  'app.saveSettings',
  'app.licences',
  'app.copy',
  'home.list',
  'drafts.create',
  'drafts.load',
  'drafts.save',
  'drafts.remove',
  'drafts.open',
  'drafts.export',
  'files.chooseKey',
  'files.chooseArchive',
  'secrets.store',
  'secrets.known',
  'secrets.generate',
  'secrets.reveal',
  'secrets.copy',
  'servers.test',
  'servers.forgetKey',
  'runs.start',
  'runs.cancel',
  'runs.answer',
  'runs.active',
  'runs.list',
  'plans.export',
  'reports.link',
  'reports.save',
  'reports.openFolder',
  'reports.connections',
  'reports.copyConnection',
  'practice.status',
  'practice.start',
] as const;

/** Names of the streams that the window may follow. */
export const STREAM_NAMES = ['runs.events', 'runs.questions', 'practice.progress', 'app.commands'] as const;

/** IPC channels between preload and main. `received` tells main that a batch of `push` was handled, so that it never buries a busy window. */
export const CHANNEL = {
  call: 'triad:call',
  subscribe: 'triad:subscribe',
  unsubscribe: 'triad:unsubscribe',
  push: 'triad:push',
  received: 'triad:received',
} as const;
