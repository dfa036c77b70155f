/// What the template of a junction reads.
struct JunctionContent {
    /// A stage with its picture.
    struct Stage {
        let title: String
        let drawing: String
        let text: String
        let groups: String
    }

    let anchor: String
    let title: String
    let isOpen: Bool
    let text: String
    let stages: [Stage]
    let hasStages: Bool
    /// Captions and bars of the greens: new, and present where it is shown.
    let bars: [Content.Figure]
    let rings: [Content.Figure]
    let tables: [DataTable]
}
