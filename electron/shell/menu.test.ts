import type { MenuItemConstructorOptions } from 'electron';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AppCommand } from '../shared/contract/streams.ts';
import { registerLanguage, setLanguage } from '../shared/messages/message.ts';
import { pt } from '../shared/messages/pt/index.ts';
import { menuTemplate } from './menu.ts';

const done: string[] = [];
const actions = {
  command: (command: string) => done.push(command),
  textSize: (step: string) => done.push(`text ${step}`),
  openLogs: () => done.push('logs'),
};
const template = (isMac: boolean, isDevelopment = false): MenuItemConstructorOptions[] => menuTemplate(actions, { isMac, isDevelopment });
const itemsOf = (menu: readonly MenuItemConstructorOptions[]): readonly MenuItemConstructorOptions[] =>
  menu.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? itemsOf(item.submenu) : [])]);
const labels = (menu: readonly MenuItemConstructorOptions[]): readonly string[] => itemsOf(menu).flatMap(({ label }) => label ?? []);

beforeAll(() => registerLanguage('pt', pt));
afterEach(() => {
  setLanguage('en');
  done.length = 0;
});

describe.each([
  ['macOS', true],
  ['Windows and Linux', false],
])('the menu on %s', (_, isMac) => {
  it('leads to everything that the window can be told, and to each once', () => {
    // A file that was opened from outside is no choice in a menu, and the shell itself sets the size of the text.
    const notInMenu = new Set(['opened', 'largerText', 'smallerText', 'normalText']);
    const press = (item: MenuItemConstructorOptions): void => {
      if (item.visible !== false) Reflect.apply(item.click ?? ((): void => undefined), undefined, []);
    };
    for (const item of itemsOf(template(isMac))) press(item);
    expect(done.toSorted()).toEqual(
      [...AppCommand.options.filter((command) => !notInMenu.has(command)), 'logs', 'text larger', 'text normal', 'text smaller'].toSorted(),
    );
  });

  it('gives no id to two things, or one of them could not be found', () => {
    const ids = itemsOf(template(isMac)).flatMap(({ id }) => id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('gives no key to two things', () => {
    const keys = itemsOf(template(isMac)).flatMap(({ accelerator }) => accelerator ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('has a label of our own wherever the system would put an English one', () => {
    const bare = itemsOf(template(isMac)).filter(({ type, label }) => type !== 'separator' && label === undefined);
    expect(bare).toEqual([]);
  });

  it('speaks Portuguese throughout', () => {
    const english = labels(template(isMac));
    setLanguage('pt');
    const portuguese = labels(template(isMac));
    expect(portuguese).toHaveLength(english.length);
    expect(portuguese.filter((label) => english.includes(label))).toEqual(isMac ? ['Triad'] : []);
  });

  it('has tools for developers in a checkout only', () => {
    const roles = (isDevelopment: boolean): readonly unknown[] => itemsOf(template(isMac, isDevelopment)).map(({ role }) => role);
    expect(roles(true)).toContain('toggleDevTools');
    expect(roles(false)).not.toContain('toggleDevTools');
    expect(roles(false)).not.toContain('forceReload');
  });
});

it('marks letters to press with Alt, each once, but not on macOS', () => {
  const letters = template(false).map(({ label }) => /&(.)/u.exec(label ?? '')?.[1]);
  expect(new Set(letters).size).toBe(4);
  expect(letters).not.toContain(undefined);
  expect(labels(template(true)).join('')).not.toContain('&');
});
