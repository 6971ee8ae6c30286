using StdWorkflow.Web.Features.International;
using static StdWorkflow.Web.Tests.Features.International.Imports;

namespace StdWorkflow.Web.Tests.Features.International;

public class IsoRowsTests
{
    [Fact]
    public void A_row_as_ISO_publishes_it_is_read()
    {
        var row = IsoRows.Deliverable(new FileLine(1, """
            {"id":62085,"deliverableType":"IS","supplementType":null,"reference":"ISO 9001:2015","publicationDate":"2015-09-22","edition":5,
             "icsCode":["03.120.10","03.100.70"],"ownerCommittee":"ISO/TC 176/SC 2","currentStage":9092,"replaces":[46486,54538],"replacedBy":null,
             "languages":["en"],"pages":{"en":29},"scope":{"en":"<p>…</p>"}}
            """)).Value.Said;

        Assert.Equal((62085, "ISO 9001:2015", "IS", "2015-09-22", (int?)5), (row.Number, row.Reference, row.DeliverableType, row.PublicationDate, row.Edition));
        Assert.Equal(("03.120.10, 03.100.70", "ISO/TC 176/SC 2", "90.92", "46486, 54538"), (row.Ics, row.OwnerCommittee, row.Stage, row.Replaces));
        Assert.Null(row.ReplacedBy);
        Assert.Null(row.SupplementType);
        Assert.Null(row.Title);
    }

    [Theory]
    [InlineData("6060", "60.60")]
    [InlineData("0", "00.00")]
    [InlineData("98", ".98")]
    [InlineData("null", null)]
    public void A_stage_is_an_integer_or_not_said(string written, string? stage)
    {
        Assert.Equal(stage, IsoRows.Deliverable(new FileLine(1, Deliverable(1, "ISO 1", $"\"currentStage\":{written}"))).Value.Said.Stage);
    }

    [Theory]
    [InlineData("1985")]
    [InlineData("2024-07")]
    [InlineData("2024-07-31")]
    public void A_publication_date_may_be_a_day_a_month_or_a_year(string written)
    {
        Assert.Equal(written, IsoRows.Deliverable(new FileLine(1, Deliverable(1, "ISO 1", $"\"publicationDate\":\"{written}\""))).Value.Said.PublicationDate);
    }

    [Theory]
    [InlineData("""{"id":"1","reference":"ISO 1"}""", "id", "import.notAWholeNumber")]
    [InlineData("""{"id":1.5,"reference":"ISO 1"}""", "id", "import.notAWholeNumber")]
    [InlineData("""{"id":-1,"reference":"ISO 1"}""", "id", "import.notAWholeNumber")]
    [InlineData("""{"id":0,"reference":"ISO 1"}""", "id", "import.notAWholeNumber")]
    [InlineData("""{"id":99999999999,"reference":"ISO 1"}""", "id", "import.notAWholeNumber")]
    [InlineData("""{"reference":"ISO 1"}""", "id", "import.missing")]
    [InlineData("""{"id":1}""", "reference", "import.missing")]
    [InlineData("""{"id":1,"reference":"  "}""", "reference", "import.missing")]
    [InlineData("""{"id":1,"reference":42}""", "reference", "import.notAText")]
    [InlineData("""{"id":1,"reference":"ISO\u0000 1"}""", "reference", "import.characters")]
    [InlineData("""{"id":1,"reference":"ISO \ud800"}""", "reference", "import.characters")]
    [InlineData("""{"id":1,"reference":"ISO 1","currentStage":"6060"}""", "currentStage", "import.notAWholeNumber")]
    [InlineData("""{"id":1,"reference":"ISO 1","currentStage":60.6}""", "currentStage", "import.notAWholeNumber")]
    [InlineData("""{"id":1,"reference":"ISO 1","currentStage":true}""", "currentStage", "import.notAWholeNumber")]
    [InlineData("""{"id":1,"reference":"ISO 1","currentStage":6061}""", "currentStage", "import.unknownStage")]
    [InlineData("""{"id":1,"reference":"ISO 1","currentStage":97}""", "currentStage", "import.unknownStage")]
    [InlineData("""{"id":1,"reference":"ISO 1","edition":"2"}""", "edition", "import.notAWholeNumber")]
    [InlineData("""{"id":1,"reference":"ISO 1","title":"Title"}""", "title", "import.notAnObjectIn")]
    [InlineData("""{"id":1,"reference":"ISO 1","title":{"en":7}}""", "title.en", "import.notAText")]
    [InlineData("""{"id":1,"reference":"ISO 1","icsCode":"35.020"}""", "icsCode", "import.notAList")]
    [InlineData("""{"id":1,"reference":"ISO 1","replaces":[{"id":1}]}""", "replaces", "import.notAList")]
    [InlineData("""{"id":1,"reference":"ISO 1","publicationDate":"31/07/2024"}""", "publicationDate", "import.notADate")]
    [InlineData("""{"id":1,"reference":"ISO 1","publicationDate":"2024-02-30"}""", "publicationDate", "import.notADate")]
    [InlineData("""{"id":1,"id":2,"reference":"ISO 1"}""", null, "import.fieldTwice")]
    [InlineData("""{"id":1,"reference":"ISO 1""", null, "import.notJson")]
    [InlineData("""[1]""", null, "import.notAnObject")]
    [InlineData("""null""", null, "import.notAnObject")]
    public void A_row_of_another_form_is_refused_with_field_and_reason(string line, string? field, string code)
    {
        var row = IsoRows.Deliverable(new FileLine(1, line));

        Assert.False(row.IsOk);
        Assert.Equal((field, code), (row.Problem.Field, row.Problem.Code));
        Assert.Single(row.Problems);
    }

    [Fact]
    public void A_reference_that_no_column_holds_is_refused()
    {
        var row = IsoRows.Deliverable(new FileLine(1, Deliverable(1, new string('x', 301))));

        Assert.Equal("import.tooLong", row.Problem.Code);
    }

    [Fact]
    public void A_hostile_depth_of_brackets_is_refused()
    {
        var row = IsoRows.Deliverable(new FileLine(1, Deliverable(1, "ISO 1", $"\"scope\":{new string('[', 5000)}{new string(']', 5000)}")));

        Assert.Equal("import.notJson", row.Problem.Code);
    }

    [Fact]
    public void Members_of_a_committee_that_IEC_administers_are_not_said()
    {
        var own = IsoRows.Committee(new FileLine(1, """{"id":1,"reference":"ISO/TC 1","pMembers":[{"id":1},{"id":2}],"oMembers":[]}""")).Value;
        var iec = IsoRows.Committee(new FileLine(1, """{"id":2,"reference":"ISO/TC 2","pMembers":[{"id":1}],"oMembers":[]}""")).Value;

        Assert.Equal((2, 0), (own.PMembers, own.OMembers));
        Assert.Equal((null, null), (iec.PMembers, iec.OMembers));
    }
}
