using Microsoft.EntityFrameworkCore;
using StdWorkflow.Data.Events;
using StdWorkflow.Domain.Committees;
using StdWorkflow.Web.Features.International;

namespace StdWorkflow.Web.Tests.Features.International;

public sealed class ImportCommitteesTests(App app) : IClassFixture<App>, IDisposable
{
    private readonly SmallFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task A_child_may_stand_before_its_parent()
    {
        var file = files.Write("tc.jsonl", Row(830003, "ISO/TC 830/SC 1/WG 1", 830002), Row(830002, "ISO/TC 830/SC 1", 830001), Row(830001, "ISO/TC 830", null));

        var first = await app.ImportAsync(ImportKinds.Committees, file, "2025-06-01");
        var second = await app.ImportAsync(ImportKinds.Committees, file, "2025-06-01");

        Assert.Equal("3 read: 3 new, 0 changed, 0 unchanged, 0 refused", first.Sum.Line);
        Assert.Equal("3 read: 0 new, 0 changed, 3 unchanged, 0 refused", second.Sum.Line);
        Assert.Equal([("iso-tc-830", 2), ("iso-tc-830-sc-1", 1), ("iso-tc-830-sc-1-wg-1", 0)], await AncestorsAsync("iso-tc-830-sc-1-wg-1"));
    }

    [Fact]
    public async Task A_child_whose_parent_comes_in_a_later_batch_waits_for_it()
    {
        var file = files.Write("tc.jsonl", Row(830013, "ISO/TC 831/SC 2", 830012), Row(830012, "ISO/TC 831/SC 1", 830011), Row(830011, "ISO/TC 831", null));

        var brought = await app.ImportAsync(ImportKinds.Committees, file, "2025-06-01", batchSize: 1);

        Assert.Equal("3 read: 3 new, 0 changed, 0 unchanged, 0 refused", brought.Sum.Line);
    }

    [Fact]
    public async Task A_parent_that_nobody_knows_is_a_reason_to_refuse()
    {
        var brought = await app.ImportAsync(ImportKinds.Committees, files.Write("tc.jsonl", Row(830021, "ISO/TC 832/SC 1", 839999), Row(830022, "ISO/TC 832/SC 2", 830021)), "2025-06-01");

        Assert.Equal("2 read: 0 new, 0 changed, 0 unchanged, 2 refused", brought.Sum.Line);
        Assert.Equal("line 1: The parent committee 839999 is not known.", brought.Refused.Order(StringComparer.Ordinal).First());
    }

    [Fact]
    public async Task Every_difference_becomes_an_event_and_our_own_words_stay()
    {
        var sc42 = await CommitteeAsync("iso-iec-jtc-1-sc-42");
        var members = string.Join(',', Enumerable.Range(1, 50).Select(id => $$"""{"id":{{id}},"acronym":"M{{id}}"}"""));

        var brought = await app.ImportAsync(ImportKinds.Committees, files.Write("tc.jsonl",
            $$"""{"id":6794475,"reference":"ISO/IEC JTC 1/SC 42","status":"Active","title":{"en":"AI"},"secretariat":{"id":1,"acronym":"BSI"},"creationDate":"2017-11-21","parentId":45020,"pMembers":[{{members}}],"oMembers":[]}"""), "2025-06-01");

        Assert.Equal("1 read: 0 new, 1 changed, 0 unchanged, 0 refused", brought.Sum.Line);
        var after = await CommitteeAsync("iso-iec-jtc-1-sc-42");
        Assert.Equal(("人工智能", "AI"), (after.Name.Zh, after.Name.En));
        Assert.Equal(sc42.Scope, after.Scope);
        Assert.Equal((50, 0), (FactOf(after, "p-members"), FactOf(after, "o-members")));
        Assert.Equal(FactOf(sc42, "iso-number"), FactOf(after, "iso-number"));
        Assert.Single(after.Facts, fact => fact.Key == "p-members");
        Assert.Equal("bsi", await app.Db(db => db.Organizations.Where(known => known.Id == after.SecretariatId).Select(known => known.Code).SingleAsync()));
        Assert.Equal(
            [nameof(CommitteeDescribed), nameof(CommitteeFactStated), nameof(CommitteeFactStated)],
            await app.Db(db => db.Set<EventRecord>().Where(happened => happened.SubjectId == after.Id && happened.ActorKind == "Import").OrderBy(happened => happened.Sequence).Select(happened => happened.Type).ToListAsync()));
    }

