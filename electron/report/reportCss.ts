/** Everything about boxes and type; colours come from the palette's variables. Sizes keep a grid of 4 px. */
const base = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--triad-page);color:var(--triad-ink);font:14px/20px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif;font-variant-numeric:tabular-nums}
main{max-width:1100px;margin:0 auto;padding:24px 32px 48px}
h1,h2,h3,h4,p,dl,dd,ul,figure{margin:0;padding:0}
h1{font-size:28px;line-height:36px;font-weight:600;letter-spacing:-.012em;text-wrap:pretty;max-width:30em}
h2{font-size:20px;line-height:28px;font-weight:600;letter-spacing:-.006em}
h3{font-size:15px;line-height:20px;font-weight:600;margin:28px 0 8px}
h4{font-size:13px;line-height:20px;font-weight:600;margin:20px 0 4px;color:var(--triad-muted)}
ul{list-style:none}
a{color:var(--triad-link);text-decoration:none}
a:hover{text-decoration:underline}
a:focus-visible,summary:focus-visible{outline:2px solid var(--triad-link);outline-offset:2px;border-radius:2px}
code,pre{font-family:ui-monospace,"Cascadia Mono",Consolas,"SF Mono",Menlo,"Liberation Mono","DejaVu Sans Mono",monospace;font-size:12px;line-height:18px}
code{overflow-wrap:anywhere}
pre{margin:8px 0 0;padding:8px 12px;background:var(--triad-surface);border:1px solid var(--triad-line);border-radius:6px;white-space:pre-wrap;overflow-wrap:anywhere;max-height:360px;overflow:auto;tab-size:4}
.symbols{position:absolute}
.symbol{flex:none;vertical-align:-2px}
.muted,.caption,.note{color:var(--triad-muted)}
.caption{font-size:13px;margin:8px 0 0;max-width:64em;text-wrap:pretty}
.is-pass{--tone:var(--triad-pass);--soft:var(--triad-passSoft)}
.is-warn,.is-passWithoutTolerance{--tone:var(--triad-warn);--soft:var(--triad-warnSoft)}
.is-fail{--tone:var(--triad-fail);--soft:var(--triad-failSoft)}
.is-unknown,.is-skipped{--tone:var(--triad-unknown);--soft:var(--triad-unknownSoft)}
.symbol{color:var(--tone)}
.line{display:block}
code.line{white-space:pre-wrap;overflow-wrap:anywhere}
.mark{display:inline-flex;align-items:baseline;gap:6px;color:var(--tone);font-weight:500;white-space:nowrap}
.mark .symbol{align-self:center}
p.is-fail{color:var(--tone)}
`;

const header = `
.brand{display:flex;flex-wrap:wrap;gap:4px 12px;align-items:baseline;font-size:13px;color:var(--triad-muted);padding-bottom:16px;border-bottom:1px solid var(--triad-line)}
.brand .product{font-weight:650;color:var(--triad-ink);letter-spacing:.01em}
.brand .spacer{flex:1}
.verdict{display:grid;grid-template-columns:44px minmax(0,1fr);gap:20px;padding:32px 0 28px}
.trend-title{margin-top:28px}
.verdict .word{color:var(--tone);font-weight:600;font-size:15px;margin-bottom:2px}
.facts{display:flex;flex-wrap:wrap;gap:0 8px;margin-top:12px;color:var(--triad-muted)}
.facts>*+*::before{content:"·";margin-right:8px}
.facts strong{color:var(--triad-ink);font-weight:600}
.strip{display:grid;grid-template-columns:repeat(auto-fit,minmax(200px,1fr));gap:1px;background:var(--triad-line);border:1px solid var(--triad-line);border-radius:8px;overflow:hidden}
.strip>div{background:var(--triad-page);padding:16px 20px}
.strip dt{font-size:13px;color:var(--triad-muted)}
.strip .value{display:flex;align-items:center;gap:8px;font-size:26px;line-height:36px;font-weight:600;letter-spacing:-.01em;white-space:nowrap}
.strip .detail{font-size:13px;line-height:18px;color:var(--triad-muted);text-wrap:pretty}
.failure{margin-top:24px;padding:20px 24px;border:1px solid var(--triad-fail);border-radius:8px;background:var(--triad-failSoft)}
.failure h2{font-size:15px;line-height:20px;display:flex;justify-content:space-between;gap:16px;flex-wrap:wrap}
.failure h2 code{font-weight:400;color:var(--triad-muted)}
.failure .what{font-size:16px;line-height:24px;margin-top:4px;overflow-wrap:anywhere}
.failure h3{margin:12px 0 0;font-size:13px}
.failure pre{background:var(--triad-page)}
nav{display:flex;flex-wrap:wrap;gap:4px 20px;padding:20px 0 0;font-size:13px}
footer{margin-top:48px;padding-top:16px;border-top:1px solid var(--triad-line);font-size:12px;color:var(--triad-muted);overflow-wrap:anywhere}
section{margin-top:48px;scroll-margin-top:16px}
.section-head{display:flex;flex-wrap:wrap;align-items:baseline;justify-content:space-between;gap:4px 24px;padding-bottom:8px;margin-bottom:12px;border-bottom:2px solid var(--triad-ink)}
.caption+.group{margin-top:12px}
.counts{display:inline-flex;flex-wrap:wrap;gap:2px 16px;font-size:13px}
`;

const tables = `
.scroll{overflow-x:auto}
table{width:100%;border-collapse:collapse;font-size:13px;line-height:18px}
th,td{padding:6px 16px 6px 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--triad-line);overflow-wrap:break-word}
th:last-child,td:last-child{padding-right:0}
thead th{font-size:12px;font-weight:500;color:var(--triad-muted);vertical-align:bottom;white-space:nowrap;border-bottom-color:var(--triad-edge)}
tbody th{font-weight:500}
tbody tr:last-child>*{border-bottom:0}
.number{text-align:right;white-space:nowrap;padding-left:8px}
thead .number{white-space:normal}
.narrow{white-space:nowrap}
td.code{font-family:ui-monospace,"Cascadia Mono",Consolas,"Liberation Mono",monospace;font-size:12px}
td.code{overflow-wrap:anywhere}
table.figures{font-size:14px;line-height:20px}
table.figures th,table.figures td{padding:8px 12px 8px 0}
table.figures th:last-child,table.figures td:last-child{padding-right:0}
table.figures tbody th{min-width:5.5em}
table.checks,table.changes,table.compare,table.hashes{table-layout:fixed}
table.checks th:nth-child(1){width:22%}table.checks th:nth-child(2){width:108px}table.checks th:nth-child(3){width:18%}table.checks th:nth-child(4){width:23%}
table.checks th,table.checks td,table.compare td,table.compare th{white-space:normal;overflow-wrap:anywhere}
table.checks th code{display:block;font-size:11px;line-height:16px;font-weight:400;color:var(--triad-muted)}
table.changes th:nth-child(2){width:88px}table.changes th:nth-child(3){width:36%}
table.changes th,table.changes td{overflow-wrap:anywhere}
table.compare th:first-child{width:132px;color:var(--triad-muted)}
table.hashes th:nth-child(1){width:38%;overflow-wrap:anywhere}table.hashes th:nth-child(3){width:84px}
table.changes .title{display:block}
table.changes .detail{display:block;font-size:12px;color:var(--triad-muted);font-weight:400}
table.changes th pre,table.changes th .disclosed{font-weight:400}
.command{display:block}
.on-paper{display:none}
.pairs{display:grid;grid-template-columns:minmax(112px,max-content) minmax(0,1fr);gap:4px 20px;font-size:13px;overflow-wrap:anywhere}
.pairs dt{color:var(--triad-muted)}
.pairs+.scroll{margin-top:12px}
details>summary{cursor:pointer}
details.data{margin-top:8px;font-size:13px}
details.data>summary{color:var(--triad-link);width:fit-content}
td details.data,th details.data{margin-top:2px;font-size:12px}
details.group{border-top:1px solid var(--triad-line)}
details.group:last-child{border-bottom:1px solid var(--triad-line)}
details.group>summary{padding:12px 0 12px 4px;display:flex;flex-wrap:wrap;align-items:baseline;gap:4px 16px;list-style:none}
details.group>summary::-webkit-details-marker{display:none}
details.group>summary::before{content:"";flex:none;width:7px;height:7px;border:solid var(--triad-muted);border-width:0 1.5px 1.5px 0;transform:rotate(-45deg) translate(-1px,-1px)}
details.group[open]>summary::before{transform:rotate(45deg) translate(-2px,-2px)}
details.group>summary:hover .group-title{text-decoration:underline}
.group-title{font-weight:600;margin-right:auto;overflow-wrap:anywhere}
details.group>.disclosed{padding:0 0 20px 24px}
.diff span{display:block;min-height:18px}
.diff .added{background:var(--triad-passSoft);color:var(--triad-pass)}
.diff .removed{background:var(--triad-failSoft);color:var(--triad-fail)}
.diff .place,.clipped{color:var(--triad-muted)}
`;

const figures = `
.triad-figure{display:block;max-width:100%;height:auto;overflow:visible}
figure{break-inside:avoid}
.layouts{display:grid;gap:0 28px;grid-template-columns:repeat(3,minmax(0,1fr));margin-top:16px}
.layouts figure{display:grid;grid-row:span 3;grid-template-rows:subgrid;align-content:start}
.layouts .triad-figure{align-self:end}
.layouts.count-1{grid-template-columns:minmax(0,1fr)}
.layouts.count-2{grid-template-columns:repeat(2,minmax(0,1fr))}
.layouts .triad-figure{width:100%}
.layouts.count-1 figure{grid-template:auto auto/minmax(0,720px) minmax(0,1fr);gap:0 32px}
.layouts.count-1 figcaption{grid-column:1}
.layouts.count-1 .triad-figure{grid-column:1;max-width:720px}
.layouts.count-1 .survival{grid-column:2;grid-row:2;align-self:center;margin:0}
.layouts.count-2 .triad-figure{max-width:440px}
.layouts figcaption{display:flex;gap:4px 12px;flex-wrap:wrap;justify-content:space-between;align-items:baseline;margin-bottom:8px;overflow-wrap:anywhere}
.layouts .moment{font-weight:600}
.layouts time{color:var(--triad-muted);font-size:13px}
.planned{margin-top:24px}
.survival{font-size:13px;margin-top:8px;color:var(--triad-muted);overflow-wrap:anywhere}
.trial{margin-top:40px;padding-top:8px;scroll-margin-top:16px}
.trial+.trial{border-top:1px solid var(--triad-line);padding-top:24px}
.trial-head{display:flex;flex-wrap:wrap;align-items:baseline;gap:4px 16px}
.trial-head h3{margin:0;font-size:17px;line-height:24px;overflow-wrap:anywhere}
.story{margin-top:4px;max-width:60em}
.reasons{margin-top:4px;padding-left:18px;list-style:disc}
.thinned{margin:0 0 16px;padding:12px 16px;border:1px solid var(--triad-line);border-radius:8px;background:var(--triad-surface);font-size:13px}
.thinned ul{margin:4px 0 0;padding-left:18px;list-style:disc}
.timeline{margin-top:28px}
.timeline .triad-figure{width:100%;min-width:680px}
.matrix .triad-figure{min-width:600px}
.scenario thead .number{white-space:normal;overflow-wrap:break-word}
.scenario .timeline{margin:8px 0 16px}
.legend{display:flex;flex-wrap:wrap;gap:4px 20px;font-size:13px;color:var(--triad-muted);margin-top:8px}
.key::before{content:"";display:inline-block;width:12px;height:12px;border-radius:2px;margin-right:6px;vertical-align:-1px}
.key.area::before{background:var(--triad-areaSoft);border:1px solid var(--triad-area)}
.key.failed::before{background:var(--triad-fail)}
.columns{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,3fr);gap:0 48px}
.keys{font-size:13px;overflow-wrap:anywhere}
.matrix+.matrix{margin-top:32px}
.matrix h3{margin-top:16px}
.matrix figure{margin-top:16px}
.findings li{display:flex;align-items:baseline;gap:8px;padding:2px 0;overflow-wrap:anywhere}
.findings .symbol{transform:translateY(2px)}
.urgent{display:grid;gap:12px;margin-bottom:24px}
.urgent li{padding:12px 16px 14px;border-radius:8px;background:var(--soft);break-inside:avoid}
.urgent-head{display:flex;flex-wrap:wrap;align-items:baseline;gap:2px 12px;margin-bottom:6px;overflow-wrap:anywhere}
.urgent-head code{margin-left:auto;color:var(--triad-muted);font-size:11px}
.urgent dd p+p{margin-top:2px}
.urgent pre{background:var(--triad-page)}
`;

const narrow = `
@media screen and (max-width:800px){
main{padding:16px 16px 32px}
.verdict{grid-template-columns:32px minmax(0,1fr);gap:12px;padding:20px 0}
.verdict>.symbol{width:32px;height:32px}
h1{font-size:21px;line-height:28px}
.layouts,.layouts.count-2{grid-template-columns:minmax(0,1fr)}
.layouts .triad-figure{max-width:440px}
.layouts figure,.layouts.count-1 figure{display:block}
.layouts figure+figure{margin-top:24px}
.columns{grid-template-columns:minmax(0,1fr)}
.strip{grid-template-columns:repeat(2,minmax(0,1fr))}
.strip>div{padding:12px}
.strip .value{font-size:20px;line-height:28px}
table.checks,table.changes,table.compare{min-width:640px}
.pairs{grid-template-columns:minmax(0,1fr)}.pairs dt{margin-top:6px}
details.group>.disclosed{padding-left:0}
}
@media screen and (forced-colors:active){.triad-figure{forced-color-adjust:none;background:var(--triad-page)}}
`;

const print = `
@page{size:A4;margin:13mm 12mm 14mm}
@media print{
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
html{font-size:12px}
body{font-size:12px;line-height:17px}
main{max-width:none;padding:0}
nav{display:none}
h1{font-size:21px;line-height:28px}
.verdict{grid-template-columns:36px minmax(0,1fr);gap:14px;padding:16px 0 18px}
.verdict>.symbol{width:36px;height:36px}
.strip{grid-template-columns:repeat(4,minmax(0,1fr));break-inside:avoid}
.strip>div{padding:10px 12px}
.strip .value{font-size:18px;line-height:26px}
.strip dt,.strip .detail{font-size:11px;line-height:15px}
section{margin-top:28px}
h2,h3,h4,.section-head,.trial-head,.urgent-head,summary{break-after:avoid}
h2,h3,h4{break-inside:avoid}
tr,dt,dd,li,.failure,.scenario .timeline{break-inside:avoid}
.urgent li{break-inside:auto}
thead{display:table-header-group}
table,.pairs,.caption,.survival,.legend,.counts,details.data{font-size:11px;line-height:15px}
table.figures{font-size:11px;line-height:16px}
table.figures th,table.figures td{padding:4px 6px 4px 0}
table.figures thead th{font-size:10px;line-height:13px;white-space:normal}
.scenario thead .number{overflow-wrap:anywhere;min-width:4em}
table.figures th:last-child,table.figures td:last-child{padding-right:0}
th,td{padding-top:3px;padding-bottom:3px}
h4{margin:12px 0 2px}
.legend{font-size:10px;margin-top:4px}
code,pre{font-size:10px;line-height:14px}
pre{max-height:none;overflow:visible;padding:6px 8px}
.scroll{overflow:visible}
.layouts{gap:0 16px;grid-template-columns:repeat(3,minmax(0,1fr))}
.layouts.count-2{grid-template-columns:repeat(2,minmax(0,1fr))}
.layouts.count-1{grid-template-columns:minmax(0,1fr)}
.layouts.count-1 figure{grid-template-columns:minmax(0,520px) minmax(0,1fr);gap:0 16px}
.layouts.count-1 .triad-figure{max-width:520px;align-self:start}
.timeline .triad-figure,.matrix .triad-figure{min-width:0}
.columns{gap:0 24px}
.columns th,.columns td{padding-left:0;padding-right:8px}
.columns th:last-child,.columns td:last-child{padding-right:0}
.behind,.on-screen{display:none}
.on-paper{display:block}
table.passed{table-layout:fixed;font-size:9px;line-height:12px}
table.passed th,table.passed td{padding-top:1px;padding-bottom:1px;white-space:normal;overflow-wrap:anywhere}
table.passed th:nth-child(1){width:21%}table.passed th:nth-child(2){width:27%}
table.passed .symbol{width:9px;height:9px;vertical-align:-1px}
.contents{columns:2;column-gap:16px}
.contents h4{font-size:10px;line-height:13px;margin:8px 0 2px;overflow-wrap:anywhere}
.contents pre{font-size:7.5px;line-height:10px;margin:0;padding:4px 6px}
.contents .diff span{min-height:10px}
.trial{margin-top:20px}
.trial+.trial{break-before:page;border-top:0;padding-top:0;margin-top:0}
.timeline{margin-top:16px}
footer{break-before:avoid;margin-top:20px;padding-top:8px;font-size:10px}
details::details-content{display:block;content-visibility:visible;height:auto;opacity:1}
details:not(.group)>summary{list-style:none;color:var(--triad-muted);cursor:auto}
details>summary::-webkit-details-marker{display:none}
details.group>summary{padding:8px 0}
details.group>summary::before{display:none}
details.group>.disclosed{padding:0 0 12px}
a{color:inherit}
}
`;

/** The report's style sheet; needs the palette's variables before it. */
export const reportCss = [base, header, tables, figures, narrow, print].join('').trim();
