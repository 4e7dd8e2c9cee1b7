import type { MenuItemConstructorOptions } from 'electron';
import type { AppCommand } from '../shared/contract/streams.ts';
import { message, say, type MessageCode } from '../shared/messages/message.ts';
import type { TextSizeStep } from './window/textSize.ts';

/** What the menu does. */
export interface MenuActions {
  command(command: AppCommand): void;
  textSize(step: TextSizeStep): void;
  readonly openLogs: () => void;
}

type MenuCode = Extract<MessageCode, `shell.menu.${string}`>;

/** The native menu in the current language. Items with a role do by themselves what every program's do. */
export function menuTemplate(
  actions: MenuActions,
  system: { readonly isMac: boolean; readonly isDevelopment: boolean },
): MenuItemConstructorOptions[] {
  const { isMac, isDevelopment } = system;
  const label = (code: MenuCode): string => {
    const text = say(message(code));
    // Underlined letters are not a thing of macOS, which would show the mark.
    return isMac ? text.replace('&', '') : text;
  };
  const item = (code: MenuCode, command: AppCommand, accelerator?: string): MenuItemConstructorOptions => ({
    id: command,
    label: label(code),
    click: () => actions.command(command),
    ...(accelerator === undefined ? {} : { accelerator }),
  });
  const size = (code: MenuCode, step: TextSizeStep, accelerator: string, isShown = true): MenuItemConstructorOptions => ({
    label: label(code),
    accelerator,
    click: () => actions.textSize(step),
    ...(isShown ? { id: `textSize.${step}` } : { visible: false, acceleratorWorksWhenHidden: true }),
  });
  const role = (code: MenuCode, name: NonNullable<MenuItemConstructorOptions['role']>): MenuItemConstructorOptions => ({
    label: label(code),
    role: name,
  });
  const line: MenuItemConstructorOptions = { type: 'separator' };
  const about = item('shell.menu.about', 'about');
  const settings = item('shell.menu.settings', 'settings', 'CmdOrCtrl+,');

  const appMenu: MenuItemConstructorOptions = {
    label: 'Triad',
    submenu: [
      about,
      line,
      settings,
      line,
      role('shell.menu.hide', 'hide'),
      role('shell.menu.hideOthers', 'hideOthers'),
      role('shell.menu.showAll', 'unhide'),
      line,
      role('shell.menu.quit', 'quit'),
    ],
  };
  return [
    ...(isMac ? [appMenu] : []),
    {
      id: 'menu.file',
      label: label('shell.menu.file'),
      submenu: [
        item('shell.menu.newInstallation', 'newInstallation', 'CmdOrCtrl+N'),
        item('shell.menu.open', 'open', 'CmdOrCtrl+O'),
        item('shell.menu.home', 'home', 'CmdOrCtrl+Shift+H'),
        line,
        ...(isMac ? [role('shell.menu.close', 'close')] : [settings, line, role('shell.menu.quit', 'quit')]),
      ],
    },
    {
      id: 'menu.edit',
      label: label('shell.menu.edit'),
      submenu: [
        role('shell.menu.undo', 'undo'),
        role('shell.menu.redo', 'redo'),
        line,
        role('shell.menu.cut', 'cut'),
        role('shell.menu.copy', 'copy'),
        role('shell.menu.paste', 'paste'),
        role('shell.menu.selectAll', 'selectAll'),
      ],
    },
    {
      id: 'menu.view',
      label: label('shell.menu.view'),
      submenu: [
        item('shell.menu.report', 'report', 'CmdOrCtrl+R'),
        line,
        size('shell.menu.largerText', 'larger', 'CmdOrCtrl+Plus'),
        // Where the plus sign lies on the key of the equals sign, nobody presses Shift for it; and the number pad has one of its own.
        size('shell.menu.largerText', 'larger', 'CmdOrCtrl+=', false),
        size('shell.menu.largerText', 'larger', 'CmdOrCtrl+numadd', false),
        size('shell.menu.smallerText', 'smaller', 'CmdOrCtrl+-'),
        size('shell.menu.smallerText', 'smaller', 'CmdOrCtrl+numsub', false),
        size('shell.menu.normalText', 'normal', 'CmdOrCtrl+0'),
        line,
        role('shell.menu.fullScreen', 'togglefullscreen'),
        ...(isDevelopment
          ? [line, { label: label('shell.menu.reload'), role: 'forceReload' as const }, { role: 'toggleDevTools' as const }]
          : []),
      ],
    },
    {
      id: 'menu.help',
      label: label('shell.menu.help'),
      role: 'help',
      submenu: [
        item('shell.menu.helpTopics', 'help', 'F1'),
        { id: 'logs', label: label('shell.menu.logs'), click: () => actions.openLogs() },
        ...(isMac ? [] : [line, about]),
      ],
    },
  ];
}
