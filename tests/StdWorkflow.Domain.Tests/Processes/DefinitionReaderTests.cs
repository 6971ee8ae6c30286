using StdWorkflow.Domain.Processes;

namespace StdWorkflow.Domain.Tests.Processes;

public class DefinitionReaderTests
{
    private static readonly string sound = DefinitionWriter.Write(ShippedDefinitions.Of("gb-t-normal") with { Version = 1 });

    [Theory]
    [InlineData("\"version\":1,", "", "definition.missingProperty", "$.version")]
    [InlineData("\"version\":1,", "\"version\":1,\"colour\":\"red\",", "definition.unknownProperty", "$.colour")]
    [InlineData("\"version\":1,", "\"version\":1,\"version\":2,", "definition.duplicateProperty", "$.version")]
    [InlineData("\"version\":1,", "\"version\":\"1\",", "definition.wrongType", "$.version")]
    [InlineData("\"version\":1,", "\"version\":1.5,", "definition.wrongType", "$.version")]
    [InlineData("\"version\":1,", "\"version\":99999999999,", "definition.wrongType", "$.version")]
    [InlineData("\"key\":\"gb-t-normal\"", "\"key\":null", "definition.wrongType", "$.key")]
    [InlineData("\"phase\":\"Drafting\"", "\"phase\":\"drafting\"", "definition.unknownWord", "$.stages[0].phase")]
    [InlineData("\"phase\":\"Drafting\"", "\"phase\":\"1\"", "definition.unknownWord", "$.stages[0].phase")]
    [InlineData("\"phase\":\"Drafting\"", "\"phase\":\"Drafting,Conversion\"", "definition.unknownWord", "$.stages[0].phase")]
    [InlineData("\"kind\":\"PlanNumberValid\"", "\"kind\":\"NumberGuessed\"", "definition.unknownWord", "$.transitions[2].gates[0].kind")]
    [InlineData("\"iso\":\"00.00\"", "\"iso\":\"0000\"", "definition.unknownWord", "$.stages[0].iso")]
    [InlineData("\"iso\":\"00.00\"", "\"iso\":0", "definition.wrongType", "$.stages[0].iso")]
    [InlineData("\"opensConsultation\":false", "\"opensConsultation\":\"no\"", "definition.wrongType", "$.stages[0].opensConsultation")]
    [InlineData("\"stages\":[\"10\"]", "\"stages\":\"10\"", "definition.wrongType", "$.clocks[0].stages")]
    [InlineData("\"stages\":[\"10\"]", "\"stages\":[10]", "definition.wrongType", "$.clocks[0].stages[0]")]
    public void A_fault_of_form_is_refused_with_its_place(string instead, string of, string code, string path)
    {
        var at = sound.IndexOf(instead, StringComparison.Ordinal);
        var problems = DefinitionReader.Read(sound[..at] + of + sound[(at + instead.Length)..]).Problems;

        Assert.Contains(problems, problem => problem.Code == code && Equals(problem.Arguments[0], path));
    }

    [Theory]
    [InlineData("\"version\":1,", "\"version\":1,\"colour\":\"red\",")]
    [InlineData("\"opensConsultation\":false", "\"opensConsultation\":false,\"opensBallot\":true")]
    [InlineData("\"kind\":\"PlanNumberValid\"", "\"kind\":\"PlanNumberValid\",\"document\":{\"kind\":\"draft\"}")]
    [InlineData("\"stages\":[\"10\"]", "\"stages\":[\"10\"],\"pausedBy\":null")]
    public void What_a_newer_program_stored_is_read_without_what_only_that_one_knows(string instead, string of)
    {
        var at = sound.IndexOf(instead, StringComparison.Ordinal);
        var newer = sound[..at] + of + sound[(at + instead.Length)..];

        Assert.Equal(sound, DefinitionWriter.Write(DefinitionReader.ReadStored(newer).Value));
        Assert.All(DefinitionReader.Read(newer).Problems, problem => Assert.Equal("definition.unknownProperty", problem.Code));
        Assert.NotEmpty(DefinitionReader.ReadStored(newer.Replace("\"key\":\"gb-t-normal\",", "", StringComparison.Ordinal)).Problems);
    }

    [Fact]
    public void What_can_be_read_is_checked_too()
    {
        var problems = DefinitionReader.Read(sound.Replace("\"to\":\"50\"", "\"to\":\"55\"", StringComparison.Ordinal)).Problems;

        Assert.Contains(problems, problem => problem.Code == "definition.unknownStage" && Equals(problem.Arguments[1], "55"));
        Assert.Contains(problems, problem => problem.Code == "definition.unreachable");
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("42")]
    [InlineData("{")]
    [InlineData("{\"key\":\"\\ud800\"}")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{\"stages\":[null,1,\"x\",[]]}")]
    [InlineData("{\"key\":\"a\"} {}")]
    public void Anything_that_is_no_definition_is_refused_without_an_exception(string json)
    {
        Assert.NotEmpty(DefinitionReader.Read(json).Problems);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused_without_an_exception()
    {
        Assert.NotEmpty(DefinitionReader.Read("{\"key\":\"" + '\ud800' + "\"}").Problems);
    }

    [Fact]
    public void Fifty_million_characters_and_deep_nests_are_refused_at_once()
    {
        Assert.Equal("definition.tooLong", DefinitionReader.Read(new string('[', 50_000_000)).Problem.Code);
        Assert.Equal("definition.json", DefinitionReader.Read(new string('[', 100_000)).Problem.Code);
    }
}
