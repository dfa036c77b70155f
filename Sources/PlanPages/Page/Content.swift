import Reports
import SignalModel

/// What the page's templates read, by the names of the fields.
struct Content {
    /// A figure of the first page.
    struct Card {
        let name: String
        /// What is now; none where nothing is compared.
        let before: [String]
        let after: String
        let unit: String
    }

    /// A picture with what stands beneath.
    struct Figure {
        let caption: String
        let drawing: String
        let tables: [DataTable]
    }

    let tag: String
    let style: String
    let w: [String: String]
    let title: String
    let subtitle: String
    let lead: [String]
    let cards: [Card]
    let changeMap: [NetworkMap]
    let topChanges: [String]
    let rests: [String]
    let uncertain: [String]
    let saturationMap: [NetworkMap]
    let hasChanges: Bool
    let changes: [String]
    let notices: [String]
    let coordination: [DataTable]
    let sensitivity: [Figure]
    let arterials: [Figure]
    let hasArterials: Bool
    let moreArterials: [String]
    let hasProfiles: Bool
    let profiles: [Figure]
    let detectorText: String
    let detectors: [DataTable]
    let junctions: [JunctionContent]
    let unsignalled: [DataTable]
    let footer: String

    init(_ page: PlanPage) {
        let writer = page.writer
        tag = writer.language.tag
        style = PlanPage.style
        w = writer.table
        title = writer[.title].replacing("{0}", with: page.report.plan.network)
        subtitle = page.subtitle
        lead = page.lead
        cards = page.cards
        changeMap = page.changeMap
        saturationMap = [page.saturationMap]
        let lines = page.changeLines
        hasChanges = page.hasPresent
        topChanges = page.topChanges.map { lines[$0] }
        changes = lines
        rests = page.rests
        uncertain = page.uncertain
        notices = page.notices
        coordination = page.coordination
        sensitivity = page.sensitivity
        arterials = page.arterials
        hasArterials = !arterials.isEmpty
        moreArterials = page.moreArterials
        profiles = page.profiles
        hasProfiles = !profiles.isEmpty
        (detectorText, detectors) = page.detectorHealth
        junctions = page.junctionSections
        unsignalled = page.unsignalled
        footer =
            writer.sentence(
                .madeBy, Markup("\(page.pictured.count)"), Markup("\(page.network.junctions.count)")
            ).html
    }
}
