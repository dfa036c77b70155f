extension PlanPage {
    /// The style sheet: for screens of any width, and for paper.
    static let style = """
        :root { color-scheme: light; }
        body { font: 15px/1.5 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei", sans-serif; margin: 0; color: #1b1b1b; background: #fff; }
        main, footer { max-width: 64rem; margin: 0 auto; padding: 0 1rem; }
        h1 { font-size: 1.7rem; line-height: 1.25; margin: 1.6rem 0 0.3rem; overflow-wrap: anywhere; }
        h2 { font-size: 1.2rem; margin: 1.8rem 0 0.4rem; border-bottom: 2px solid #1b5e20; padding-bottom: 0.15rem; overflow-wrap: anywhere; }
        h3 { font-size: 1.05rem; display: inline; overflow-wrap: anywhere; }
        p, li { max-width: 60rem; overflow-wrap: anywhere; }
        .quiet, .small { color: #555; }
        .lead { font-size: 1.1rem; margin: 0.5rem 0; }
        .cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(13.5rem, 1fr)); gap: 0.7rem; margin: 1rem 0; }
        .cards div { border: 1px solid #c8c8c8; border-left: 5px solid #1b5e20; padding: 0.5rem 0.8rem; }
        .cards dt { color: #444; } .cards dd { margin: 0; } .cards strong { font-size: 1.6rem; } .was { font-size: 1.15rem; color: #444; }
        .two { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 0 2rem; }
        .two > * { min-width: 0; }
        .grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 25rem), 1fr)); gap: 0 1.5rem; }
        .grid > * { min-width: 0; }
        .lines { padding-left: 1.1rem; } .lines li { margin: 0.35rem 0; } .lines em { font-style: normal; font-weight: 600; }
        nav ul { columns: 2 16rem; padding-left: 1.1rem; }
        a { color: #0b57a4; }
        figure { margin: 1rem 0; } figcaption { margin: 0.2rem 0; font-weight: 600; font-size: 0.95rem; overflow-wrap: anywhere; }
        .legend { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 0.1rem 1.4rem; font-weight: 400; margin: 0.3rem 0; }
        .legend svg { vertical-align: middle; }
        .wide { overflow-x: auto; } .wide:focus-visible { outline: 2px solid #0b57a4; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: 0.6rem 0; font-size: 0.87rem; }
        caption { text-align: left; font-weight: 600; padding: 0.2rem 0; }
        th, td { padding: 0.16rem 0.5rem; border-bottom: 1px solid #ddd; text-align: right; white-space: nowrap; }
        thead th { white-space: normal; vertical-align: bottom; border-bottom: 2px solid #777; }
        thead small { display: block; font-weight: 400; color: #555; }
        th:first-child { text-align: left; font-weight: 400; white-space: normal; min-width: 8.5rem; overflow-wrap: anywhere; }
        thead th:first-child { font-weight: 600; } .named tr > :nth-child(2) { text-align: left; }
        details { border-top: 1px solid #bbb; padding: 0.4rem 0; } summary { cursor: pointer; padding: 0.25rem 0; }
        details:not([open]) { content-visibility: auto; contain-intrinsic-height: auto 2.5rem; }
        .stages { display: flex; flex-wrap: wrap; gap: 0.8rem; } .stages figure { width: 10.5rem; margin: 0.4rem 0; }
        .stages figcaption { font-weight: 400; font-size: 0.85rem; } .stages svg { display: block; } .stages small { overflow-wrap: anywhere; color: #555; }
        .map .wide svg { width: 100%; height: auto; min-width: 18rem; } .two svg { max-width: 100%; height: auto; }
        footer { color: #555; border-top: 1px solid #bbb; margin-top: 2rem; }
        svg text { font-size: 11px; fill: #222; } svg .s { text-anchor: start; } svg .m { text-anchor: middle; } svg .e { text-anchor: end; }
        svg text.small { font-size: 10px; fill: #555; } svg text.onbar { fill: #fff; font-weight: 600; }
        svg path { fill: none; stroke-linejoin: round; }
        .road { stroke: #cfcfcf; stroke-width: 1.2; }
        .node { fill: #fff; stroke: #333; } svg text.nodenumber { font-size: 10px; font-weight: 600; }
        .mc1 { stroke: #0d47a1; stroke-width: 5; } .mc2 { stroke: #1976d2; stroke-width: 3; } .mc3 { stroke: #8d8d8d; stroke-width: 1.8; }
        .mc4 { stroke: #e65100; stroke-width: 3; stroke-dasharray: 7 4; } .mc5 { stroke: #b71c1c; stroke-width: 5; stroke-dasharray: 3 3; }
        .ms1 { stroke: #2e7d32; stroke-width: 1.8; } .ms2 { stroke: #9e9d24; stroke-width: 3.2; }
        .ms3 { stroke: #e65100; stroke-width: 4; stroke-dasharray: 8 3; } .ms4 { stroke: #b71c1c; stroke-width: 5.5; stroke-dasharray: 3 3; }
        .fine { stroke-width: 1.6; }
        .mc1.fine, .mc5.fine, .ms4.fine { stroke-width: 2.6; } .mc4.fine, .ms3.fine { stroke-dasharray: 4 2; } .mc5.fine, .ms4.fine { stroke-dasharray: 2 1.5; }
        .tick { stroke: #ddd; stroke-width: 1; } .red { stroke: #c62828; stroke-width: 1.4; }
        .green { fill: #1b7a34; } .green.back { fill: #00695c; } .walk { fill: #37608f; } .yellow { fill: #f2b200; }
        .street { stroke: #dcdcdc; stroke-width: 25; } .arrow { stroke: #1b5e20; stroke-width: 2.4; } path.head { fill: #1b5e20; }
        .foot { stroke: #37608f; stroke-width: 3; stroke-dasharray: 3 2.5; }
        .phase { fill: #f4f4f4; stroke: #666; } .barrier { stroke: #111; stroke-width: 3; }
        path.band { fill: #1b7a34; fill-opacity: 0.17; stroke: #1b7a34; stroke-width: 0.8; } path.band.back { fill: #37608f; fill-opacity: 0.17; stroke: #37608f; stroke-dasharray: 4 2; }
        .way { stroke: #14502a; stroke-width: 1; } .way.back { stroke: #2a4d78; stroke-dasharray: 5 2; }
        .in { stroke: #1565c0; stroke-width: 1.6; } .out { stroke: #1b7a34; stroke-width: 1.8; stroke-dasharray: 5 2; } .go { stroke: #777; stroke-width: 1.1; stroke-dasharray: 2 2; }
        path.queue { fill: #b71c1c; fill-opacity: 0.28; stroke: #b71c1c; }
        .new { stroke: #1b7a34; stroke-width: 2.4; } .now { stroke: #b71c1c; stroke-width: 2; stroke-dasharray: 6 4; } .newdot { fill: #1b7a34; } .nowdot { fill: #b71c1c; }
        @page { size: A4; margin: 14mm 12mm; }
        @media print {
        body { font-size: 9pt; line-height: 1.35; } main, footer { max-width: none; padding: 0; }
        .sheet { break-before: page; } .sheet:first-child { break-before: auto; } #summary h1, #engineer h1 { margin-top: 0; font-size: 16pt; }
        h2 { font-size: 11pt; margin: 0.9rem 0 0.3rem; } .lead { font-size: 10.5pt; margin: 0.25rem 0; } p, ul { margin: 0.3rem 0; }
        .cards { grid-template-columns: repeat(4, 1fr); gap: 0.5rem; margin: 0.6rem 0; } .cards div { padding: 0.3rem 0.5rem; } .cards strong { font-size: 14pt; } .was { font-size: 10pt; }
        .two { grid-template-columns: 1fr 1fr; } .legend { font-size: 8pt; } figure { margin: 0.5rem 0; } figcaption { font-size: 9pt; }
        h2, h3, figcaption, caption, summary { break-after: avoid; } .whole, .stages, tr, .cards, .two > div { break-inside: avoid; }
        thead { display: table-header-group; } .wide { overflow: visible; } svg { max-width: 100%; height: auto; }
        table { font-size: 7.2pt; } th, td { padding: 0.1rem 0.22rem; } td { white-space: normal; overflow-wrap: anywhere; } th:first-child { min-width: 4.5rem; }
        .map .wide svg { max-height: 105mm; } #summary .map .wide svg { max-height: 74mm; } nav { display: none; } a { color: inherit; text-decoration: none; }
        * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
        }
        """
}
