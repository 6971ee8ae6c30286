using System.ComponentModel.DataAnnotations;
using System.Reflection;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Pipeline;

namespace StdWorkflow.Web.Tests.Pipeline;

public class ValidateTests
{
    [Fact]
    public void Each_broken_rule_is_named_beside_its_field()
    {
        var problems = CommandChecks.Of(new Sample("", new string('x', 11), 9, "nobody", new Inner("far too long"))).ToDictionary(problem => problem.Field!, problem => problem);

        Assert.Equal("validation.required", problems["Name"].Code);
        Assert.Equal(("validation.tooLong", 10), (problems["Remark"].Code, problems["Remark"].Arguments[0]));
        Assert.Equal("validation.range", problems["Number"].Code);
        Assert.Equal("validation.email", problems["Email"].Code);
        Assert.Equal("validation.tooLong", problems["Title"].Code);
    }

    [Fact]
    public void Text_that_a_database_cannot_keep_is_refused_wherever_it_stands()
    {
        foreach (var bad in new[] { "\0", "\ud83d", "\ude00", "\ud83d\ud83d" })
        {
            Assert.Equal(("validation.characters", "Name"), Only(new Sample($"a{bad}b", null, 1, "a@example.org", new Inner("ok"))));
            Assert.Equal(("validation.characters", "Title"), Only(new Sample("ok", null, 1, "a@example.org", new Inner(bad))));
        }

        static (string, string?) Only(Sample sample)
        {
            var problem = Assert.Single(CommandChecks.Of(sample));
            return (problem.Code, problem.Field);
        }
    }

    [Fact]
    public void What_is_right_passes_emoji_included()
    {
        Assert.Empty(CommandChecks.Of(new Sample("标准 😀", null, 1, "a@example.org", new Inner("ok"))));
    }

    [Fact]
    public void Every_short_text_of_a_command_stands_on_one_line()
    {
        var loose =
            from type in typeof(CommandChecks).Assembly.GetTypes()
            from property in type.GetProperties()
            where property.GetCustomAttribute<StringLengthAttribute>() is { } length and not LineAttribute && length.MaximumLength < Limits.Text && property.Name != "Password"
            select $"{type.Name}.{property.Name}";

        Assert.Empty(loose);
    }

    internal sealed record Inner([property: StringLength(5)] string Title);

    internal sealed record Sample(
        [property: Required] string Name,
        [property: StringLength(10)] string? Remark,
        [property: Range(1, 5)] int Number,
        [property: EmailAddress] string Email,
        Inner Inner) : ICommand<Done>
    {
        public Permission Needs => Permission.None;

        public Scope Scope => Scope.Anyone;
    }
}
