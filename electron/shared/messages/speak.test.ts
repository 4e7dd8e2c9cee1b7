import { afterEach, describe, expect, it } from 'vitest';
import { currentLanguage } from '../domain/language.ts';
import { setLanguage, type Texts } from './message.ts';
import { pt } from './pt/index.ts';
import { createSpeak, languageOf } from './speak.ts';

afterEach(() => setLanguage('en'));

it('is the system’s unless one was chosen', () => {
  expect(languageOf({ language: 'system' }, 'pt')).toBe('pt');
  expect(languageOf({ language: 'en' }, 'pt')).toBe('en');
});

describe('speaking', () => {
  it('loads the texts of a language once, and none for English', async () => {
    const loaded: string[] = [];
    const speak = createSpeak((language) => {
      loaded.push(language);
      return Promise.resolve(pt);
    });
    await speak('en');
    expect(loaded).toEqual([]);
    await speak('pt');
    expect(currentLanguage()).toBe('pt');
    await speak('en');
    await speak('pt');
    expect(loaded).toEqual(['pt']);
  });

  it('is in the language that was chosen last, whichever arrives first', async () => {
    let arrive: (texts: Texts) => void = () => undefined;
    const speak = createSpeak(
      () =>
        new Promise((resolve) => {
          arrive = resolve;
        }),
    );
    const portuguese = speak('pt');
    await speak('en');
    arrive(pt);
    await portuguese;
    expect(currentLanguage()).toBe('en');
  });
});
