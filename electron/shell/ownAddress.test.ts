import { describe, expect, it } from 'vitest';
import { isOwnAddress, mayNavigate } from './ownAddress.ts';

describe('what may be fetched', () => {
  it.each(['triad://app/index.html', 'triad://app/assets/a.js', 'triad://report/run-1', 'data:image/png;base64,AA=='])('%s', (address) => {
    expect(isOwnAddress(address)).toBe(true);
  });

  it.each([
    'https://example.invalid/',
    'http://127.0.0.1/',
    'ws://localhost:1/',
    'file:///etc/passwd',
    'ftp://a/',
    'triad://app.evil/index.html',
    'triad://appx/index.html',
    'triad://other/',
    'triadx://app/',
    'data:text/html,x',
    'blob:triad://app/1',
    'javascript:1',
    'chrome://gpu',
    'devtools://devtools/',
  ])('not %s', (address) => {
    expect(isOwnAddress(address)).toBe(false);
  });
});

describe('where a page may go', () => {
  it('is the window again for the window, and a report for a frame', () => {
    expect(mayNavigate('triad://app/index.html', true)).toBe(true);
    expect(mayNavigate('triad://app/index.html#x', true)).toBe(true);
    expect(mayNavigate('triad://report/run-1', false)).toBe(true);
  });

  it.each([
    ['triad://report/run-1', true],
    ['triad://app/assets/a.js', true],
    ['triad://app/index.html.js', true],
    ['triad://app/index.html?a', true],
    ['https://example.invalid/', true],
    ['triad://app/index.html', false],
    ['https://example.invalid/', false],
    ['about:srcdoc', false],
  ])('is not %s (main frame: %s)', (address, isMainFrame) => {
    expect(mayNavigate(address, isMainFrame)).toBe(false);
  });
});
