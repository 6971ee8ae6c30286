using StdWorkflow.Domain.Deadlines;
using StdWorkflow.Domain.Processes;
using StdWorkflow.Domain.Tests.Processes;
using StdWorkflow.Domain.WorkItems;

namespace StdWorkflow.Domain.Tests.WorkItems;

/// <summary>Each rule speaks where tracks contradict each other, and is silent where they do not.</summary>
public class ContradictionsTests
{
    private static readonly WorkingCalendar Calendar = new([], Enumerable.Range(2020, 20));
    private static readonly DateTime Now = new(2026, 11, 23, 2, 0, 0, DateTimeKind.Utc);
    private static readonly DateOnly Today = new(2026, 11, 23);
    private static readonly ProcessDefinition National = ShippedDefinitions.Of("gb-t-normal");

    [Theory]
    [InlineData("50", TrackKind.PatentStatements, "call", "contradiction.patentsOpen")]
    [InlineData("50", TrackKind.PatentStatements, "notified", "contradiction.patentsOpen")]
    [InlineData("60", TrackKind.PatentStatements, "collected", "contradiction.patentsOpen")]
    [InlineData("40", TrackKind.PatentStatements, "call", null)]
    [InlineData("50", TrackKind.PatentStatements, "closed", null)]
    [InlineData("50", TrackKind.PatentStatements, "dropped", null)]
    [InlineData("50", TrackKind.ForeignLanguageVersion, "published", "contradiction.versionBeforeText")]
    [InlineData("20", TrackKind.ForeignLanguageVersion, "published", "contradiction.versionBeforeText")]
    [InlineData("60", TrackKind.ForeignLanguageVersion, "published", null)]
    [InlineData("20", TrackKind.ForeignLanguageVersion, "approval", null)]
    [InlineData("20", TrackKind.ForeignLanguageVersion, "terminated", null)]
    [InlineData("40", TrackKind.InternationalTwin, "30.98", "contradiction.twinGivenUp")]
    [InlineData("40", TrackKind.InternationalTwin, "95.99", "contradiction.twinGivenUp")]
    [InlineData("60", TrackKind.InternationalTwin, "30.98", null)]
    [InlineData("40", TrackKind.InternationalTwin, "60.60", null)]
    public void A_side_track_against_the_text(string text, TrackKind kind, string stage, string? code)
    {
        var item = SideTrackTests.At(text);
        Beside(item, kind, stage);

        Assert.Equal(code is null ? [] : [code], Codes(item));
    }

    [Theory]
    [InlineData(TrackKind.PatentStatements, "call", "contradiction.textGivenUp")]
    [InlineData(TrackKind.PatentStatements, "closed", null)]
    [InlineData(TrackKind.ForeignLanguageVersion, "translation", "contradiction.textGivenUp")]
    [InlineData(TrackKind.ForeignLanguageVersion, "published", null)]
    [InlineData(TrackKind.InternationalTwin, "40.20", "contradiction.textGivenUp")]
    [InlineData(TrackKind.InternationalTwin, "30.98", null)]
    public void A_text_that_was_given_up_leaves_no_track_running(TrackKind kind, string stage, string? code)
    {
        var item = SideTrackTests.At("40");
        Beside(item, kind, stage);
        SideTrackTests.Take(item, item.Main, National, "98");

        Assert.Equal(code is null ? [] : [code], Codes(item));
    }

    [Theory]
    [InlineData(TrackKind.ForeignLanguageVersion, "translation", "contradiction.textWentBack")]
    [InlineData(TrackKind.PatentStatements, "collected", "contradiction.textWentBack")]
    [InlineData(TrackKind.ForeignLanguageVersion, "proposal", null)]
    [InlineData(TrackKind.PatentStatements, "dropped", null)]
    [InlineData(TrackKind.InternationalTwin, "40.20", null)]
    public void A_text_that_went_back_leaves_behind_what_builds_on_it(TrackKind kind, string stage, string? code)
    {
        var item = SideTrackTests.At("30");
        Beside(item, kind, stage);
        SideTrackTests.Take(item, item.Main, National, "20");

        Assert.Equal(code is null ? [] : [code], Codes(item));
        SideTrackTests.Take(item, item.Main, National, "30");
        Assert.Empty(Codes(item));
    }

