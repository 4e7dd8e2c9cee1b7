import { act, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Themed } from '../theme/Themed.tsx';
import { SeenAt, type SeenAtProps } from './SeenAt.tsx';

const NOW = new Date(2026, 10, 21, 14, 35, 5);
const ago = (minutes: number): string => new Date(NOW.getTime() - minutes * 60_000).toISOString();

function show(props: SeenAtProps): void {
  render(
    <Themed isTest>
      <SeenAt {...props} />
    </Themed>,
  );
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('when something was seen', () => {
  it('is told by the time and by its age, in UTC as a tip', () => {
    show({ at: ago(3), from: 'ops-laptop' });
    const seen = screen.getByText('As seen at 14:32:05 from ops-laptop, 3 minutes ago.');
    expect(seen.getAttribute('title')).toBe(ago(3));
  });

  it('names the day where that is not today', () => {
    show({ at: ago(24 * 60) });
    expect(screen.getByText('As seen on 20 November 2026 at 14:35:05, yesterday.')).toBeTruthy();
  });

  it('grows older while it is looked at', () => {
    show({ at: ago(0) });
    expect(screen.getByText(/this minute\.$/u)).toBeTruthy();
    act(() => {
      vi.advanceTimersByTime(2 * 60_000);
    });
    expect(screen.getByText('As seen at 14:35:05, 2 minutes ago.')).toBeTruthy();
  });

  it('says how old the oldest part is, where some was kept', () => {
    show({ at: ago(1), oldest: ago(90) });
    expect(screen.getByText(/^What was not looked at again is older, the oldest from 1 hour ago/u)).toBeTruthy();
  });
});
