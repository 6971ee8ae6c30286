using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Domain.Tests.RealData;

public class GbDataTests
{
    [Fact]
    public void Every_plan_and_standard_number_is_read()
    {
        var rows = SharedData.CsvRows("gb", "gb_ai_plans_and_standards.csv").ToList();

        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Equal(row[0], row[1] == "plan" ? PlanNumber.Parse(row[0]).Value.Text : StandardNumber.Parse(row[0]).Value.Text));
    }
}
