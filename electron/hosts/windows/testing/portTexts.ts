const table = (heads: string, remark: string): string =>
  `\r\n${heads}\r\n----------    --------    \r\n      5357        5357      \r\n     50000       50059      \r\n      7000        7001     *\r\n\r\n${remark}\r\n\r\n`;

/** What `netsh interface ipv4 show dynamicport tcp` and `... excludedportrange protocol=tcp` print, after transcripts of Windows in these languages. */
export const WINDOWS_PORT_TEXTS = {
  English: {
    dynamic:
      '\r\nProtocol tcp Dynamic Port Range\r\n---------------------------------\r\nStart Port      : 49152\r\nNumber of Ports : 16384\r\n\r\n',
    excluded: `\r\nProtocol tcp Port Exclusion Ranges\r\n${table('Start Port    End Port      ', '* - Administered port exclusions.')}`,
  },
  German: {
    dynamic:
      '\r\nDynamischer Portbereich f\xfcr Protokoll "tcp"\r\n---------------------------------\r\nStartport     : 49152\r\nAnzahl von Ports : 16384\r\n\r\n',
    excluded: `\r\nPortausschlussbereiche f\xfcr Protokoll "tcp"\r\n${table('Startport     Endport      ', '* - Verwaltete Portausschl\xfcsse.')}`,
  },
  Portuguese: {
    dynamic:
      '\r\nIntervalo de portas din\xe2micas do protocolo tcp\r\n---------------------------------\r\nPorta de In\xedcio      : 49152\r\nN\xfamero de Portas : 16384\r\n\r\n',
    excluded: `\r\nIntervalos de exclus\xe3o de portas do protocolo tcp\r\n${table('Porta de In\xedcio    Porta Final      ', '* - Exclus\xf5es de portas administradas.')}`,
  },
} as const;
