extension PlanPage {
    static let pageTemplate = """
        <!DOCTYPE html>
        <html lang="{{tag}}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="generator" content="greenband">
        <link rel="icon" href="data:,">
        <title>{{title}}</title>
        <style>{{{style}}}</style>
        </head>
        <body>
        <main>
        {{>first}}
        {{>engineer}}
        </main>
        <footer><p>{{{footer}}}</p></footer>
        </body>
        </html>

        """

    /// For those who decide.
    static let firstTemplate = """
        <section class="sheet" id="summary">
        <h1>{{title}}</h1>
        <p class="quiet">{{{subtitle}}}</p>
        {{#lead}}<p class="lead">{{{.}}}</p>
        {{/lead}}<dl class="cards">{{#cards}}<div><dt>{{name}}</dt><dd>{{#before}}<span class="was">{{{.}}} →</span> {{/before}}<strong>{{{after}}}</strong> <small>{{unit}}</small></dd></div>{{/cards}}</dl>
        {{#changeMap}}<h2>{{w.mapChange}}</h2>
        <p>{{w.mapChangeText}}</p>
        {{>map}}
        {{/changeMap}}
        {{#hasChanges}}<h2>{{w.whatChanges}}</h2>
        <ul class="lines">{{#topChanges}}<li>{{{.}}}</li>{{/topChanges}}</ul>
        {{/hasChanges}}
        <div class="two"><div><h2>{{w.restsOn}}</h2>
        <ul>{{#rests}}<li>{{{.}}}</li>{{/rests}}</ul></div>
        <div><h2>{{w.uncertain}}</h2>
        <ul>{{#uncertain}}<li>{{{.}}}</li>{{/uncertain}}</ul></div></div>
        </section>

        """

    static let engineerTemplate = """
        <section class="sheet" id="engineer">
        <h1>{{w.engineer}}</h1>
        <nav aria-label="{{w.contents}}"><ul>
        <li><a href="#saturation">{{w.mapSaturation}}</a></li>{{#hasChanges}}<li><a href="#changes">{{w.changes}}</a></li>{{/hasChanges}}
        <li><a href="#notices">{{w.notices}}</a></li><li><a href="#coordination">{{w.coordination}}</a></li>
        <li><a href="#sensitivity">{{w.sensitivity}}</a></li><li><a href="#streets">{{w.timeSpace}}</a></li>
        <li><a href="#profiles">{{w.profiles}}</a></li><li><a href="#detectors">{{w.detectors}}</a></li>
        <li><a href="#junctions">{{w.junctions}}</a></li><li><a href="#notes">{{w.notes}}</a></li>
        </ul></nav>
        <h2 id="saturation">{{w.mapSaturation}}</h2>
        <p>{{w.mapSaturationText}}</p>
        {{#saturationMap}}{{>map}}{{/saturationMap}}
        {{#hasChanges}}<h2 id="changes">{{w.changes}}</h2>
        <p>{{w.changesText}}</p>
        <ul class="lines">{{#changes}}<li>{{{.}}}</li>
        {{/changes}}</ul>
        {{/hasChanges}}
        <h2 id="notices">{{w.notices}}</h2>
        {{^notices}}<p>{{w.noNotices}}</p>{{/notices}}
        <ul>{{#notices}}<li>{{{.}}}</li>{{/notices}}</ul>
        <h2 id="coordination">{{w.coordination}}</h2>
        {{^coordination}}<p>{{w.coordinationUnknown}}</p>{{/coordination}}
        {{#coordination}}<p>{{w.coordinationText}}</p>
        {{>table}}{{/coordination}}
        <h2 id="sensitivity">{{w.sensitivity}}</h2>
        <p>{{w.sensitivityText}}</p>
        {{#sensitivity}}<div class="two"><figure class="wide" tabindex="0">{{{drawing}}}</figure><div>{{#tables}}{{>table}}{{/tables}}</div></div>{{/sensitivity}}
        </section>
        <section class="sheet" id="streets">
        <h2>{{w.timeSpace}}</h2>
        {{^arterials}}<p>{{w.noArterials}}</p>{{/arterials}}
        {{#hasArterials}}<p>{{w.timeSpaceText}}</p>{{/hasArterials}}
        {{#moreArterials}}<p>{{{.}}}</p>{{/moreArterials}}
        {{#arterials}}<figure class="whole"><figcaption>{{{caption}}}</figcaption><div class="wide" tabindex="0">{{{drawing}}}</div>
        {{#tables}}{{>table}}{{/tables}}</figure>
        {{/arterials}}
        </section>
        <section class="sheet" id="profiles">
        <h2>{{w.profiles}}</h2>
        {{^profiles}}<p>{{w.noProfiles}}</p>{{/profiles}}
        {{#hasProfiles}}<p>{{w.profilesText}}</p>
        <ul class="legend"><li><svg width="34" height="12" aria-hidden="true"><path class="in" d="M1 6H33"/></svg> {{w.comes}}</li><li><svg width="34" height="12" aria-hidden="true"><path class="go" d="M1 6H33"/></svg> {{w.canGo}}</li><li><svg width="34" height="12" aria-hidden="true"><path class="out" d="M1 6H33"/></svg> {{w.leaves}}</li></ul>{{/hasProfiles}}
        <div class="grid">{{#profiles}}<figure class="whole"><figcaption>{{{caption}}}</figcaption><div class="wide" tabindex="0">{{{drawing}}}</div></figure>
        {{/profiles}}</div>
        <h2 id="detectors">{{w.detectors}}</h2>
        <p>{{{detectorText}}}</p>
        {{#detectors}}{{>table}}{{/detectors}}
        </section>
        <section class="sheet" id="junctions">
        <h2>{{w.junctions}}</h2>
        {{#junctions}}{{>junction}}{{/junctions}}
        {{#unsignalled}}<h2>{{w.unsignalled}}</h2>
        {{>table}}{{/unsignalled}}
        <h2 id="notes">{{w.notes}}</h2>
        <p>{{w.notesText}}</p>
        </section>

        """