    [Fact]
    public async Task The_number_is_the_key_and_the_address_stays_when_the_designation_changes()
    {
        await app.ImportAsync(ImportKinds.Committees, files.Write("tc.jsonl", Row(830041, "ISO/TC 834", null)), "2025-06-01");

        var brought = await app.ImportAsync(ImportKinds.Committees, files.Write("tc.jsonl", Row(830041, "ISO/TC 8340", null), Row(830042, "ISO/TC 834", null)), "2025-06-01");

        Assert.Equal("2 read: 1 new, 1 changed, 0 unchanged, 0 refused", brought.Sum.Line);
        Assert.Equal("ISO/TC 8340", (await CommitteeAsync("iso-tc-834")).Designation);
        Assert.Equal("ISO/TC 834", (await CommitteeAsync("iso-830042")).Designation);
    }

    [Fact]
    public async Task A_committee_that_moves_takes_along_what_lies_below_it()
    {
        await app.ImportAsync(ImportKinds.Committees, files.Write("tc.jsonl",
            Row(830051, "ISO/TC 835", null), Row(830052, "ISO/TC 836", null), Row(830053, "ISO/TC 835/SC 1", 830051), Row(830054, "ISO/TC 835/SC 1/WG 1", 830053)), "2025-06-01");

        await app.ImportAsync(ImportKinds.Committees, files.Write("tc.jsonl", Row(830053, "ISO/TC 835/SC 1", 830052)), "2025-06-01");

        Assert.Equal([("iso-tc-835-sc-1", 1), ("iso-tc-835-sc-1-wg-1", 0), ("iso-tc-836", 2)], await AncestorsAsync("iso-tc-835-sc-1-wg-1"));
    }

    [Fact]
    public async Task A_committee_cannot_lie_below_itself()
    {
        await app.ImportAsync(ImportKinds.Committees, files.Write("tc.jsonl", Row(830061, "ISO/TC 837", null), Row(830062, "ISO/TC 837/SC 1", 830061)), "2025-06-01");

        var brought = await app.ImportAsync(ImportKinds.Committees, files.Write("tc.jsonl", Row(830061, "ISO/TC 837", 830062)), "2025-06-01");

        Assert.Equal(["line 1: The parent committee 830062 lies below this one."], brought.Refused);
    }

    [Theory]
    [InlineData("""{"id":830071,"reference":"ISO/TC 838","status":"Sleeping"}""", "The status “Sleeping” is not known.")]
    [InlineData("""{"id":"830071","reference":"ISO/TC 838"}""", "id should be a whole number, but is \"830071\".")]
    [InlineData("""{"id":830071,"reference":"ISO/TC 838","creationDate":"1987"}""", "creationDate is not a date: 1987.")]
    [InlineData("""{"id":830071,"reference":"ISO/TC 838","pMembers":9}""", "pMembers should be a list of texts or whole numbers, but is 9.")]
    [InlineData("""{"id":830071,"reference":"ISO/IEC JTC 1/SC 42"}""", "The designation ISO/IEC JTC 1/SC 42 belongs to the committee with number 6794475.")]
    public async Task A_row_of_another_form_is_refused(string row, string reason)
    {
        var brought = await app.ImportAsync(ImportKinds.Committees, files.Write("tc.jsonl", row), "2025-06-01");

        Assert.Equal([$"line 1: {reason}"], brought.Refused);
    }

    private static string Row(int id, string reference, int? parent) =>
        $$"""{"id":{{id}},"reference":"{{reference}}","status":"Active","title":{"en":"Demo committee {{id}}"},"parentId":{{parent?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null"}}}""";

    private static int? FactOf(Committee committee, string key) => committee.Facts.Single(fact => fact.Key == key).Number;

    private Task<Committee> CommitteeAsync(string code) => app.Db(db => db.Committees.AsNoTracking().Include(committee => committee.Facts).SingleAsync(committee => committee.Code == code));

    private Task<List<(string, int)>> AncestorsAsync(string code) => app.Db(async db => (await (
        from row in db.CommitteeAncestors
        join below in db.Committees on row.CommitteeId equals below.Id
        join above in db.Committees on row.AncestorId equals above.Id
        where below.Code == code
        orderby above.Code
        select new { above.Code, row.Depth }).ToListAsync()).Select(row => (row.Code, row.Depth)).ToList());
}
