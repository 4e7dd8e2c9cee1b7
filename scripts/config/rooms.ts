// The table of rooms: who may import whom. Held by `scripts/check/architecture.ts`; the reasons are in electron/README.md.

/** One room of `electron/` or `renderer/` and everything that its production code may import beside itself. */
export interface Room {
  /** Which files belong to it, relative to the checkout. */
  readonly files: RegExp;
  /** Rooms that it may import. */
  readonly rooms: readonly RoomName[];
  /** Rooms of which it may import types only. */
  readonly types?: readonly RoomName[];
  /** npm packages that it may import. */
  readonly packages: readonly string[];
  /** Whether it may import Node's own modules. */
  readonly builtins: boolean;
}

/** The name of a room, as shown when its rule is broken. */
export type RoomName =
  | 'domain'
  | 'contract'
  | 'messages'
  | 'figures'
  | 'engine'
  | 'workflows'
  | 'phases'
  | 'checks'
  | 'hosts'
  | 'hosts/ssh'
  | 'hosts/linux'
  | 'hosts/windows'
  | 'redis'
  | 'artifacts'
  | 'report'
  | 'storage'
  | 'handlers'
  | 'cli'
  | 'shell'
  | 'main'
  | 'preload'
  | 'window'
  | 'window/app'
  | 'window/steps'
  | 'window/widgets'
  | 'window/state'
  | 'window/bridge'
  | 'window/theme';

const shared = ['domain', 'contract', 'messages', 'figures'] as const;
/** What every room of the core talks in: values of the domain, and messages by their code (never their texts). */
const words = ['domain', 'messages'] as const;
const waiting = ['p-map', 'p-retry', 'p-wait-for'] as const;
const core = ['engine', 'workflows', 'phases', 'checks', 'hosts', 'redis', 'artifacts', 'report', 'storage'] as const;

/** What every room of the window draws with. */
const drawing = ['react', '@mantine/core', '@mantine/hooks', '@tabler/icons-react'] as const;

