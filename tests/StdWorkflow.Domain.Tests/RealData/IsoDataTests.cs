using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Domain.Tests.RealData;

public class IsoDataTests
{
    private const string Deliverables = "jtc1_deliverables_asof_2024-09-30.jsonl.gz";

    [Fact]
    public void Every_reference_of_JTC_1_is_read_and_written_back_unchanged()
    {
        var references = SharedData.GzippedLines("iso", Deliverables).Select(row => row.GetProperty("reference").GetString()!).ToList();

        Assert.Equal(7429, references.Count);
        Assert.DoesNotContain(references, text => !IsoReference.Parse(text).IsOk || IsoReference.Parse(text).Value.Text != text);
    }

    [Fact]
    public void Every_reference_of_the_stage_events_is_read()
    {
        var references = SharedData.CsvRows("iso", "jtc1_stage_events_2024-01_to_2024-09.csv").Select(row => row[3]).ToList();

        Assert.NotEmpty(references);
        Assert.DoesNotContain(references, text => !IsoReference.Parse(text).IsOk || IsoReference.Parse(text).Value.Text != text);
    }

    [Fact]
    public void The_type_and_supplement_of_every_reference_are_those_of_its_row()
    {
        foreach (var row in SharedData.GzippedLines("iso", Deliverables))
        {
            var reference = IsoReference.Parse(row.GetProperty("reference").GetString()).Value;

            Assert.Equal((reference.Text, row.GetProperty("deliverableType").GetString()), (reference.Text, reference.Type));
            Assert.Equal((reference.Text, row.GetProperty("supplementType").GetString()), (reference.Text, reference.Supplements.FirstOrDefault()?.Kind));
        }
    }

    [Fact]
    public void Every_current_stage_is_understood()
    {
        var stages = SharedData.GzippedLines("iso", Deliverables).Select(row => row.GetProperty("currentStage").GetInt64()).ToList();

        Assert.Equal(7429, stages.Count);
        Assert.All(stages.Distinct(), value => Assert.True(StageMatrix.Contains(StageCode.FromIso(value).Value)));
    }

    [Fact]
    public void Every_stage_of_the_events_is_in_the_matrix()
    {
        var stages = SharedData.CsvRows("iso", "jtc1_stage_events_2024-01_to_2024-09.csv")
            .SelectMany(row => new[] { row[4], row[5] }).Where(stage => stage.Length > 0).ToList();

        Assert.NotEmpty(stages);
        Assert.All(stages.Distinct(), stage => Assert.True(StageMatrix.Contains(StageCode.Parse(stage).Value)));
    }

    [Fact]
    public void The_matrix_is_that_of_the_harmonized_stage_codes()
    {
        var expected = SharedData.Json("iso", "harmonized_stage_code.json").GetProperty("vocabulary").GetProperty("XX.YY").EnumerateArray()
            .Select(row => (row.GetProperty("code").GetString(), row.GetProperty("name").GetString()));

        Assert.Equal(expected, StageMatrix.All.Select(entry => ((string?)entry.Code.ToString(), entry.Name.En)));
    }
}