    [Fact]
    public void What_went_back_before_the_track_came_so_far_is_no_news_to_it()
    {
        var item = SideTrackTests.At("30");
        Assert.True(item.Step(item.Main, National, "30-20", ShippedDefinitions.AllDone(National, "30") with { NowUtc = Now }, "理由", Today.AddDays(-3), Calendar).IsOk);
        Beside(item, TrackKind.ForeignLanguageVersion, "translation");

        Assert.Empty(Codes(item));
    }

    [Fact]
    public void A_standard_that_comes_home_from_its_review_went_nowhere()
    {
        var item = SideTrackTests.At("90");
        Beside(item, TrackKind.ForeignLanguageVersion, "translation");
        SideTrackTests.Take(item, item.Main, National, "60");

        Assert.Empty(Codes(item));
    }

    [Theory]
    [InlineData("40.20", "40.20", null, null)]
    [InlineData("40.20", "50.00", null, "contradiction.twinElsewhere")]
    [InlineData("40.20", null, null, null)]
    [InlineData("40.20", "50.00", "40.20", null)]
    [InlineData("40.20", "50.00", "30.20", "contradiction.twinElsewhere")]
    [InlineData("40.20", ".20", null, null)]
    [InlineData("40.20", ".60", null, "contradiction.twinElsewhere")]
    public void The_recorded_twin_against_the_imported_project(string recorded, string? imported, string? other, string? code)
    {
        var item = SideTrackTests.At("40");
        Beside(item, TrackKind.InternationalTwin, recorded);
        List<TwinProject> projects = [new("ISO/IEC DIS 1", imported), .. other is null ? [] : new[] { new TwinProject("ISO/IEC CD 2", other) }];

        Assert.Equal(code is null ? [] : [code], Codes(item, projects));
    }

    [Theory]
    [InlineData("40", "30.98", "contradiction.projectGivenUp")]
    [InlineData("40", ".98", "contradiction.projectGivenUp")]
    [InlineData("40", "95.99", "contradiction.projectGivenUp")]
    [InlineData("40", "90.93", null)]
    [InlineData("40", null, null)]
    [InlineData("60", "30.98", null)]
    [InlineData("98", "30.98", null)]
    public void An_imported_project_that_was_given_up_against_a_text_that_goes_on(string text, string? imported, string? code) =>
        Assert.Equal(code is null ? [] : [code], Codes(SideTrackTests.At(text), [new TwinProject("ISO/IEC 3", imported)]));

    [Fact]
    public void A_twin_that_took_the_place_of_one_that_was_given_up_is_the_one_that_counts()
    {
        var item = SideTrackTests.At("40");
        Beside(item, TrackKind.InternationalTwin, "30.98");
        Beside(item, TrackKind.InternationalTwin, "40.20");

        Assert.Empty(Codes(item, [new TwinProject("ISO/IEC DIS 1", "40.20")]));
    }

    [Fact]
    public void It_says_which_track_it_is_what_stands_where_and_where_the_rule_comes_from()
    {
        var item = SideTrackTests.At("50");
        Beside(item, TrackKind.PatentStatements, "collected");

        var said = Assert.Single(Of(item, []));

        Assert.Equal(("patents", "S15 B", false), (said.Track, said.Source.Reference, said.Source.Verified));
        Assert.Equal(["Statements collected", National.StageOf("50").Name.En], said.Problem.Arguments.Cast<Domain.Common.LocalizedText>().Select(name => name.En));
    }

    [Fact]
    public void An_item_with_nothing_beside_its_text_contradicts_nothing() => Assert.All(National.Stages, stage => Assert.Empty(Codes(SideTrackTests.At(stage.Key))));

    private static void Beside(WorkItem item, TrackKind kind, string stage)
    {
        var process = kind switch { TrackKind.PatentStatements => "patent-statements", TrackKind.ForeignLanguageVersion => "foreign-language-version", _ => "iso-iec-is" };
        SideTrackTests.Take(item, SideTrackTests.Start(item, kind, process).Value, ShippedDefinitions.Of(process), stage);
    }

    private static IReadOnlyList<Contradiction> Of(WorkItem item, IReadOnlyCollection<TwinProject> projects) => Contradictions.Of(item, track => ShippedDefinitions.Of(track.ProcessKey), projects);

    private static IReadOnlyList<string> Codes(WorkItem item, IReadOnlyCollection<TwinProject>? projects = null) => [.. Of(item, projects ?? []).Select(said => said.Problem.Code)];
}