/** Every room. A file below `electron/` or `renderer/` that is in none of them, or in two, is an error. */
export const rooms: Readonly<Record<RoomName, Room>> = {
  domain: { files: /^electron\/shared\/domain\//u, rooms: [], packages: ['zod', 'ipaddr.js', 'cluster-key-slot'], builtins: false },
  contract: { files: /^electron\/shared\/contract\//u, rooms: ['domain'], packages: ['zod'], builtins: false },
  messages: { files: /^electron\/shared\/messages\//u, rooms: ['domain'], packages: [], builtins: false },
  figures: {
    files: /^electron\/shared\/figures\//u,
    rooms: ['domain', 'messages'],
    packages: ['react', '@visx/group', '@visx/scale', '@visx/shape'],
    builtins: false,
  },
  engine: { files: /^electron\/engine\//u, rooms: words, types: ['storage'], packages: waiting, builtins: true },
  workflows: {
    files: /^electron\/workflows\//u,
    rooms: [...words, 'phases', 'checks'],
    types: ['engine', 'hosts', 'redis'],
    packages: [],
    builtins: true,
  },
  // Some phases run checks; no check knows a phase.
  phases: {
    files: /^electron\/phases\//u,
    // What `redis` does with connections that it is given (form, restore, watch): the connections themselves are handed in.
    rooms: [...words, 'artifacts', 'checks', 'redis'],
    types: ['engine', 'hosts'],
    packages: [...waiting, 'zod'],
    builtins: true,
  },
  checks: {
    files: /^electron\/checks\//u,
    rooms: [...words, 'artifacts'],
    types: ['engine', 'hosts', 'redis'],
    packages: [...waiting, 'zod'],
    builtins: true,
  },
  hosts: {
    files: /^electron\/hosts\/(?:[^/]+|testing\/.+)$/u,
    rooms: [...words, 'hosts/ssh', 'hosts/linux', 'hosts/windows'],
    packages: [...waiting, 'zod'],
    builtins: true,
  },
  'hosts/ssh': {
    files: /^electron\/hosts\/ssh\//u,
    rooms: [...words, 'hosts'],
    packages: [...waiting, 'zod', 'node-ssh', 'ssh2'],
    builtins: true,
  },
  'hosts/linux': {
    files: /^electron\/hosts\/linux\//u,
    rooms: [...words, 'hosts', 'hosts/ssh'],
    packages: [...waiting, 'zod'],
    builtins: true,
  },
  'hosts/windows': {
    files: /^electron\/hosts\/windows\//u,
    rooms: [...words, 'hosts', 'hosts/ssh'],
    packages: [...waiting, 'zod'],
    builtins: true,
  },
  redis: {
    files: /^electron\/redis\//u,
    rooms: words,
    packages: [...waiting, 'zod', 'ioredis', 'cluster-key-slot'],
    builtins: true,
  },
  artifacts: {
    files: /^electron\/artifacts\//u,
    rooms: words,
    // What is asked of a host, and what is handed to it.
    types: ['hosts'],
    packages: ['zod', 'yaml', 'diff'],
    builtins: true,
  },
  report: {
    files: /^electron\/report\//u,
    rooms: [...words, 'figures'],
    packages: ['zod', 'react', 'react-dom'],
    builtins: true,
  },
  storage: {
    files: /^electron\/storage\//u,
    rooms: words,
    packages: [...waiting, 'zod', 'write-file-atomic', 'yaml', 'fflate', 'pino'],
    builtins: true,
  },
  handlers: {
    files: /^electron\/handlers\//u,
    rooms: [...shared, ...core, 'hosts/ssh'],
    packages: [...waiting, 'zod', 'pino', 'yaml', 'diff'],
    builtins: true,
  },
  cli: {
    files: /^electron\/cli(?:\.ts|\/.*)$/u,
    rooms: [...words, 'contract', 'handlers', 'workflows', 'report', 'storage', 'engine'],
    types: [...core],
    packages: [...waiting, 'zod', 'commander', 'yaml', 'diff', 'pino'],
    builtins: true,
  },
  shell: {
    files: /^electron\/shell\//u,
    // Of the figures only their palette: the window has its colours before it has a page.
    rooms: [...words, 'contract', 'figures', 'handlers'],
    packages: ['zod', 'electron'],
    builtins: true,
  },
  main: { files: /^electron\/main\.ts$/u, rooms: [...shared, 'handlers', 'shell', 'storage'], packages: ['electron'], builtins: true },
  preload: { files: /^electron\/preload\.ts$/u, rooms: ['contract'], packages: ['electron'], builtins: false },

  // The window: of `electron/` only what is shared.
  window: {
    files: /^renderer\/(?:[^/]+|testing\/.+)$/u,
    rooms: ['window/app', 'window/state', 'window/bridge', 'window/theme', ...shared],
    packages: ['react', 'react-dom', '@mantine/core'],
    builtins: false,
  },
  'window/app': {
    files: /^renderer\/app\//u,
    rooms: ['window/steps', 'window/widgets', 'window/state', 'window/bridge', 'window/theme', ...shared],
    packages: [...drawing, 'react-dom'],
    builtins: false,
  },
  'window/steps': {
    files: /^renderer\/steps\//u,
    rooms: ['window/widgets', 'window/state', 'window/bridge', 'window/theme', ...shared],
    packages: [...drawing, '@tanstack/react-virtual', 'zod'],
    builtins: false,
  },
  'window/widgets': {
    files: /^renderer\/widgets\//u,
    rooms: ['window/state', 'window/bridge', 'window/theme', ...shared],
    packages: [...drawing, '@mantine/form', '@tanstack/react-virtual'],
    builtins: false,
  },
  'window/state': {
    files: /^renderer\/state\//u,
    rooms: ['window/bridge', ...shared],
    packages: ['react', 'zod', 'zustand'],
    builtins: false,
  },
  // The only one that knows `window.triad`.
  'window/bridge': { files: /^renderer\/bridge\//u, rooms: shared, packages: ['zod'], builtins: false },
  'window/theme': {
    files: /^renderer\/theme\//u,
    rooms: ['window/state', ...shared],
    packages: [...drawing, 'get-nonce'],
    builtins: false,
  },
};

/** Tests, and the fakes beside them in a folder called `testing`: they see more, and nothing but tests may see them. */
export const testFiles = /(?:\.test\.tsx?$|\/testing\/)/u;

/** Tests against practice servers, the only code of `electron/` that may use `scripts/`: these folders of it. */
export const liveTestFiles = /\.live\.test\.tsx?$/u;

/** What live tests may import of `scripts/`. */
export const liveTestHelpers = /^scripts\/(?:practice|redis|windows-service)\//u;

/** Files that nothing imports because something outside starts them. */
export const entryFiles = /^(?:electron\/(?:cli|main|preload)\.ts|renderer\/main\.tsx|renderer\/.*\.d\.ts)$/u;

/** Where the window meets the preload's `window.triad`. */
export const bridgeFiles = /^renderer\/bridge\//u;
