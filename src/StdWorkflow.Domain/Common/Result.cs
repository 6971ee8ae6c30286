namespace StdWorkflow.Domain.Common;

/// <summary>
/// Why something was refused, as a code that the edge turns into a sentence in the reader's language.
/// A user's mistake, forged input included, is a <see cref="Problem"/>; a programmer's mistake is an exception.
/// </summary>
/// <param name="Code">Dotted code, for example <c>planNumber.pattern</c>; the texts hold it as <c>problem.planNumber.pattern</c>.</param>
/// <param name="Field">Name of the command's field that the problem belongs to, or null when it belongs to the whole.</param>
/// <param name="Arguments">Values that the sentence mentions, in order.</param>
public sealed record Problem(string Code, string? Field, IReadOnlyList<object?> Arguments)
{
    /// <summary>What was asked for does not exist, or the asker may not know that it does.</summary>
    public const string NotFoundCode = "notFound";

    /// <summary>The asker may see it but may not do this.</summary>
    public const string NotAllowedCode = "notAllowed";

    /// <summary>Somebody else changed it in between; the arguments name who and when, if known.</summary>
    public const string ConflictCode = "conflict";

    /// <summary>A problem of the whole command.</summary>
    public static Problem Of(string code, params object?[] arguments) => new(code, null, arguments);

    /// <summary>A problem of one field of the command.</summary>
    public static Problem On(string field, string code, params object?[] arguments) => new(code, field, arguments);

    /// <summary>Nothing of that name is there for this asker.</summary>
    public static Problem NotFound(string what) => Of(NotFoundCode, what);

    /// <summary>The asker lacks the right.</summary>
    public static Problem NotAllowed() => Of(NotAllowedCode);
}

/// <summary>A value, or the problems that stood in its way.</summary>
public sealed class Result<T>
{
    private readonly T? value;

    private Result(T? value, IReadOnlyList<Problem> problems) => (this.value, Problems) = (value, problems);

    /// <summary>Empty when the value is there.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    /// <summary>True when there is a value and no problem.</summary>
    public bool IsOk => Problems.Count == 0;

    /// <summary>The value; throws <see cref="InvalidOperationException"/> when there is none.</summary>
    public T Value => IsOk ? value! : throw new InvalidOperationException($"No value: {Problem.Code}.");

    /// <summary>The first problem; throws <see cref="InvalidOperationException"/> when there is none.</summary>
    public Problem Problem => Problems.Count > 0 ? Problems[0] : throw new InvalidOperationException("No problem.");

    /// <summary>A result that holds a value.</summary>
    public static Result<T> Ok(T value) => new(value, []);

    /// <summary>A result that holds problems, at least one.</summary>
    public static Result<T> Fail(params IReadOnlyList<Problem> problems) =>
        problems.Count > 0 ? new(default, problems) : throw new ArgumentException("At least one problem.", nameof(problems));

    /// <summary>Goes on with the value, or carries the problems along.</summary>
    public Result<TNext> Map<TNext>(Func<T, TNext> next) => IsOk ? Result<TNext>.Ok(next(value!)) : Result<TNext>.Fail(Problems);

    /// <summary>Goes on with something that may fail itself, or carries the problems along.</summary>
    public Result<TNext> Bind<TNext>(Func<T, Result<TNext>> next) => IsOk ? next(value!) : Result<TNext>.Fail(Problems);

    /// <summary>Does something with the value and keeps it.</summary>
    public Result<T> Tap(Action<T> action)
    {
        if (IsOk) action(value!);
        return this;
    }

    /// <summary>A value is a result.</summary>
    public static implicit operator Result<T>(T value) => Ok(value);

    /// <summary>A problem is a result.</summary>
    public static implicit operator Result<T>(Problem problem) => Fail(problem);
}

/// <summary>The value of a command that answers nothing but "done".</summary>
public readonly record struct Done
{
    /// <summary>The one value, as a result.</summary>
    public static Result<Done> Ok { get; } = Result<Done>.Ok(default);
}
