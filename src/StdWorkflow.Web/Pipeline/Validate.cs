using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using MediatR;
using StdWorkflow.Domain.Common;

namespace StdWorkflow.Web.Pipeline;

/// <summary>Checks the attributes on a command's properties, once, here; and that no text holds what a database cannot keep.</summary>
internal sealed class Validate<TCommand, T> : IPipelineBehavior<TCommand, Result<T>> where TCommand : ICommand<T>
{
    public async Task<Result<T>> Handle(TCommand request, CancellationToken cancellationToken, RequestHandlerDelegate<Result<T>> next)
    {
        var problems = CommandChecks.Of(request).ToList();
        return problems.Count > 0 ? Result<T>.Fail(problems) : await next();
    }
}

/// <summary>On a list of what a form holds several times: the fields of each are checked, and a problem names its place in the list.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EachAttribute : Attribute;

/// <summary>On a text that is read on one line: how long it may be, and the rule of <see cref="OneLine"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class LineAttribute(int longest) : StringLengthAttribute(longest)
{
    public override bool IsValid(object? value) => base.IsValid(value) && OneLine.Check("", value as string) is null;
}

internal static class CommandChecks
{
    private const int GreatestDepth = 4;

    /// <summary>Problems of the command's own fields and of the records that it holds; each names the field itself.</summary>
    public static IEnumerable<Problem> Of(object command, int depth = 0)
    {
        foreach (var property in PropertiesOf(command.GetType()))
        {
            var value = property.GetValue(command);
            if (IsOurs(value) && depth < GreatestDepth)
            {
                foreach (var inside in Of(value!, depth + 1)) yield return inside;
                continue;
            }

            var problem = property.GetCustomAttributes<ValidationAttribute>().Where(rule => Fails(rule, value, command, property)).Select(rule => ProblemOf(rule, value, property.Name)).FirstOrDefault();
            if (problem is not null) yield return problem;
            else if (value is IEnumerable many && property.IsDefined(typeof(EachAttribute)))
                foreach (var inside in many.Cast<object>().SelectMany((one, at) => Of(one, depth + 1).Select(found => found with { Field = $"{property.Name}[{at}].{found.Field}" })))
                    yield return inside;
            else if (HoldsUnstorableText(value, 0)) yield return Problem.On(property.Name, "validation.characters");
        }
    }

    private static bool Fails(ValidationAttribute rule, object? value, object command, PropertyInfo property) =>
        rule.GetValidationResult(value, new ValidationContext(command) { MemberName = property.Name, DisplayName = property.Name }) != ValidationResult.Success;

    private static Problem ProblemOf(ValidationAttribute rule, object? value, string field) => rule switch
    {
        RequiredAttribute => Problem.On(field, "validation.required"),
        LineAttribute line when value is string text && text.Length <= line.MaximumLength => OneLine.Check(field, text)!,
        StringLengthAttribute { MinimumLength: > 0 } length => Problem.On(field, "validation.length", length.MinimumLength, length.MaximumLength),
        StringLengthAttribute length => Problem.On(field, "validation.tooLong", length.MaximumLength),
        MaxLengthAttribute length => Problem.On(field, "validation.tooLong", length.Length),
        RangeAttribute range => Problem.On(field, "validation.range", range.Minimum, range.Maximum),
        EmailAddressAttribute => Problem.On(field, "validation.email"),
        _ => Problem.On(field, "validation.invalid"),
    };

    // PostgreSQL keeps no NUL, and half a surrogate pair cannot be written as UTF-8 at all.
    private static bool HoldsUnstorableText(object? value, int depth) => value switch
    {
        null => false,
        string text => text.Contains('\0', StringComparison.Ordinal) || HasLoneSurrogate(text),
        _ when depth >= GreatestDepth => false,
        IEnumerable many => many.Cast<object?>().Any(one => HoldsUnstorableText(one, depth + 1)),
        _ when IsOurs(value) => PropertiesOf(value.GetType()).Any(property => HoldsUnstorableText(property.GetValue(value), depth + 1)),
        _ => false,
    };

    private static bool IsOurs(object? value) =>
        value is not null and not Enum and not IEnumerable and not Scope && value.GetType().Namespace?.StartsWith("StdWorkflow", StringComparison.Ordinal) == true;

    private static bool HasLoneSurrogate(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])) at++;
            else if (char.IsSurrogate(text[at])) return true;
        }

        return false;
    }

    private static IEnumerable<PropertyInfo> PropertiesOf(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0);
}