    static let junctionTemplate = """
        <details id="{{anchor}}"{{#isOpen}} open{{/isOpen}}><summary><h3>{{{title}}}</h3></summary>
        <p>{{{text}}}</p>
        {{#hasStages}}<div class="stages">{{#stages}}<figure><figcaption><strong>{{{title}}}</strong> {{{text}}}</figcaption>{{{drawing}}}<small>{{{groups}}}</small></figure>{{/stages}}</div>
        {{/hasStages}}{{#bars}}<figure class="whole"><figcaption>{{{caption}}}</figcaption><div class="wide" tabindex="0">{{{drawing}}}</div></figure>
        {{/bars}}{{#rings}}<figure class="whole"><figcaption>{{{caption}}}</figcaption><div class="wide" tabindex="0">{{{drawing}}}</div>
        {{#tables}}{{>table}}{{/tables}}</figure>
        {{/rings}}{{#tables}}{{>table}}{{/tables}}
        </details>

        """

    /// Columns name the JSON's fields, rows their places in it.
    static let tableTemplate = """
        <div class="wide" tabindex="0"><table{{#isNamed}} class="named"{{/isNamed}}>{{#hasCaption}}<caption>{{caption}}</caption>{{/hasCaption}}
        <colgroup>{{#columns}}<col{{#isFigure}} data-key="{{key}}" data-decimals="{{decimals}}" data-factor="{{factor}}"{{/isFigure}}>{{/columns}}</colgroup>
        <thead><tr>{{#columns}}<th scope="col"{{#isFigure}} class="n"{{/isFigure}}>{{title}} <small>{{unit}}</small></th>{{/columns}}</tr></thead>
        <tbody>{{#rows}}<tr data-row="{{path}}"><th scope="row">{{head}}</th>{{#cells}}<td>{{.}}</td>{{/cells}}</tr>
        {{/rows}}</tbody></table></div>

        """

    static let mapTemplate = """
        <figure class="whole map"><div class="wide" tabindex="0">{{{drawing}}}</div>
        <figcaption><ul class="legend">{{#legend}}<li><svg width="46" height="14" aria-hidden="true"><path class="{{look}}" d="M2 7H44"/></svg> {{text}}: {{count}} {{w.approaches}}</li>{{/legend}}</ul></figcaption></figure>

        """
}
