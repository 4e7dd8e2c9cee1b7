import { describe, expect, test } from 'vitest';
import { decodeOutput, lastJsonLine, withoutClixml } from './decodeOutput.ts';

/** What sc.exe says to a name that it does not know, in three languages and code pages. */
const LOCALISED = [
  // "Der angegebene Dienst ist kein installierter Dienst." with an umlaut before it, code page 850
  ['850', Buffer.from([0x46, 0x65, 0x68, 0x6c, 0x65, 0x72, 0x20, 0x31, 0x30, 0x36, 0x30, 0x3a, 0x20, 0x81, 0x94, 0x84, 0xe1])],
  // Russian, code page 866
  ['866', Buffer.from([0x31, 0x30, 0x36, 0x30, 0x3a, 0x20, 0x93, 0xaa, 0xa0, 0xa7, 0xa0, 0xad, 0xad, 0xa0, 0xef])],
  // Chinese, code page 936
  ['936', Buffer.from([0x31, 0x30, 0x36, 0x30, 0x20, 0xd6, 0xb8, 0xb6, 0xa8, 0xb5, 0xc4, 0xb7, 0xfe, 0xce, 0xf1])],
] as const;

describe('bytes', () => {
  test.each(LOCALISED)('of code page %s are flagged, none of them is lost', (_, bytes) => {
    const { text, isForeign } = decodeOutput(bytes);
    expect([isForeign, text.includes('1060'), Buffer.from(text, 'latin1').equals(bytes)]).toEqual([true, true, true]);
  });

  test('in UTF-8 and UTF-16, with and without its mark, are read', () => {
    expect(decodeOutput(Buffer.from('{"a":"é"}'))).toEqual({ text: '{"a":"é"}', isForeign: false });
    expect(decodeOutput(Buffer.from('SERVICE_RUNNING\r\n', 'utf16le'))).toEqual({ text: 'SERVICE_RUNNING\r\n', isForeign: false });
    expect(decodeOutput(Buffer.from('\uFEFFé', 'utf16le')).text).toBe('é');
    expect(decodeOutput(Buffer.alloc(0))).toEqual({ text: '', isForeign: false });
  });
});

describe('the XML of PowerShell', () => {
  const objects = (inner: string): string =>
    `#< CLIXML\r\n<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">${inner}</Objs>`;

  test('about its progress says nothing', () => {
    const progress =
      '<Obj S="progress" RefId="0"><TN RefId="0"><T>System.Management.Automation.PSCustomObject</T></TN><MS><I64 N="SourceId">1</I64>' +
      '<PR N="Record"><AV>Preparing modules for first use.</AV><AI>0</AI><Nil /><PI>-1</PI><PC>-1</PC><T>Completed</T><SR>-1</SR><SD> </SD></PR></MS></Obj>';
    expect(withoutClixml(objects(progress))).toEqual({ text: '', errors: [] });
  });

  test('about errors leaves their text, and what else is on standard error stays', () => {
    const error =
      '<S S="Error">Get-Foo : The term &apos;Get-Foo&apos; is not &lt;recognized&gt;_x000D__x000A_</S><S S="Error">At line:1 char:1_x000D__x000A_</S>';
    expect(withoutClixml(`before\r\n${objects(error)}\r\nbehind`)).toEqual({
      text: 'before\r\n\r\nbehind',
      errors: ["Get-Foo : The term 'Get-Foo' is not <recognized>\r\nAt line:1 char:1"],
    });
  });

  test('that was cut short is still no text of a tool', () => {
    expect(withoutClixml('#< CLIXML\r\n<Objs Version="1.1.0.1"><Obj S="progress"')).toEqual({ text: '', errors: [] });
  });
});

test('the last line that is a JSON object is the answer, whatever stands around it', () => {
  expect(lastJsonLine('Welcome {admin}\r\n{"old":1}\r\n{"new":2}\r\nhook unloaded\r\n')).toEqual({ new: 2 });
  expect(lastJsonLine('Welcome {admin}\r\n{"cut":')).toBeUndefined();
});
