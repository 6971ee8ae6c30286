using StdWorkflow.Web.Features.International;

namespace StdWorkflow.Web.Tests.Features.International;

public sealed class CsvRecordsTests : IDisposable
{
    private readonly SmallFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task Columns_are_found_by_their_names_in_any_order()
    {
        var records = await ReadAsync("b,A,c", "2,1,");

        Assert.Equal("1", records[0].Record!["a"]);
        Assert.Equal("2", records[0].Record!["b"]);
        Assert.Null(records[0].Record!["c"]);
        Assert.Null(records[0].Record!["d"]);
    }

    [Fact]
    public async Task A_quoted_field_may_hold_commas_quotes_and_line_breaks()
    {
        var records = await ReadAsync("a,b", "\"x, \"\"y\"\"", "z\",2", "3,4");

        Assert.Equal([(2, "x, \"y\"\nz"), (4, "3")], records.Select(one => (one.Record!.Line, one.Record["a"]!)));
    }

    [Fact]
    public async Task A_quote_that_nothing_closes_costs_only_its_own_line()
    {
        var records = await ReadAsync("a,b", "1,2", "\"3,4", "5,6", "7,8");

        Assert.Equal([null, "import.quotes", null, null], records.Select(one => one.Line.Problem?.Code));
        Assert.Equal([2, 3, 4, 5], records.Select(one => one.Line.Number));
        Assert.Equal("5", records[2].Record!["a"]);
    }

    [Fact]
    public async Task A_row_with_more_or_fewer_fields_than_the_head_is_refused()
    {
        var records = await ReadAsync("a,b", "1", "1,2", "1,2,3");

        Assert.Equal(["import.columnCount", null, "import.columnCount"], records.Select(one => one.Line.Problem?.Code));
    }

    [Theory]
    [InlineData("a,c", "import.columnsMissing")]
    [InlineData("", "import.columnsMissing")]
    [InlineData("\"a,b", "import.quotes")]
    [InlineData("a,b,c,C", "import.columnTwice")]
    public async Task A_file_without_the_columns_is_refused_as_a_whole(string head, string code)
    {
        var wrong = await Assert.ThrowsAsync<WrongFileException>(() => ReadAsync(head, "1,2"));

        Assert.Equal(code, wrong.Problem.Code);
    }

    private async Task<List<(FileLine Line, CsvRecord? Record)>> ReadAsync(params string[] lines)
    {
        var stop = TestContext.Current.CancellationToken;
        return await CsvRecords.ReadAsync(new ImportFile(files.Write("rows.csv", lines)).LinesAsync(stop), ["a", "b"], stop).ToListAsync(stop);
    }
}
