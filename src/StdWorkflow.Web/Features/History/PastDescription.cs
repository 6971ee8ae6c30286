namespace StdWorkflow.Web.Features.History;

/// <summary>How a column of the history is read.</summary>
internal enum PastKind
{
    /// <summary>As it is.</summary>
    Plain,

    /// <summary>A text in two languages, in two columns.</summary>
    Words,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>A value of an enum, with a word of its own.</summary>
    Word,

    /// <summary>The key of a committee, of which the designation is shown; and so on.</summary>
    Committee,

    /// <inheritdoc cref="Committee"/>
    Organization,

    /// <inheritdoc cref="Committee"/>
    Person,

    /// <inheritdoc cref="Committee"/>
    WorkItem,

    /// <inheritdoc cref="Committee"/>
    ForeignProject,

    /// <summary>The key of a process; its version stands beside it.</summary>
    Process,

    /// <summary>The key of a stage of the row's process; and so on.</summary>
    Stage,

    /// <inheritdoc cref="Stage"/>
    Gate,

    /// <inheritdoc cref="Stage"/>
    Clock,
}

/// <summary>A column that is shown.</summary>
/// <param name="Name">Its name in the history; of a text in two languages, what both columns begin with.</param>
/// <param name="Kind">How it is read.</param>
/// <param name="Label">Key of its name on the page, which is the one that the details have; null within a line.</param>
/// <param name="Of">The enum of a <see cref="PastKind.Word"/>, else the key of a sentence that the value stands in, or null.</param>
/// <param name="Variant">A column that, where it holds something, asks for the variant of the word that ends in <c>.item</c>; or null.</param>
internal sealed record PastColumn(string Name, PastKind Kind, string? Label = null, string? Of = null, string? Variant = null);

/// <summary>A kind of row that is shown.</summary>
/// <param name="Row">Name of the row's type.</param>
/// <param name="Section">Key of the name of the list that these rows make, one line each; null where every column has a line of its own.</param>
/// <param name="Order">The column that orders the rows, or null: as they came.</param>
/// <param name="Columns">Its columns, in order.</param>
internal sealed record PastRows(string Row, string? Section, string? Order, params IReadOnlyList<PastColumn> Columns)
{
    /// <summary>The column that tells such rows apart, where there may be several without a section; null where there is one.</summary>
    public string? NamedBy { get; init; }
}

/// <summary>Which columns of an aggregate and its parts are shown, and how. All that there is to say about a kind of aggregate.</summary>
/// <param name="Type">Name of the aggregate's type.</param>
/// <param name="Shown">The column that says whether everybody may see it, or null when it always is for everybody.</param>
/// <param name="Rows">Its rows, the aggregate's own first.</param>
internal sealed record PastSubject(string Type, string? Shown, params IReadOnlyList<PastRows> Rows);
