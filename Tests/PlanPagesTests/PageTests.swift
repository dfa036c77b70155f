import Foundation
import FoundationXML
import SignalModel
import Testing

@testable import PlanPages

@Suite("The page about a plan")
struct PageTests {
    @Test("pictures are sound XML, whatever names they carry", arguments: PageLanguage.allCases)
    func pictures(language: PageLanguage) throws {
        for sample in [try PageSample.hostile(), try PageSample.district()] {
            let html = try sample.html(language)
            let pictures = html.split(separator: "<svg ").dropFirst().compactMap { part in
                part.split(separator: "</svg>", omittingEmptySubsequences: false).first.map { "<svg \($0)</svg>" }
            }
            #expect(pictures.count > 10)
            for picture in pictures {
                #expect(XMLParser(data: Data(picture.utf8)).parse(), "\(picture.prefix(300))")
            }
        }
    }

    @Test("names are text: no name becomes an element, and no name is taken for a template")
    func hostile() throws {
        let sample = try PageSample.hostile()
        let html = try sample.html()
        #expect(!html.contains("<img"))
        #expect(!html.contains("<b>"))
        #expect(html.contains("{{w.now}}"))
        #expect(html.contains("&lt;img src=x onerror=alert(1)&gt;"))
        #expect(!html.contains("\u{1}"))
    }

    @Test("the same report gives the same page, to the byte")
    func same() throws {
        let sample = try PageSample.district()
        #expect(try sample.html() == sample.html())
    }

    @Test("nothing comes from elsewhere: no script, and no address but those within the page")
    func selfContained() throws {
        for sample in [try PageSample.district(), try PageSample.hangzhou()] {
            let html = try sample.html()
            #expect(!html.contains("<script"))
            for part in html.split(separator: "href=\"").dropFirst() {
                #expect(part.hasPrefix("#") || part.hasPrefix("data:,"), "\(part.prefix(60))")
            }
            for word in ["src=", "url(", "@import", "http:", "https:"] { #expect(!html.contains(word), "\(word)") }
        }
    }

    @Test("a plan without another to compare it with has no columns for one")
    func alone() throws {
        let sample = try PageSample.district()
        let present = try #require(sample.network.presentPlan)
        let report = FullReport(network: sample.network, flows: sample.flows, plan: present, present: nil)
        let html = try PlanPage(report, network: sample.network).html()
        #expect(!html.contains("id=\"changes\""))
        #expect(!html.contains("data-key=\"presentDelay\""))
        #expect(html.contains("data-key=\"delay\""))
    }

    @Test("a junction that the plan leaves out is named as such")
    func leftOut() throws {
        let sample = try PageSample.district()
        var plan = sample.plan
        plan.junctions.removeLast()
        let report = FullReport(
            network: sample.network, flows: sample.flows, plan: plan, present: sample.network.presentPlan)
        #expect(try PlanPage(report, network: sample.network).html().contains("no timing for this junction"))
    }
}
