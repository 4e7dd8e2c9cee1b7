import { describe, expect, it } from 'vitest';
import { BuildError } from './buildError.ts';
import { leadingComment } from './licenceText.ts';

describe('leadingComment', () => {
  it('takes the comment that a C file begins with', () => {
    expect(leadingComment('/* Copyright A.\n *\n *  * Indented. */\n\n#include "a.h"\n/* Another. */\n')).toBe(
      'Copyright A.\n\n * Indented.',
    );
  });

  it('takes the comment lines that a C++ file begins with', () => {
    expect(leadingComment('// Copyright B.\n//\n// MIT\n\n#ifndef B\n// no licence\n')).toBe('Copyright B.\n\nMIT\n');
  });

  it('refuses a file that begins with code', () => {
    expect(() => leadingComment('#include "a.h"\n/* Copyright */\n')).toThrow(BuildError);
  });
});
